"""What the portal knows before people come in, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model

from departments.importers.paths import PathKey, key_of, named_departments
from departments.importers.spells import Spell
from departments.models import Department, Headship, Membership
from departments.reports.roster import GROUPS

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a membership says beside its department and dates."""

    title: str
    level: str
    leave_from: date | None
    leave_to: date | None


@dataclass(slots=True)
class StoredPerson:
    pk: int
    email: str
    given_name: str
    family_name: str
    memberships: list[Spell[Place]] = field(default_factory=list)
    # In other departments than her own.
    others: list[Spell[Place]] = field(default_factory=list)
    headships: list[Spell[str]] = field(default_factory=list)
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stored:
    """People by their e-mail in small letters, departments by their path."""

    people: dict[str, StoredPerson]
    departments: dict[PathKey, Department] = field(default_factory=dict)
    paths: dict[PathKey, tuple[str, ...]] = field(default_factory=dict)
    keys: dict[int, PathKey] = field(default_factory=dict)
    closed: dict[PathKey, Department] = field(default_factory=dict)

    def is_empty(self) -> bool:
        """Nobody has ever been anywhere: this is the first list."""
        if any(person.memberships or person.others for person in self.people.values()):
            return False
        return not Membership.objects.exists()


def load_stored(emails: Iterable[str] | None) -> Stored:
    """Of those with these addresses; without any, of everybody."""
    asked = None if emails is None else set(emails)
    names = (
        get_user_model().objects.order_by().values_list("email", "pk", "first_name", "last_name")
    )
    people = {
        email.lower(): StoredPerson(pk, email, given_name, family_name)
        for email, pk, given_name, family_name in names.iterator(ROWS_AT_ONCE)
        if asked is None or email.lower() in asked
    }
    stored = Stored(people)
    for path, department in named_departments():
        key = key_of(path)
        stored.keys[department.pk] = key
        stored.departments.setdefault(key, department)
        stored.paths.setdefault(key, path)
        if department.closed_on:
            stored.closed[key] = department
    if people:
        known = {person.pk: person for person in people.values()}
        _add_memberships(known, stored.keys)
        _add_headships(known, stored.keys)
        _add_groups(known)
    return stored


def _add_memberships(known: dict[int, StoredPerson], keys: dict[int, PathKey]) -> None:
    stored = Membership.objects.order_by("starts_on")
    columns = ("person_id", "department_id", "starts_on", "ends_on", "pk", "is_home")
    places: dict[Place, Place] = {}
    for person_id, department_id, starts_on, ends_on, pk, is_home, *details in stored.values_list(
        *columns, "title", "level", "leave_from", "leave_to"
    ).iterator(ROWS_AT_ONCE):
        if person_id in known:
            place = Place(*details)
            person = known[person_id]
            (person.memberships if is_home else person.others).append(
                Spell(keys[department_id], starts_on, ends_on, places.setdefault(place, place), pk)
            )


def _add_headships(known: dict[int, StoredPerson], keys: dict[int, PathKey]) -> None:
    columns = ("person_id", "department_id", "starts_on", "ends_on", "kind", "pk")
    for person_id, department_id, starts_on, ends_on, kind, pk in Headship.objects.order_by(
        "starts_on"
    ).values_list(*columns):
        if person_id in known:
            known[person_id].headships.append(
                Spell(keys[department_id], starts_on, ends_on, kind, pk)
            )


def _add_groups(known: dict[int, StoredPerson]) -> None:
    given = get_user_model().groups.through.objects.filter(group__name__in=GROUPS)
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for person_id, name in given.values_list("user_id", "group__name"):
        if person_id in known:
            groups[person_id].add(name)
    for person_id, names in groups.items():
        known[person_id].groups = frozenset(names)
