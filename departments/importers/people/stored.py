"""What the portal knows before people come in, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from departments.importers.paths import PathKey, stored_departments
from departments.importers.people.rows import GROUPS
from departments.importers.spells import Spell
from departments.models import Department, Headship, Membership


@dataclass(frozen=True, slots=True)
class Place:
    """What a membership says beside its department and dates."""

    title: str
    leave_from: date | None
    leave_to: date | None


@dataclass(frozen=True, slots=True)
class Stored:
    people: dict[str, AbstractUser]
    departments: dict[PathKey, Department]
    memberships: dict[int, list[Spell[Place]]]
    headships: dict[int, list[Spell[str]]]
    groups: dict[int, frozenset[str]]


def load_stored(emails: Iterable[str]) -> Stored:
    asked = set(emails)
    people = {
        person.email.lower(): person
        for person in get_user_model().objects.only("email", "first_name", "last_name")
        if person.email.lower() in asked
    }
    departments = stored_departments()
    keys = {department.pk: key for key, department in departments.items()}
    known = {person.pk for person in people.values()}
    return Stored(
        people=people,
        departments=departments,
        memberships=_memberships(known, keys),
        headships=_headships(known, keys),
        groups=_groups(known),
    )


def _memberships(known: set[int], keys: dict[int, PathKey]) -> dict[int, list[Spell[Place]]]:
    spells: defaultdict[int, list[Spell[Place]]] = defaultdict(list)
    for membership in Membership.objects.filter(is_home=True):
        if membership.person_id in known:
            spells[membership.person_id].append(
                Spell(
                    department=keys[membership.department_id],
                    starts_on=membership.starts_on,
                    ends_on=membership.ends_on,
                    details=Place(membership.title, membership.leave_from, membership.leave_to),
                    pk=membership.pk,
                )
            )
    return spells


def _headships(known: set[int], keys: dict[int, PathKey]) -> dict[int, list[Spell[str]]]:
    spells: defaultdict[int, list[Spell[str]]] = defaultdict(list)
    for headship in Headship.objects.all():
        if headship.person_id in known:
            spells[headship.person_id].append(
                Spell(
                    department=keys[headship.department_id],
                    starts_on=headship.starts_on,
                    ends_on=headship.ends_on,
                    details=headship.kind,
                    pk=headship.pk,
                )
            )
    return spells


def _groups(known: set[int]) -> dict[int, frozenset[str]]:
    given = get_user_model().groups.through.objects.filter(group__name__in=GROUPS)
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for person_id, name in given.values_list("user_id", "group__name"):
        if person_id in known:
            groups[person_id].add(name)
    return {person_id: frozenset(names) for person_id, names in groups.items()}
