"""Compares the rows with what is stored: who is new, what changes, which departments are made.

**Guarantee.** What the file doesn't speak of stays: without a column for titles, titles stay;
without one for roles, nobody loses hers; without dates, a time that runs goes on as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from departments.importers.paths import SEPARATOR, PathKey, key_of
from departments.importers.people.columns import Columns
from departments.importers.people.rows import PeopleLine, RowFaults
from departments.importers.people.stored import Place, Stored, StoredPerson
from departments.importers.spells import DAY, Overlap, Spell, settle
from knowledge.importers.tables import single_blanks

_NOBODY = StoredPerson(0, "", "")


@dataclass(slots=True, eq=False)
class PersonPlan:
    """What is written for one person; `pk` is empty for a new one until she is stored."""

    row: PeopleLine
    pk: int | None
    given_name: str
    family_name: str
    is_renamed: bool = False
    begins_today: bool = False
    memberships: list[Spell[Place]] = field(default_factory=list)
    headships: list[Spell[str]] = field(default_factory=list)
    groups_added: frozenset[str] = frozenset()
    groups_removed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    people: list[PersonPlan]
    new_departments: list[tuple[str, ...]]

    @property
    def notes(self) -> tuple[str, ...]:
        told = _("New department: %(path)s")
        return tuple(told % {"path": SEPARATOR.join(path)} for path in self.new_departments)


def plan_people(
    rows: Iterable[PeopleLine], columns: Columns, stored: Stored, *, today: date, faults: RowFaults
) -> PeoplePlan:
    """Plans the rows that can come in; `faults` gets more about them."""
    planner = _Planner(columns, today)
    people = []
    for row in rows:
        try:
            plan = planner.plan(row, stored.people.get(row.email))
        except Overlap as overlap:
            _refuse_overlap(row, overlap.earlier_starts_on, faults)
            continue
        if not (plan.given_name or plan.family_name) and plan.pk is None:
            faults.add(row.line, _("There is no name."), _("Write the name that colleagues know."))
        people.append(plan)
    coming = [plan.row for plan in people if plan.row.line not in faults]
    return PeoplePlan(people, _new_departments(coming, stored))


class _Planner:
    def __init__(self, columns: Columns, today: date) -> None:
        self.columns = columns
        self.today = today
        self.yesterday = today - DAY
        self.keys: dict[tuple[str, ...], PathKey] = {}
        self.places: dict[Place, Place] = {}

    def plan(self, row: PeopleLine, known: StoredPerson | None) -> PersonPlan:
        before = known or _NOBODY
        plan = PersonPlan(row, known.pk if known else None, row.given_name, row.family_name)
        if known:
            self._keep_name(plan, known)
        if row.groups is not None:
            plan.groups_added = row.groups - before.groups
            plan.groups_removed = before.groups - row.groups
        latest = before.memberships[-1] if before.memberships else None
        wanted = self._membership(row, latest)
        plan.begins_today = bool(wanted and not row.starts_on and wanted.starts_on == self.today)
        if latest != wanted:
            plan.memberships = settle(before.memberships, wanted, last_day=self.yesterday)
        if before.headships or row.role:
            plan.headships = self._headships(row, before.headships, latest, wanted)
        return plan

    def _keep_name(self, plan: PersonPlan, known: StoredPerson) -> None:
        """A name that only differs in blanks is the same, and an empty one takes none away."""
        stored = (known.given_name, known.family_name)
        wanted = (plan.given_name, plan.family_name)
        if stored != wanted and wanted in {
            ("", ""),
            (single_blanks(stored[0]), single_blanks(stored[1])),
        }:
            plan.given_name, plan.family_name = stored
        plan.is_renamed = stored != (plan.given_name, plan.family_name)

    def _membership(self, row: PeopleLine, latest: Spell[Place] | None) -> Spell[Place] | None:
        if not row.department:
            return None
        key = self._key(row.department)
        same = latest if latest and latest.department == key else None
        starts_on = row.starts_on or self._first_day(row, same)
        ends_on = row.ends_on
        if "ends_on" not in self.columns and same and not _is_after(starts_on, same.ends_on):
            ends_on = same.ends_on
        pk = same.pk if same and same.starts_on == starts_on else None
        return Spell(key, starts_on, ends_on, self._place(row, same), pk)

    def _first_day(self, row: PeopleLine, same: Spell[Place] | None) -> date:
        """Without a date in the file: the day that is known, or today, or the last day before."""
        if same and (same.ends_on == row.ends_on or not _is_after(self.today, same.ends_on)):
            return _earlier(row.ends_on, same.starts_on)
        return _earlier(row.ends_on, self.today)

    def _place(self, row: PeopleLine, same: Spell[Place] | None) -> Place:
        title, leave_from, leave_to = row.title, row.leave_from, row.leave_to
        if same:
            if "title" not in self.columns or single_blanks(same.details.title) == title:
                title = same.details.title
            if "leave_from" not in self.columns:
                leave_from, leave_to = same.details.leave_from, same.details.leave_to
        place = Place(title, leave_from, leave_to)
        return self.places.setdefault(place, place)

    def _headships(
        self,
        row: PeopleLine,
        stored: list[Spell[str]],
        latest: Spell[Place] | None,
        wanted: Spell[Place] | None,
    ) -> list[Spell[str]]:
        """The file decides who leads where she is and was. What was given elsewhere stays."""
        homes = {spell.department for spell in (latest, wanted) if spell}
        here = [headship for headship in stored if headship.department in homes]
        running = here[-1] if here and not _is_after(self.today, here[-1].ends_on) else None
        if row.role is None and running is None:
            return []
        role = _wanted_role(row, running, latest, wanted)
        return settle(here, role, last_day=self._last_day_as_head(row))

    def _last_day_as_head(self, row: PeopleLine) -> date:
        """Who moves on a day to come leads until she goes."""
        return max(self.yesterday, row.starts_on - DAY) if row.starts_on else self.yesterday

    def _key(self, department: tuple[str, ...]) -> PathKey:
        if department not in self.keys:
            self.keys[department] = key_of(department)
        return self.keys[department]


def _wanted_role(
    row: PeopleLine,
    running: Spell[str] | None,
    latest: Spell[Place] | None,
    wanted: Spell[Place] | None,
) -> Spell[str] | None:
    stays = running if running and wanted and running.department == wanted.department else None
    kind = row.role if row.role is not None else stays.details if stays else ""
    if not (wanted and kind):
        return None
    role = Spell(wanted.department, wanted.starts_on, wanted.ends_on, kind)
    return _with_days_of_its_own(role, stays, latest) if stays else role


def _with_days_of_its_own(
    role: Spell[str], running: Spell[str], membership: Spell[Place] | None
) -> Spell[str] | None:
    """Where a role began or ends on another day than the time in the department, it stays so."""
    starts_on, ends_on = role.starts_on, role.ends_on
    followed = (membership.starts_on, membership.ends_on) if membership else (None, None)
    if followed == (starts_on, ends_on):
        return replace(running, details=role.details)
    if running.starts_on != followed[0] and running.details == role.details:
        starts_on = max(starts_on, running.starts_on)
    if running.ends_on and running.ends_on != followed[1]:
        ends_on = _earlier(ends_on, running.ends_on)
    if _is_after(starts_on, ends_on):
        return None
    pk = running.pk if starts_on == running.starts_on else None
    return Spell(role.department, starts_on, ends_on, role.details, pk)


def _earlier(day: date | None, other: date) -> date:
    return min(day or other, other)


def _is_after(day: date, last_day: date | None) -> bool:
    return last_day is not None and day > last_day


def _refuse_overlap(row: PeopleLine, earlier_starts_on: date, faults: RowFaults) -> None:
    faults.add(
        row.line,
        _("“starts_on” lies before the end of an earlier time, which began on %(date)s.")
        % {"date": earlier_starts_on.isoformat()},
        _("Write a later “starts_on”, or end the earlier time by hand first."),
    )


def _new_departments(rows: Iterable[PeopleLine], stored: Stored) -> list[tuple[str, ...]]:
    """Paths to make, the upper ones first. The first spelling in the file counts."""
    made: dict[PathKey, tuple[str, ...]] = {}
    for department in dict.fromkeys(row.department for row in rows):
        for depth in range(1, len(department) + 1):
            path = department[:depth]
            if key_of(path) not in stored.departments:
                made.setdefault(key_of(path), path)
    return sorted(made.values(), key=lambda path: (len(path), path))
