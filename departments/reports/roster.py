"""The list of people as the file of people holds it: one row for each, with her latest place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from departments.models import Department, Headship, Membership
from departments.models.periods import not_over

# A file that has these, by these names, says everything about those who are in it.
FULL_COLUMNS = (
    "email",
    "given_name",
    "family_name",
    "department",
    "title",
    "role",
    "starts_on",
    "ends_on",
    "leave_from",
    "leave_to",
    "groups",
)
COLUMNS = (*FULL_COLUMNS, "level", "also_in")
GROUPS = ("Marketing", "Customer experience", "Leaders")
PEOPLE_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class RosterRow:
    person: AbstractUser
    membership: Membership | None
    department: tuple[str, ...]
    role: str
    groups: tuple[str, ...]
    also_in: tuple[tuple[str, ...], ...] = ()


def roster(people: Iterable[AbstractUser], *, on: date) -> Iterator[RosterRow]:
    """The rows in the order of `people`, with four queries for each `PEOPLE_AT_ONCE` of them."""
    paths = department_paths()
    for batch in batched(people, PEOPLE_AT_ONCE):
        ids = [person.pk for person in batch]
        memberships = _latest_homes(ids)
        others = _others(ids, memberships, on)
        roles = _roles(ids, memberships, on)
        groups = _groups(ids)
        for person in batch:
            membership = memberships.get(person.pk)
            yield RosterRow(
                person=person,
                membership=membership,
                department=paths[membership.department_id] if membership else (),
                role=roles.get(person.pk, ""),
                groups=tuple(sorted(groups.get(person.pk, ()))),
                also_in=tuple(sorted(paths[key] for key in others.get(person.pk, ()))),
            )


def joined_paths(paths: Iterable[tuple[str, ...]]) -> str:
    """Several departments in one cell; a semicolon in a name gets a backslash before it."""
    return ";".join("/".join(path).replace(";", r"\;") for path in paths)


def department_paths() -> dict[int, tuple[str, ...]]:
    """The names of each department and of those above it, from the root down."""
    names: dict[str, tuple[str, ...]] = {}
    paths: dict[int, tuple[str, ...]] = {}
    for pk, path, name in Department.objects.order_by("path").values_list("pk", "path", "name"):
        above = path[: -Department.steplen]
        paths[pk] = names[path] = (*names.get(above, ()), name)
    return paths


def _latest_homes(ids: list[int]) -> dict[int, Membership]:
    homes = Membership.objects.filter(person_id__in=ids, is_home=True).order_by("starts_on")
    return {membership.person_id: membership for membership in homes}


def _others(ids: list[int], homes: dict[int, Membership], on: date) -> defaultdict[int, set[int]]:
    """The other departments in which each still is, or will be."""
    others: defaultdict[int, set[int]] = defaultdict(set)
    known = Membership.objects.filter(person_id__in=ids, is_home=False)
    open_ones = known.filter(not_over(on))
    for person_id, department_id in open_ones.values_list("person_id", "department_id"):
        home = homes.get(person_id)
        if home and home.department_id != department_id:
            others[person_id].add(department_id)
    return others


def _roles(ids: list[int], memberships: dict[int, Membership], on: date) -> dict[int, str]:
    """What each is in her own department, if it hasn't ended."""
    latest: dict[int, Headship] = {}
    for headship in Headship.objects.filter(person_id__in=ids).order_by("starts_on"):
        membership = memberships.get(headship.person_id)
        if membership and membership.department_id == headship.department_id:
            latest[headship.person_id] = headship
    return {
        person_id: headship.kind
        for person_id, headship in latest.items()
        if headship.ends_on is None or headship.ends_on >= on
    }


def _groups(ids: list[int]) -> dict[int, set[str]]:
    given = get_user_model().groups.through.objects.filter(user_id__in=ids, group__name__in=GROUPS)
    groups: dict[int, set[str]] = {}
    for person_id, name in given.values_list("user_id", "group__name"):
        groups.setdefault(person_id, set()).add(name)
    return groups
