"""Compares the rows with what is stored: who is new, what changes, which departments are made.

**Guarantee.** What the file doesn't speak of stays: without a column for titles, titles stay;
without one for roles, nobody loses hers; without dates, a time that runs goes on as it is.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from departments.importers.paths import SEPARATOR, PathKey, key_of
from departments.importers.people.columns import Columns
from departments.importers.people.leading import plan_headships
from departments.importers.people.lines import PeopleLine, RowFaults
from departments.importers.people.places import Placing
from departments.importers.people.plans import PeoplePlan, PersonPlan
from departments.importers.people.stored import Stored, StoredPerson
from departments.importers.spells import Overlap
from departments.models import Department
from knowledge.importers.tables import single_blanks

_NOBODY = StoredPerson(0, "", "", "")


def plan_people(
    rows: Iterable[PeopleLine], columns: Columns, stored: Stored, *, today: date, faults: RowFaults
) -> PeoplePlan:
    """Plans the rows that can come in; `faults` gets more about them."""
    placing = Placing(columns, today)
    people = []
    for row in rows:
        try:
            plan = _planned(row, stored.people.get(row.email), placing)
        except Overlap as overlap:
            _refuse_overlap(row, overlap.earlier_starts_on, faults)
            continue
        if not (plan.given_name or plan.family_name) and plan.pk is None:
            faults.add(row.line, _("There is no name."), _("Write the name that colleagues know."))
        if stored.closed:
            _check_open(plan, stored, faults)
        people.append(plan)
    coming = [plan.row for plan in people if plan.row.line not in faults]
    made = _new_departments(coming, stored)
    paths = stored.paths | {key_of(path): path for path in made}
    return PeoplePlan(people, made, paths, today)


def _planned(row: PeopleLine, known: StoredPerson | None, placing: Placing) -> PersonPlan:
    before = known or _NOBODY
    plan = PersonPlan(row, known.pk if known else None, row.given_name, row.family_name)
    if known:
        _keep_name(plan, known)
    if row.groups is not None:
        plan.groups_added = row.groups - before.groups
        plan.groups_removed = before.groups - row.groups
    wanted = placing.plan(plan, before)
    if before.headships or row.role:
        plan_headships(plan, before.headships, wanted, today=placing.today)
    return plan


def _keep_name(plan: PersonPlan, known: StoredPerson) -> None:
    """A name that only differs in blanks is the same, and an empty one takes none away."""
    stored = (known.given_name, known.family_name)
    wanted = (plan.given_name, plan.family_name)
    if stored != wanted and wanted in {
        ("", ""),
        (single_blanks(stored[0]), single_blanks(stored[1])),
    }:
        plan.given_name, plan.family_name = stored
    plan.is_renamed = stored != (plan.given_name, plan.family_name)


def _refuse_overlap(row: PeopleLine, earlier_starts_on: date, faults: RowFaults) -> None:
    faults.add(
        row.line,
        _("“starts_on” lies before the end of an earlier time, which began on %(date)s.")
        % {"date": earlier_starts_on.isoformat()},
        _("Write a later “starts_on”, or end the earlier time by hand first."),
    )


def _check_open(plan: PersonPlan, stored: Stored, faults: RowFaults) -> None:
    """Nobody comes into a department that is no longer there, or stays beyond its last day."""
    for spell in (*plan.memberships, *plan.others):
        closed = stored.closed.get(spell.department)
        if closed and closed.closed_on and spell.holds_after(closed.closed_on):
            faults.add(
                plan.row.line,
                _("“%(path)s” is closed since %(day)s.")
                % {
                    "path": SEPARATOR.join(stored.paths[spell.department]),
                    "day": closed.closed_on.isoformat(),
                },
                _remedy_for_closed(closed, stored),
            )


def _remedy_for_closed(closed: Department, stored: Stored) -> str:
    path = stored.paths.get(stored.keys.get(closed.merged_into_id or 0, ()))
    if path is None:
        return _("Write the department that she is in now.")
    return _("It belongs to “%(path)s” now: write that.") % {"path": SEPARATOR.join(path)}


def _new_departments(rows: Iterable[PeopleLine], stored: Stored) -> list[tuple[str, ...]]:
    """Paths to make, the upper ones first. The first spelling in the file counts."""
    named = dict.fromkeys(path for row in rows for path in (row.department, *row.also_in))
    made: dict[PathKey, tuple[str, ...]] = {}
    for department in named:
        for depth in range(1, len(department) + 1):
            path = department[:depth]
            if key_of(path) not in stored.departments:
                made.setdefault(key_of(path), path)
    return sorted(made.values(), key=lambda path: (len(path), path))
