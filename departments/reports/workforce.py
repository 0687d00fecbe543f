"""What is known today of a department's people: where they work, what is asked, given and proved.

The same is known of a past day by `departments.reports.past`. Everything is entered by people and
departments, so that a page costs the same however large the rest of the organisation is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from departments.counting import (
    Ask,
    Asks,
    Given,
    Needed,
    Place,
    in_counting_order,
    needs_on,
)
from departments.models import Department, Membership
from departments.models.periods import overlapping
from departments.readiness import Period
from departments.reports.asked import above_all, asked_below, asks_at, columns_of
from departments.reports.given_rows import ByPerson, given_to
from departments.reports.rows import PROVED, Colleague, Column, PersonRow, Proved, Rows
from quizzes.models import Standing

BY_NAME = ("person__last_name", "person__first_name", "person_id")
PERSON = ("person_id", "person__first_name", "person__last_name", "person__email")
WORKS = ("title", "level", "is_home", "starts_on", "ends_on", "leave_from", "leave_to")
DEPARTMENT = ("department_id", "department__name", "department__path")
NAMED = len(PERSON)
JOINED = len((*PERSON, *DEPARTMENT)) + WORKS.index("starts_on")
# Turning each date of two thousand cells into a day costs more than all the rest: text will do.
MOST_KEYS = 1_000
PROOF = (
    *(Cast(name, models.CharField()) if name != "version" else "version" for name in PROVED),
    "unchecked_id",
)


@dataclass(frozen=True, slots=True)
class Workforce:
    """People, what is asked of them and what they proved: all that rows are made of.

    People are in alphabetical order.
    """

    colleagues: Sequence[Colleague]
    asks: Sequence[Ask]
    columns: Sequence[Column]
    given: ByPerson[Given]
    proved: ByPerson[Proved]

    def rows(self, *, on: date, scope: str) -> list[PersonRow]:
        """As the department at `scope` sees them; empty is everybody. Only of a single day."""
        maker = Rows(self.asks, self.columns, on=on, scope=scope)
        return [
            maker.row(
                each,
                self.given.get(each.person_id, {}),
                self.proved.get(each.person_id, {}),
            )
            for each in self.colleagues
        ]

    def needs_on(self, day: date) -> Iterator[tuple[Colleague, dict[int, Needed]]]:
        """What each counts for on a day of those that were loaded, by module."""
        asks = Asks(self.asks, day)
        for each in self.colleagues:
            given = self.given.get(each.person_id, {})
            yield each, needs_on(day, each.places, each.joined_on, asks, given)

    def along(self, path: str, on: date) -> "Workforce":
        """Of those who work at this place in the tree, or below it, on any of the days."""
        here = self.below(path).colleagues
        keys = asked_below(path, self.asks, self.given, here, on)
        return replace(
            self, colleagues=here, columns=[each for each in self.columns if each.module_id in keys]
        )

    def below(self, path: str) -> "Workforce":
        """The same rows of those who work at this place in the tree, or below it, on any day."""
        here = [
            each
            for each in self.colleagues
            if any(place.path.startswith(path) for place in each.places)
        ]
        return replace(self, colleagues=here)

    def of_day(self, day: date, *, scope: str) -> "Workforce":
        """Of one of the days that were loaded: who works there then, and what is asked."""
        then = [
            Colleague(each.person_id, each.name, each.joined_on, each.places_on(day))
            for each in self.colleagues
        ]
        return replace(self, colleagues=then).along(scope, day)


def workforce_below(path: str, *, on: date, last: date | None = None) -> Workforce:
    """Of the department at this place in the tree, and all below it.

    With `last` of all days up to it, else of one day. Four queries, and one where something is
    assigned that no requirement asks for.
    """
    days = Period(on, last or on)
    members = members_below(path, days)
    colleagues = colleagues_of(members, days)
    below = models.Q(department__path__startswith=path)
    asked = asks_at(below | above_all(colleagues, path))
    people = [each.person_id for each in colleagues]
    # A list of keys is the faster to write; a database takes only so many.
    few = len(people) <= MOST_KEYS
    given = given_to(people if few else members.values("person_id"), days)
    return gathered(colleagues, asked, given, path, days)


def workforce_of(people: Sequence[int], *, on: date, path: str = "") -> Workforce:
    """Of these people: in all their departments, or only in those at this place and below it."""
    days = Period(on, on)
    colleagues = colleagues_of(members_below(path, days).filter(person_id__in=people), days)
    asked = asks_at(above_all(colleagues, path))
    return gathered(colleagues, asked, given_to(people, days), path, days)


def workforce_along(
    paths: Collection[str],
    modules: Collection[int] | None = None,
    *,
    on: date,
    last: date,
) -> Workforce:
    """Of several departments and all below each, as far as these modules go, else all; as many
    queries as of one.
    """
    days = Period(on, last)
    members = members_along(paths, days)
    colleagues = colleagues_of(members, days)
    asks, known = asks_at(along(paths) | above_all(colleagues, *paths))
    people = [each.person_id for each in colleagues]
    given = given_to(people if len(people) <= MOST_KEYS else members.values("person_id"), days)
    keys = set[int]().union(*(asked_below(each, asks, given, colleagues, last) for each in paths))
    columns = columns_of(keys if modules is None else keys & {*modules}, known)
    return Workforce(
        colleagues=colleagues,
        asks=asks,
        columns=columns,
        given=given,
        proved=proved_by(people, [each.module_id for each in columns]) if people else {},
    )


def gathered(
    colleagues: Sequence[Colleague],
    asked: tuple[list[Ask], dict[int, Column]],
    given: ByPerson[Given],
    path: str,
    days: Period,
) -> Workforce:
    asks, known = asked
    keys = asked_below(path, asks, given, colleagues, days.ends_on or date.max)
    columns = columns_of(keys, known)
    people = [each.person_id for each in colleagues]
    modules = [each.module_id for each in columns]
    return Workforce(
        colleagues=colleagues,
        asks=asks,
        columns=columns,
        given=given,
        proved=proved_by(people, modules) if modules and people else {},
    )


def members_below(path: str, days: Period) -> models.QuerySet[Membership]:
    return members_along([path], days)


def members_along(paths: Iterable[str], days: Period) -> models.QuerySet[Membership]:
    # By the departments' keys: joined by their path, SQLite reads every membership there is.
    departments = Department.objects.order_by().filter(along(paths, "path__startswith"))
    return Membership.objects.filter(
        overlapping(days), department__in=departments.values("pk"), person__is_active=True
    )


def along(paths: Iterable[str], field: str = "department__path__startswith") -> models.Q:
    return reduce(or_, (models.Q((field, path)) for path in paths), models.Q(pk__in=[]))


def colleagues_of(members: models.QuerySet[Membership], days: Period) -> list[Colleague]:
    """These people, with all the places where they work on these days; one query."""
    rows = (
        Membership.objects.filter(person__in=members.values("person_id"))
        .order_by(*BY_NAME)
        .values_list(*PERSON, *DEPARTMENT, *WORKS)
    )
    return [colleague_of(list(group), days) for _pk, group in groupby(rows, key=itemgetter(0))]


def colleague_of(rows: Sequence[Sequence[Any]], days: Period) -> Colleague:
    """From the rows of all memberships of one person: PERSON, DEPARTMENT and WORKS."""
    person_id, first_name, last_name, email = rows[0][:4]
    places = [place for row in rows if (place := place_of(row[NAMED:])).period.meets(days)]
    return Colleague(
        person_id=person_id,
        name=f"{first_name} {last_name}".strip() or email,
        joined_on=min(row[JOINED] for row in rows),
        places=tuple(in_counting_order(places) if len(places) > 1 else places),
    )


def place_of(row: Sequence[Any]) -> Place:
    department_id, department, path, title, level, is_home, *days = row
    starts_on, ends_on, leave_from, leave_to = days
    return Place(
        department_id=department_id,
        department=department,
        path=path,
        title=title,
        level=level,
        is_home=is_home,
        period=Period(starts_on, ends_on),
        leave=Period(leave_from, leave_to) if leave_from else None,
    )


def proved_by(people: Sequence[int], modules: Sequence[int]) -> ByPerson[Proved]:
    standings = Standing.objects.filter(person_id__in=people, module_id__in=modules)
    found = defaultdict[int, dict[int, Proved]](dict)
    rows: Iterable[Any] = standings.values_list("person_id", "module_id", *PROOF)
    for person, module, *proved in rows:
        found[person][module] = tuple(proved)
    return found
