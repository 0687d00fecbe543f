"""A list of people, their departments, roles and groups: ours, or any that a company has."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from departments.importers.dates import DateOrder
from departments.importers.people.planning import PeoplePlan, plan_people
from departments.importers.people.reading import PeopleFile, Reading, read_people
from departments.importers.people.rows import RowFaults
from departments.importers.people.stored import load_stored
from departments.importers.people.telling import counted_people, entries_of
from departments.importers.people.writing import write_people
from knowledge.importers.reporting import FaultList, ImportRefused, ImportReport, Outcome
from knowledge.importers.writing import all_or_nothing

__all__ = ["DateOrder", "import_people"]


def import_people(
    path: Path,
    *,
    dry_run: bool = False,
    at: datetime | None = None,
    encoding: str = "",
    date_order: str = "",
    department: str = "",
    skip_unsupported: bool = False,
) -> ImportReport:
    """Brings the people of the file to its state; others are left alone.

    `encoding`, `date_order` ("dmy" or "mdy") and `department` (for whom the file names none) say
    what the file itself doesn't. Raises `ImportRefused` with every fault, having written nothing;
    with `skip_unsupported` rows that have faults are left out instead, and said.
    """
    reading = Reading(encoding, DateOrder(date_order) if date_order else None, department)
    faults, row_faults = FaultList(path.name), RowFaults(path.name)
    file = read_people(path, reading, faults, row_faults)
    if faults.faults:
        raise ImportRefused(faults.faults, notes=file.notes)
    with all_or_nothing(path.name):
        stored = load_stored(row.email for row in file.people)
        plan = plan_people(
            (row for row in file.people if not row.skipped and row.line not in row_faults),
            file.columns,
            stored,
            today=timezone.localdate(at),
            faults=row_faults,
        )
        if row_faults.all and not skip_unsupported:
            raise _refusal(file, plan, row_faults)
        if not dry_run:
            coming = [person for person in plan.people if person.row.line not in row_faults]
            report = _report(file, plan, row_faults, is_dry_run=False)
            write_people(coming, plan.new_departments, stored)
            return report
    return _report(file, plan, row_faults, is_dry_run=dry_run)


def _refusal(file: PeopleFile, plan: PeoplePlan, faults: RowFaults) -> ImportRefused:
    return ImportRefused(
        faults.all,
        entries_of(file.people, plan, faults, refused=Outcome.REFUSED),
        notes=file.notes,
        counted=counted_people(len(file.people)),
    )


def _report(
    file: PeopleFile, plan: PeoplePlan, faults: RowFaults, *, is_dry_run: bool
) -> ImportReport:
    return ImportReport(
        entries_of(file.people, plan, faults, refused=Outcome.SKIPPED),
        (*file.notes, *plan.notes),
        is_dry_run=is_dry_run,
        counted=counted_people(len(file.people)),
    )
