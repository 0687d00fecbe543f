"""Compares the rows with what is stored: who is new, what changes, which departments are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from departments.importers.paths import SEPARATOR, PathKey, key_of
from departments.importers.people.rows import PeopleLine
from departments.importers.people.stored import Place, Stored
from departments.importers.spells import DAY, Overlap, Spell, settle
from knowledge.importers.reporting import Entry, FaultList, Outcome


@dataclass(slots=True)
class PersonPlan:
    """What is written for one person."""

    row: PeopleLine
    person: AbstractUser
    is_renamed: bool = False
    memberships: list[Spell[Place]] = field(default_factory=list)
    headships: list[Spell[str]] = field(default_factory=list)
    groups_added: frozenset[str] = frozenset()
    groups_removed: frozenset[str] = frozenset()

    @property
    def is_new(self) -> bool:
        return self.person.pk is None

    @property
    def changes(self) -> list[str]:
        changed = {
            _("name"): self.is_renamed,
            _("department, title or dates"): bool(self.memberships),
            _("role"): bool(self.headships),
            _("groups"): bool(self.groups_added or self.groups_removed),
        }
        return [name for name, is_changed in changed.items() if is_changed]

    @property
    def entry(self) -> Entry:
        name = f"{self.person.get_full_name()} <{self.row.email}>"
        if self.is_new:
            return Entry(name, Outcome.NEW, SEPARATOR.join(self.row.department))
        if self.changes:
            return Entry(name, Outcome.CHANGED, ", ".join(self.changes))
        return Entry(name, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    people: list[PersonPlan]
    new_departments: list[tuple[str, ...]]

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(
            _("New department: %(path)s") % {"path": SEPARATOR.join(path)}
            for path in self.new_departments
        )


def plan_people(
    rows: Sequence[PeopleLine], stored: Stored, *, today: date, faults: FaultList
) -> PeoplePlan:
    yesterday = today - DAY
    people = [_plan_person(row, stored, yesterday, faults) for row in rows]
    return PeoplePlan(people, _new_departments(rows, stored))


def _plan_person(row: PeopleLine, stored: Stored, yesterday: date, faults: FaultList) -> PersonPlan:
    person = stored.people.get(row.email)
    if person is None:
        person = get_user_model()(email=row.email, password=make_password(None))
    plan = PersonPlan(row, person)
    wanted = (row.given_name, row.family_name)
    plan.is_renamed = (person.first_name, person.last_name) != wanted
    person.first_name, person.last_name = wanted
    groups = stored.groups.get(person.pk, frozenset())
    plan.groups_added, plan.groups_removed = row.groups - groups, groups - row.groups
    try:
        _plan_place(plan, stored, yesterday)
    except Overlap as overlap:
        _refuse_overlap(row, overlap.earlier_starts_on, faults)
    return plan


def _plan_place(plan: PersonPlan, stored: Stored, yesterday: date) -> None:
    memberships = stored.memberships.get(plan.person.pk, [])
    membership = _wanted_membership(plan.row)
    plan.memberships = settle(memberships, membership, last_day=yesterday)
    homes = _homes(memberships, membership)
    headships = [
        headship
        for headship in stored.headships.get(plan.person.pk, [])
        if headship.department in homes
    ]
    plan.headships = settle(
        headships, _wanted_headship(plan.row), last_day=_last_day_as_head(plan.row, yesterday)
    )


def _last_day_as_head(row: PeopleLine, yesterday: date) -> date:
    """Who moves on a day to come leads until she goes."""
    return max(yesterday, row.starts_on - DAY) if row.starts_on else yesterday


def _homes(memberships: Sequence[Spell[Place]], wanted: Spell[Place] | None) -> set[PathKey]:
    """Where the file decides who leads. A headship elsewhere was given by hand and stays."""
    return {spell.department for spell in (*memberships, wanted) if spell}


def _wanted_membership(row: PeopleLine) -> Spell[Place] | None:
    if row.starts_on is None:
        return None
    place = Place(row.title, row.leave_from, row.leave_to)
    return Spell(key_of(row.department), row.starts_on, row.ends_on, place)


def _wanted_headship(row: PeopleLine) -> Spell[str] | None:
    if row.starts_on is None or not row.role:
        return None
    return Spell(key_of(row.department), row.starts_on, row.ends_on, row.role)


def _refuse_overlap(row: PeopleLine, earlier_starts_on: date, faults: FaultList) -> None:
    faults.add(
        row.line,
        _("“starts_on” lies before the end of an earlier time, which began on %(date)s.")
        % {"date": earlier_starts_on.isoformat()},
        _("Write a later “starts_on”, or end the earlier time by hand first."),
    )


def _new_departments(rows: Iterable[PeopleLine], stored: Stored) -> list[tuple[str, ...]]:
    """Paths to make, the upper ones first. The first spelling in the file counts."""
    made: dict[PathKey, tuple[str, ...]] = {}
    for row in rows:
        for depth in range(1, len(row.department) + 1):
            path = row.department[:depth]
            if key_of(path) not in stored.departments:
                made.setdefault(key_of(path), path)
    return sorted(made.values(), key=lambda path: (len(path), path))
