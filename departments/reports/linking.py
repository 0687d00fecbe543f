"""Which departments hold no link of any promise, and which links want more people than there are.

**Guarantee.** Every department keeps a part of some promise, or is named here. It keeps one where
it holds a link itself, where a department above it does, for its people do that part; or where one
below it does. Of a branch in which nobody holds any, the top alone is named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from departments.models import Department, Link, Membership
from knowledge.models import PromisePage


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link that asks for more people than its department has."""

    department: str
    at_least: int
    people: int


def departments_without_link(on: date) -> list[Department]:
    """In the order of the tree; two queries."""
    promises = PromisePage.objects.open_to_colleagues()
    links = Link.objects.filter(promise__in=promises)
    linked = set(links.values_list("department__path", flat=True))
    found: list[Department] = []
    for department in open_departments(on):
        is_told = bool(found) and department.path.startswith(found[-1].path)
        if not is_told and not has_link(department.path, linked):
            found.append(department)
    return found


def open_departments(on: date) -> models.QuerySet[Department]:
    is_open = models.Q(closed_on=None) | models.Q(closed_on__gte=on)
    departments: models.QuerySet[Department] = Department.objects.filter(is_open).order_by("path")
    return departments


def has_link(path: str, linked: Collection[str]) -> bool:
    return any(path.startswith(other) or other.startswith(path) for other in linked)


def short_links(links: Iterable[Link], on: date) -> list[ShortLink]:
    """Those that ask for more people than work in the department, or below it; two queries."""
    asking = [link for link in links if link.at_least]
    people = people_of({link.department_id for link in asking}, on)
    return [
        ShortLink(link.department.name, link.at_least, people[link.department_id])
        for link in asking
        if link.at_least and link.at_least > people[link.department_id]
    ]


def people_of(departments: Collection[int], on: date) -> dict[int, int]:
    """How many work in each department, or below it, on that day; none where nobody is asked."""
    paths = dict(Department.objects.filter(pk__in=departments).values_list("pk", "path"))
    members = Membership.objects.current(on=on).filter(person__is_active=True)
    found = defaultdict[int, set[int]](set)
    for person, place in members.values_list("person_id", "department__path") if paths else ():
        for pk, path in paths.items():
            if place.startswith(path):
                found[pk].add(person)
    return {pk: len(found[pk]) for pk in paths}
