"""process-changes.csv: what departments do in another way, from which day on, and why.

A change whose day is still to come asks the owners along the chain, as one that is logged by hand.
One of the past asks nobody: its file tells what happened, and an answer would come too late.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.actions.changes import Told, ask_owners, new_change, rewrite_change
from customers.importers.cells import (
    MOST_SHOWN,
    all_named_in,
    clean_into,
    day_in,
    refuse_empty,
    refuse_twice,
)
from customers.importers.sheets import Columns, read_rows
from customers.models import Measure, ProcessChange
from departments.importers.dates import DateOrder, proven_order
from departments.importers.paths import PathKey, key_of, split_path, stored_departments
from departments.models import Department
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row
from knowledge.importers.writing import all_or_nothing
from knowledge.models import PromisePage
from quizzes.days import organisation_day

COLUMNS = Columns(
    ("reference", "title", "why", "from", "department"), ("details", "promises", "measures")
)
REFERENCE = re.compile(r"[A-Za-z0-9-]*[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows may name, and in which order their days are written."""

    changes: Mapping[str, ProcessChange]
    departments: Mapping[PathKey, Department]
    promises: Mapping[str, PromisePage]
    measures: Mapping[str, Measure]
    order: DateOrder | None


@dataclass(frozen=True, slots=True)
class Planned:
    line: int
    reference: str
    told: Told
    stored: ProcessChange | None
    outcome: Outcome


def import_process_changes(
    path: Path,
    *,
    dry_run: bool = False,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
) -> ImportReport:
    """Other changes are left alone. Raises `ImportRefused`, having written nothing."""
    at = at or timezone.now()
    faults = FaultList(path.name)
    rows, notes = read_rows(path, COLUMNS, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = plan_changes(rows, faults)
        faults.refuse_if_any()
        if not dry_run:
            for plan in plans:
                write_change(plan, by, at)
    counted = ngettext("%(count)s process change", "%(count)s process changes", len(rows))
    entries = [
        Entry(
            f"{plan.reference} · {plan.told.title}",
            plan.outcome,
            kind=_("a process change"),
            file=path.name,
            line=plan.line,
        )
        for plan in plans
    ]
    return ImportReport(
        tuple(entries), tuple(notes), is_dry_run=dry_run, counted=counted % {"count": len(rows)}
    )


def plan_changes(rows: Sequence[Row], faults: FaultList) -> list[Planned]:
    known = load(rows)
    first: dict[Any, int] = {}
    plans = []
    for row in rows:
        refuse_empty(row, COLUMNS.required, faults)
        refuse_twice(row, row["reference"], first, faults)
        refuse_reference(row, faults)
        told = told_in(row, known, faults)
        if told:
            stored = known.changes.get(row["reference"])
            plans.append(
                Planned(row.line, row["reference"], told, stored, outcome_of(stored, told))
            )
    return plans


def outcome_of(stored: ProcessChange | None, told: Told) -> Outcome:
    if stored is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if is_same(stored, told) else Outcome.CHANGED


def refuse_reference(row: Row, faults: FaultList) -> None:
    """It is the last part of an address."""
    if row["reference"] and not REFERENCE.fullmatch(row["reference"]):
        faults.add(
            row.line,
            _("“%(reference)s” is no reference.") % {"reference": row["reference"][:MOST_SHOWN]},
            _("Write it like PC-014: letters, hyphens, and a number at its end."),
        )


def load(rows: Sequence[Row]) -> Known:
    changes = ProcessChange.objects.prefetch_related("promises", "measures")
    return Known(
        {change.reference: change for change in changes},
        stored_departments(),
        {page.slug: page for page in PromisePage.objects.in_source_language()},
        {measure.reference: measure for measure in Measure.objects.all()},
        proven_order(row["from"] for row in rows).order,
    )


def told_in(row: Row, known: Known, faults: FaultList) -> Told | None:
    """None where the row has no day or no department."""
    department = department_in(row, known.departments, faults)
    day = day_in(row, "from", known.order, faults) if row["from"] else None
    promises = all_named_in(row, "promises", known.promises, faults)
    measures = all_named_in(row, "measures", known.measures, faults)
    texts = {name: row[name] for name in ("reference", "title", "details", "why")}
    sound = [name for name, text in texts.items() if text]
    others = [field.name for field in ProcessChange._meta.fields if field.name not in sound]  # noqa: SLF001  (Django's own name)
    clean_into(ProcessChange(**texts), row.line, others, faults)
    if department is None or day is None:
        return None
    return Told(
        title=texts["title"],
        why=texts["why"],
        happens_on=day,
        department=department,
        details=texts["details"],
        promises=tuple(promises),
        measures=tuple(measures),
    )


def department_in(
    row: Row, departments: Mapping[PathKey, Department], faults: FaultList
) -> Department | None:
    department = departments.get(key_of(split_path(row["department"])))
    if department is None and row["department"]:
        faults.add(
            row.line,
            _("There is no department “%(path)s”.") % {"path": row["department"][:MOST_SHOWN]},
            _("Import people first, or write its path like Wrenfield/Customer Care."),
        )
    return department


def is_same(stored: ProcessChange, told: Told) -> bool:
    """Blanks that a table can't keep are no difference."""
    texts = [(stored.title, told.title), (stored.details, told.details), (stored.why, told.why)]
    return (
        all(" ".join(was.split()) == now for was, now in texts)
        and (stored.happens_on, stored.department_id) == (told.happens_on, told.department.pk)
        and set(stored.promises.all()) == set(told.promises)
        and set(stored.measures.all()) == set(told.measures)
    )


def write_change(plan: Planned, by: AbstractBaseUser | None, at: datetime) -> None:
    if plan.outcome is Outcome.UNCHANGED:
        return
    if plan.stored is None:
        change = new_change(plan.reference, plan.told, by=by, at=at)
    else:
        change = plan.stored
        rewrite_change(change, plan.told)
    if plan.told.happens_on >= organisation_day(at) and change.dropped_at is None:
        ask_owners(change)
