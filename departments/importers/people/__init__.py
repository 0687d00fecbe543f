"""A list of people, their departments, roles and groups: ours, or any that a company has."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from departments.actions.leading import lock_tree
from departments.importers.dates import DateOrder
from departments.importers.people.leaving import check_absent, check_leavers, plan_absent
from departments.importers.people.lines import RowFaults
from departments.importers.people.planning import plan_people
from departments.importers.people.plans import PeoplePlan
from departments.importers.people.reading import PeopleFile, Reading, read_people
from departments.importers.people.readings import note_reading
from departments.importers.people.stored import Stored, load_stored
from departments.importers.people.telling import counted_people, entries_of, told_invitations
from departments.importers.people.writing import write_people
from knowledge.importers.reporting import FaultList, ImportRefused, ImportReport, Outcome
from knowledge.importers.writing import all_or_nothing

__all__ = ["DateOrder", "import_people"]

# Any number does, as long as it is always the same.
_TURN = 61_108


def import_people(
    path: Path,
    *,
    dry_run: bool = False,
    at: datetime | None = None,
    encoding: str = "",
    date_order: str = "",
    department: str = "",
    skip_unsupported: bool = False,
    is_everybody: bool = False,
    leavers: int | None = None,
    invite: Callable[[Sequence[int]], object] | None = None,
    fingerprint: str = "",
) -> ImportReport:
    """Brings the people of the file to its state; others are left alone.

    `encoding`, `date_order` ("dmy" or "mdy") and `department` (for whom the file names none) say
    what the file itself doesn't. Raises `ImportRefused` with every fault, having written nothing;
    with `skip_unsupported` rows that have faults are left out instead, and said.

    With `is_everybody` whoever is here and not in the file has left; where these are more than a
    tenth, only if `leavers` says how many. `invite` is given the keys of those who are new, once
    all is stored. By its `fingerprint` a file that is read on schedule is known again.
    """
    at = at or timezone.now()
    reading = Reading(encoding, DateOrder(date_order) if date_order else None, department)
    faults, row_faults = FaultList(path.name), RowFaults(path.name)
    file = read_people(path, reading, faults, row_faults)
    if faults.faults:
        raise ImportRefused(faults.faults, notes=file.notes)
    with all_or_nothing(path.name):
        if not dry_run:
            _wait_for_turn()
        stored = load_stored(None if is_everybody else (row.email for row in file.people))
        plan = _planned(file, stored, row_faults, timezone.localdate(at))
        if row_faults.all and not skip_unsupported:
            raise _refusal(file, plan, row_faults)
        if is_everybody:
            _add_absent(file, plan, stored, row_faults, leavers)
        report = _report(file, plan, row_faults, is_dry_run=dry_run, invites=bool(invite))
        if not dry_run:
            _write(plan, stored, row_faults, at=at, invite=invite)
            note_reading(report, file_name=path.name, fingerprint=fingerprint, at=at)
    return report


def _wait_for_turn() -> None:
    """Two lists at once would each take the same people for new, and a department could be closing;
    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        lock_tree()


def _planned(file: PeopleFile, stored: Stored, faults: RowFaults, today: date) -> PeoplePlan:
    rows = (row for row in file.people if not row.skipped and row.line not in faults)
    return plan_people(rows, file.columns, stored, today=today, faults=faults)


def _add_absent(
    file: PeopleFile,
    plan: PeoplePlan,
    stored: Stored,
    row_faults: RowFaults,
    leavers: int | None,
) -> None:
    faults = FaultList(row_faults.file)
    check_absent(file.people, row_faults, faults)
    plan.absent.extend(plan_absent(file.people, stored, today=plan.today))
    check_leavers(plan, stored, leavers, faults)
    if faults.faults:
        raise _refusal(file, plan, row_faults, faults)


def _write(
    plan: PeoplePlan,
    stored: Stored,
    faults: RowFaults,
    *,
    at: datetime,
    invite: Callable[[Sequence[int]], object] | None,
) -> None:
    coming = [each for each in plan.people if each.row.line not in faults]
    new = [each for each in coming if each.pk is None]
    by = get_active_log_context().user
    write_people([*coming, *plan.absent], plan, stored, by=by, reason=faults.file, at=at)
    if invite and new:
        keys = [each.pk for each in new if each.pk]
        transaction.on_commit(partial(invite, keys), robust=True)


def _refusal(
    file: PeopleFile, plan: PeoplePlan, rows: RowFaults, faults: FaultList | None = None
) -> ImportRefused:
    return ImportRefused(
        [*(faults.faults if faults else ()), *rows.all],
        entries_of(file.people, plan, rows, refused=Outcome.REFUSED),
        notes=file.notes,
        counted=counted_people(len(file.people), absent=len(plan.absent)),
    )


def _report(
    file: PeopleFile, plan: PeoplePlan, faults: RowFaults, *, is_dry_run: bool, invites: bool
) -> ImportReport:
    entries = entries_of(file.people, plan, faults, refused=Outcome.SKIPPED)
    notes = [*file.notes, *plan.notes]
    if invites:
        notes += told_invitations(sum(entry.outcome is Outcome.NEW for entry in entries))
    return ImportReport(
        entries,
        tuple(notes),
        is_dry_run=is_dry_run,
        counted=counted_people(len(file.people), absent=len(plan.absent)),
    )
