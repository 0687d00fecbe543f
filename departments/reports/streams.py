"""People's rows one after the other, however many they are: for files that no memory would hold.

They come in the order of their keys, as the database keeps them: sorting two million rows by name
would take longer than all the rest.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import models, transaction

from departments.models import Membership
from departments.readiness import Period
from departments.reports.asked import asks_at, columns_of, steps_down_to, touches
from departments.reports.given_rows import assigned_to, given_by, given_rows
from departments.reports.rows import PersonRow, Rows
from departments.reports.workforce import (
    DEPARTMENT,
    PERSON,
    PROOF,
    WORKS,
    colleague_of,
    members_below,
)
from quizzes.models import Standing

AT_ONCE = 1_000


class Alongside:
    """Rows in the order of people, read along with the people themselves."""

    def __init__(self, rows: Iterable[Any], place: int) -> None:
        self._groups = groupby(rows, key=itemgetter(place))
        self._next = next(self._groups, None)

    def of(self, person: int) -> list[Any]:
        while self._next and self._next[0] < person:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != person:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def rows_streamed(path: str, *, on: date) -> Iterator[PersonRow]:
    """Rows as of today or of a day to come, of the department at this place and all below it.

    Seven queries at most, and a memory that doesn't grow with the people.
    """
    days = Period(on, on)
    members = members_below(path, days)
    people = members.values("person_id")
    maker, keys = maker_for(path, members, on)
    # Within a transaction a cursor of the server hands out rows as they are found.
    with transaction.atomic():
        given = Alongside(streamed(given_rows(people, days).order_by("person_id")), 2)
        proved = Alongside(streamed(standings_of(people, keys)), 0)
        for person, memberships in groupby(streamed(memberships_of(people)), key=itemgetter(0)):
            yield maker.row(
                colleague_of(list(memberships), days),
                given_by(given.of(person)).get(person, {}),
                {row[1]: row[2:] for row in proved.of(person)},
            )


def streamed(rows: Any) -> Iterator[Any]:
    found: Iterator[Any] = rows.iterator(chunk_size=AT_ONCE)
    return found


def maker_for(path: str, members: models.QuerySet[Membership], on: date) -> tuple[Rows, list[int]]:
    """What makes rows, and the keys of its modules; four queries at most."""
    people, days = members.values("person_id"), Period(on, on)
    asks, known = asks_at(
        models.Q(department__path__startswith=path)
        | models.Q(department__path__in=places_above(path, people))
    )
    assigned = assigned_to(people, days, known_on=on).values_list("module_id", flat=True)
    keys = {ask.module_id for ask in asks if touches(ask.path, path)}.union(assigned.distinct())
    columns = columns_of(keys, known)
    return Rows(asks, columns, on=on, scope=path), [column.module_id for column in columns]


def places_above(path: str, people: Any) -> set[str]:
    """The places at and above the department, and above all others where its people work."""
    places = Membership.objects.filter(person_id__in=people).order_by()
    elsewhere = places.values_list("department__path", flat=True).distinct()
    return {step for place in (path, *elsewhere) for step in steps_down_to(place)}


def memberships_of(people: Any) -> Any:
    memberships = Membership.objects.filter(person_id__in=people).order_by("person_id")
    return memberships.values_list(*PERSON, *DEPARTMENT, *WORKS)


def standings_of(people: Any, modules: list[int]) -> Any:
    standings = Standing.objects.filter(person_id__in=people, module_id__in=modules)
    return standings.order_by("person_id").values_list("person_id", "module_id", *PROOF)
