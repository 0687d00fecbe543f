"""What the portal knows before people come in, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model

from departments.importers.paths import PathKey, key_of, stored_departments
from departments.importers.spells import Spell
from departments.models import Department, Headship, Membership
from departments.reports.roster import GROUPS, department_paths

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a membership says beside its department and dates."""

    title: str
    leave_from: date | None
    leave_to: date | None


@dataclass(slots=True)
class StoredPerson:
    pk: int
    given_name: str
    family_name: str
    memberships: list[Spell[Place]] = field(default_factory=list)
    headships: list[Spell[str]] = field(default_factory=list)
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stored:
    """People by their e-mail in small letters, departments by their path."""

    people: dict[str, StoredPerson]
    departments: dict[PathKey, Department]


def load_stored(emails: Iterable[str]) -> Stored:
    asked = set(emails)
    names = (
        get_user_model().objects.order_by().values_list("email", "pk", "first_name", "last_name")
    )
    people = {
        email.lower(): StoredPerson(pk, given_name, family_name)
        for email, pk, given_name, family_name in names.iterator(ROWS_AT_ONCE)
        if email.lower() in asked
    }
    departments = stored_departments()
    if people:
        known = {person.pk: person for person in people.values()}
        keys = {pk: key_of(path) for pk, path in department_paths().items()}
        _add_memberships(known, keys)
        _add_headships(known, keys)
        _add_groups(known)
    return Stored(people, departments)


def _add_memberships(known: dict[int, StoredPerson], keys: dict[int, PathKey]) -> None:
    homes = Membership.objects.filter(is_home=True).order_by("starts_on")
    columns = ("person_id", "department_id", "starts_on", "ends_on", "pk")
    places: dict[Place, Place] = {}
    for person_id, department_id, starts_on, ends_on, pk, *details in homes.values_list(
        *columns, "title", "leave_from", "leave_to"
    ).iterator(ROWS_AT_ONCE):
        if person_id in known:
            place = Place(*details)
            known[person_id].memberships.append(
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
