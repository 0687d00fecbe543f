"""campaigns.csv: what customers will hear, and from which day. It brings drafts, and lets none out.

A campaign is known by its address, or by the one that its title makes; others are left alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.importers.cells import clean_into, refuse_twice
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row, read_table, single_blanks
from knowledge.importers.writing import all_or_nothing
from strategy.importers.cells import COLUMNS, Columns
from strategy.models import Campaign

LISTS = ("promises", "segments", "channels")
# A draft may lack these.
OPTIONAL = ("hears", "expectation", "sponsor", "owner")


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft as the file wants it, not saved yet."""

    draft: Campaign
    entry: Entry


def import_campaigns(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Raises `ImportRefused` with every fault, having written nothing."""
    faults = FaultList(path.name)
    rows = read_table(path, COLUMNS, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = _plans(rows, faults)
        faults.refuse_if_any()
        if not dry_run:
            _write(plans)
    counted = ngettext("%(count)s campaign", "%(count)s campaigns", len(rows))
    entries = tuple(plan.entry for plan in plans)
    return ImportReport(entries, is_dry_run=dry_run, counted=counted % {"count": len(rows)})


def _plans(rows: Sequence[Row], faults: FaultList) -> list[Plan]:
    columns = Columns.of(faults)
    stored = {one.slug: one for one in Campaign.objects.select_related("latest_revision")}
    first: dict[str, int] = {}
    plans = []
    for row in rows:
        slug = row["slug"] or slugify(row["title"])
        refuse_twice(row, slug, first, faults)
        plans.append(_plan(row, slug, stored.get(slug), columns))
    return plans


def _plan(row: Row, slug: str, stored: Campaign | None, columns: Columns) -> Plan:
    if stored is not None and stored.get_lock():
        words = _("“%(title)s” is locked: scheduled, or being looked at.") % {"title": stored.title}
        remedy = _("Take its schedule back first, or wait until it is unlocked.")
        columns.faults.add(row.line, words, remedy)
    draft: Campaign = stored.get_latest_revision_as_object() if stored else Campaign(live=False)
    values = _values(row, slug, columns)
    is_changed = stored is None or _told(draft) != values
    _fill(draft, values)
    _check(draft, row, columns.faults)
    outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
    return Plan(
        draft,
        Entry(
            row["title"],
            outcome if stored else Outcome.NEW,
            kind=_("a campaign"),
            file=columns.faults.file,
            line=row.line,
        ),
    )


def _values(row: Row, slug: str, columns: Columns) -> dict[str, Any]:
    return {
        "title": row["title"],
        "slug": slug,
        "hears": row["hears"],
        "expectation": row["expectation"],
        "brief": columns.one(row, "brief"),
        "brief_version": columns.version(row),
        "launches_on": columns.day(row),
        "sponsor": columns.one(row, "sponsor"),
        "owner": columns.one(row, "owner"),
        **{name: frozenset(columns.several(row, name)) for name in LISTS},
    }


def _told(draft: Campaign) -> dict[str, Any]:
    """What the file decides. Blanks that a table can't keep are no difference."""
    names = ("title", "slug", "brief", "brief_version", "launches_on", "sponsor", "owner")
    return {
        **{name: getattr(draft, name) for name in names},
        **{name: single_blanks(getattr(draft, name)) for name in ("hears", "expectation")},
        **{name: frozenset(getattr(draft, name).all()) for name in LISTS},
    }


def _fill(draft: Campaign, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value is not None or name in OPTIONAL:
            setattr(draft, name, sorted(value, key=str) if name in LISTS else value)


def _check(draft: Campaign, row: Row, faults: FaultList) -> None:
    lacking = [name for name in OPTIONAL if not getattr(draft, name)]
    # What isn't a day is a fault already.
    unread = [] if draft.launches_on else ["launches_on"]
    clean_into(draft, row.line, [*lacking, *unread], faults)


def _write(plans: Iterable[Plan]) -> None:
    for plan in plans:
        if plan.entry.outcome is not Outcome.UNCHANGED:
            if not plan.draft.live:
                plan.draft.save()
            plan.draft.save_revision(clean=False, log_action=True)
