"""chains.csv: what each department does so that a promise comes true, link after link."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.paths import SEPARATOR, PathKey, key_of, split_path, stored_departments
from departments.models import Department, Link
from departments.models.links import ENOUGH_PER_CENT
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row, read_table, single_blanks
from knowledge.importers.validation import add_validation
from knowledge.importers.writing import all_or_nothing
from knowledge.models import PromisePage

COLUMNS = ("promise", "department", "part", "standard")
# What a file that was written without them leaves as it is.
OPTIONAL = ("influence", "share", "at_least")

_WHOLE_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row whose department exists."""

    row: Row
    department: Department


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """A promise with the chain that the file gives it, not saved yet."""

    promise: PromisePage
    links: list[Link]
    entries: list[Entry]

    @property
    def is_changed(self) -> bool:
        return any(entry.outcome is not Outcome.UNCHANGED for entry in self.entries)


def import_chains(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Brings the chain of each promise in the file to its state; other promises are left alone.

    Raises `ImportRefused` with every fault, having written nothing.
    """
    faults = FaultList(path.name)
    rows = read_table(path, COLUMNS, faults, optional=OPTIONAL)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = plan_chains(rows, faults)
        faults.refuse_if_any()
        if not dry_run:
            write_chains(plans)
    entries = [entry for plan in plans for entry in plan.entries]
    counted = ngettext("%(count)s link", "%(count)s links", len(rows)) % {"count": len(rows)}
    return ImportReport(tuple(entries), is_dry_run=dry_run, counted=counted)


def plan_chains(rows: Sequence[Row], faults: FaultList) -> list[ChainPlan]:
    promises = {promise.slug: promise for promise in PromisePage.objects.in_source_language()}
    departments = stored_departments()
    wanted: dict[str, list[Wanted]] = {}
    for row in rows:
        promise = _promise(row, promises, is_first=row["promise"] not in wanted, faults=faults)
        department = _department(row, departments, faults)
        links = wanted.setdefault(row["promise"], [])
        if promise and department:
            links.append(Wanted(row, department))
    return [
        _plan(promises[slug], links, faults) for slug, links in wanted.items() if slug in promises
    ]


def _promise(
    row: Row, promises: dict[str, PromisePage], *, is_first: bool, faults: FaultList
) -> PromisePage | None:
    promise = promises.get(row["promise"])
    if promise is None:
        near = get_close_matches(row["promise"], promises, n=3)
        faults.add(
            row.line,
            _("There is no promise “%(slug)s”.") % {"slug": row["promise"][:60]},
            _("Did you mean %(slugs)s?") % {"slugs": ", ".join(near)}
            if near
            else _("Write the last part of its address, as in /promises/fair-refund/."),
        )
    elif is_first and (promise.has_unpublished_changes or not promise.live):
        faults.add(
            row.line,
            _("“%(promise)s” has changes that aren't published.") % {"promise": promise.title},
            _("Publish or discard them first: the chain is published together with its promise."),
        )
    return promise


def _department(
    row: Row, departments: dict[PathKey, Department], faults: FaultList
) -> Department | None:
    department = departments.get(key_of(split_path(row["department"])))
    if department is None:
        faults.add(
            row.line,
            _("There is no department “%(path)s”.") % {"path": row["department"]},
            _("Import people first, or write its path like Wrenfield/Customer Care."),
        )
    return department


def _plan(
    promise: PromisePage,
    wanted: Sequence[Wanted],
    faults: FaultList,
) -> ChainPlan:
    stored = list(Link.objects.filter(promise=promise).select_related("department"))
    before = {link.pk: _values(link) for link in stored}
    left = list(stored)
    links, entries = [], []
    for place, want in enumerate(wanted):
        link = _take(left, want)
        _fill(link, want, place, faults)
        links.append(link)
        entries.append(_entry(promise, want, link, before, faults.file))
    for link in left:
        name = f"{promise.title}: {link.department.name}"
        note = _("Taken out of the chain.")
        entries.append(Entry(name, Outcome.CHANGED, note, kind=_("a link"), file=faults.file))
    return ChainPlan(promise, links, entries)


def _take(left: list[Link], want: Wanted) -> Link:
    """The stored link that this row goes on with, so that it keeps its key; or a new one."""
    own = [link for link in left if link.department_id == want.department.pk]
    same = [link for link in own if link.part == want.row["part"]]
    found = next(iter([*same, *own]), None)
    if found is None:
        return Link()
    left.remove(found)
    return found


def _fill(link: Link, want: Wanted, place: int, faults: FaultList) -> None:
    link.department = want.department
    link.part, link.standard = want.row["part"], want.row["standard"]
    link.sort_order = place
    fill_terms(link, want.row, faults)
    try:
        link.clean_fields(exclude=["promise"])
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            add_validation(faults, want.row.line, f"“{field}”", ValidationError(errors))


def fill_terms(link: Link, row: Row, faults: FaultList) -> None:
    """How much rests on it, and how many must be ready; an empty cell is what is usual."""
    if row.has("influence"):
        link.influence = _influence(row, faults)
    if row.has("share"):
        link.share = _number(row, "share", faults) or ENOUGH_PER_CENT
    if row.has("at_least"):
        link.at_least = _number(row, "at_least", faults)


def _influence(row: Row, faults: FaultList) -> str:
    usual, text = Link.Influence.HELPS.value, row["influence"].lower()
    if text in {"", *Link.Influence.values}:
        return text or usual
    faults.add(
        row.line,
        _("“influence” is none that is known: “%(text)s”.") % {"text": text[:20]},
        _("Write %(names)s, or leave the cell empty.") % {"names": ", ".join(Link.Influence)},
    )
    return usual


def _number(row: Row, column: str, faults: FaultList) -> int | None:
    text = row[column].removesuffix("%").strip()
    if not text:
        return None
    if _WHOLE_NUMBER.fullmatch(text) and int(text):
        return int(text)
    faults.add(
        row.line,
        _("“%(column)s” is no number: “%(text)s”.") % {"column": column, "text": text[:20]},
        _("Write a whole number from 1 on, or leave the cell empty."),
    )
    return None


def _values(link: Link) -> tuple[Any, ...]:
    """What the file decides. Blanks that a table can't keep are no difference."""
    texts = (single_blanks(link.part), single_blanks(link.standard))
    terms = (link.influence, link.share, link.at_least)
    return (link.department_id, *texts, *terms, link.sort_order)


def _entry(
    promise: PromisePage, want: Wanted, link: Link, before: dict[Any, tuple[Any, ...]], file: str
) -> Entry:
    if not link.pk:
        outcome, note = Outcome.NEW, ""
    elif _values(link) == before[link.pk]:
        outcome, note = Outcome.UNCHANGED, ""
    else:
        is_moved = _values(link)[:-1] == before[link.pk][:-1]
        outcome, note = Outcome.CHANGED, _("Another place in the chain.") if is_moved else ""
    path = SEPARATOR.join(split_path(want.row["department"]))
    name = f"{promise.title}: {path}"
    return Entry(name, outcome, note, kind=_("a link"), file=file, line=want.row.line)


def write_chains(plans: Iterable[ChainPlan]) -> None:
    for plan in plans:
        if plan.is_changed:
            promise: Any = plan.promise
            promise.links = plan.links
            promise.save_revision(clean=False, log_action=True).publish()
