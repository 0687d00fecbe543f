"""people.csv: people, their departments, roles and groups."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from departments.importers.people.planning import plan_people
from departments.importers.people.rows import read_people
from departments.importers.people.stored import load_stored
from departments.importers.people.writing import write_people
from knowledge.importers.reporting import FaultList, ImportReport
from knowledge.importers.writing import all_or_nothing

__all__ = ["import_people"]


def import_people(path: Path, *, dry_run: bool = False, at: datetime | None = None) -> ImportReport:
    """Brings the people of the file to its state; others are left alone.

    Raises `ImportRefused` with every fault, having written nothing.
    """
    faults = FaultList(path.name)
    rows = read_people(path, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        stored = load_stored(row.email for row in rows)
        plan = plan_people(rows, stored, today=timezone.localdate(at), faults=faults)
        faults.refuse_if_any()
        entries = tuple(person.entry for person in plan.people)
        if not dry_run:
            write_people(plan, stored)
    return ImportReport(entries, plan.notes, is_dry_run=dry_run)
