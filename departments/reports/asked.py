"""What departments ask: requirements as rows are made of them, and the modules as columns."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models

from departments.counting import Ask, Given, plain_title
from departments.models import Department, Requirement
from departments.reports.given_rows import ByPerson
from departments.reports.rows import Colleague, Column
from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words, readers_language

# A requirement, and its module as a column.
ASK = ("module_id", "department__path", "due_on", "joiner_days", "levels", "titles", "starts_on")
COLUMN = ("module__title", "module__slug", "module__path")


def asks_at(places: models.Q) -> tuple[list[Ask], dict[int, Column]]:
    """What is asked there, and its modules by their keys. One query, and no page is made of it."""
    rows: Any = requirements_at(places).select_related(None).order_by().values_list(*ASK, *COLUMN)
    asks, columns = [], {}
    for module, path, due_on, joiner_days, levels, titles, starts_on, *column in rows:
        asked = map(plain_title, titles)
        asks.append(
            Ask(module, path, due_on, joiner_days, frozenset(levels), frozenset(asked), starts_on)
        )
        columns[module] = Column(module, *column)
    return asks, columns


def columns_of(keys: Iterable[int], known: dict[int, Column]) -> list[Column]:
    """The open ones of these modules, in the reader's words and in their own order.

    One query for those that aren't known yet, and two where the reader's language isn't the source.
    """
    wanted = set(keys)
    found = [column for key, column in known.items() if key in wanted]
    others = wanted - set(known)
    if others:
        opened = ModulePage.objects.open_to_colleagues().filter(pk__in=others)
        found += [Column(*row) for row in opened.values_list("pk", "title", "slug", "path")]
    return sorted(worded(found), key=lambda column: column.path)


def worded(columns: list[Column]) -> list[Column]:
    if not columns or not readers_language():
        return columns
    pages = ModulePage.objects.filter(pk__in=[each.module_id for each in columns])
    titles = {page.pk: page.title for page in in_readers_words(pages)}
    return [replace(each, title=titles[each.module_id]) for each in columns]


def above_all(colleagues: Iterable[Colleague], *paths: str) -> models.Q:
    """What asks something of anybody of them, in whichever department she works."""
    places = {*paths, *(place.path for each in colleagues for place in each.places)}
    return models.Q(department__path__in={step for each in places for step in steps_down_to(each)})


def requirements_of(places: models.Q) -> list[Requirement]:
    """Those of open modules, the nearest first."""
    return list(requirements_at(places))


def requirements_at(places: models.Q) -> models.QuerySet[Requirement]:
    opened = ModulePage.objects.open_to_colleagues()
    return (
        Requirement.objects.filter(places, module__in=opened)
        .select_related("department", "module")
        .order_by("-department__depth", "module__path")
    )


def steps_down_to(path: str) -> list[str]:
    step = Department.steplen
    return [path[:length] for length in range(step, len(path) + 1, step)]


def ask_of(requirement: Requirement) -> Ask:
    return Ask(
        module_id=requirement.module_id,
        path=requirement.department.path,
        due_on=requirement.due_on,
        joiner_days=requirement.joiner_days,
        levels=frozenset(requirement.levels),
        titles=frozenset(map(plain_title, requirement.titles)),
        starts_on=requirement.starts_on,
    )


def asked_below(
    path: str,
    asks: Iterable[Ask],
    given: ByPerson[Given],
    colleagues: Iterable[Colleague],
    on: date,
) -> set[int]:
    """What the department or a part of it asks, and what somebody was assigned who is at home."""
    assigned = (
        module
        for each in colleagues
        if each.places[0].path.startswith(path)
        for module, found in given.get(each.person_id, {}).items()
        if found.assigned_until(on)
    )
    return {*assigned}.union(ask.module_id for ask in asks if touches(ask.path, path))


def touches(path: str, other: str) -> bool:
    """Whether one of the two stands above the other, or both are the same."""
    return path.startswith(other) or other.startswith(path)
