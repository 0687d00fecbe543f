"""Whom a change asks, and what that takes of their week, before anybody is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from departments.models import AttentionSettings, Exemption, Membership
from knowledge.changes import ChangeKind, FactChange
from knowledge.models import ModulePage
from quizzes.models import QuizSettings, Standing
from quizzes.reports import modules_touched

# One to four questions, and the words before and after.
MINUTES_A_CHECK = 2
# A quiz question with its feedback.
MINUTES_A_QUESTION = 1


@dataclass(frozen=True, slots=True)
class DepartmentReach:
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Who proved what changes, by the department that is each one's home.

    `not_counted` proved it too, but are away, exempt, or belong to no department on that day.
    `most_minutes` is what the busiest of them is asked for, with what she still has to check.
    """

    modules: tuple[ModulePage, ...]
    departments: tuple[DepartmentReach, ...]
    not_counted: int
    minutes: int
    most_minutes: int
    budget: int
    above_budget: int

    @property
    def people(self) -> int:
        return sum(department.people for department in self.departments)


@dataclass(frozen=True, slots=True)
class _Group:
    """People of one department of whom as much is asked."""

    department_id: int
    name: str
    asked: int
    waiting: int
    people: int


def reach_of(changes: Iterable[FactChange], kind: ChangeKind, *, on: date) -> Reach:
    """Who would be asked if these facts changed that day; six queries, however many they are."""
    modules = modules_touched(changes)
    proved = Standing.objects.filter(module__in=modules, passed_on__isnull=False)
    groups = _groups(proved, on) if modules else []
    cost = minutes_a_module(kind)
    budget = AttentionSettings.load().minutes_a_week
    everybody = proved.aggregate(people=models.Count("person", distinct=True))["people"]
    return Reach(
        modules=tuple(modules),
        departments=_by_department(groups),
        not_counted=everybody - sum(group.people for group in groups),
        minutes=sum(group.asked * cost * group.people for group in groups),
        most_minutes=max((_week_of(group, cost) for group in groups), default=0),
        budget=budget,
        above_budget=sum(group.people for group in groups if _week_of(group, cost) > budget),
    )


def _groups(proved: models.QuerySet[Standing], on: date) -> list[_Group]:
    exempt = Exemption.objects.current(on=on).filter(
        person=models.OuterRef("person"), module=models.OuterRef("module")
    )
    of_member = {"person": models.OuterRef("person")}
    asked = proved.filter(~models.Exists(exempt), **of_member)
    # What this change asks again waits no longer beside it.
    waiting = Standing.objects.filter(unchecked__isnull=False, **of_member).exclude(
        module__in=proved.values("module")
    )
    away = models.Q(leave_from__lte=on) & (models.Q(leave_to=None) | models.Q(leave_to__gte=on))
    rows = (
        Membership.objects.current(on=on)
        .filter(is_home=True, person__is_active=True)
        .exclude(away)
        .annotate(asked=_count_of(asked), waiting=_count_of(waiting))
        .filter(asked__gt=0)
        .order_by("department__path")
        .values_list("department", "department__name", "asked", "waiting")
        .annotate(people=models.Count("person", distinct=True))
    )
    return [_Group(*row) for row in rows]


def _count_of(standings: models.QuerySet[Standing]) -> Any:
    counted = standings.order_by().values("person").annotate(number=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("number")), 0)


def _by_department(groups: Sequence[_Group]) -> tuple[DepartmentReach, ...]:
    names = {group.department_id: group.name for group in groups}
    people = dict.fromkeys(names, 0)
    for group in groups:
        people[group.department_id] += group.people
    return tuple(DepartmentReach(name, people[pk]) for pk, name in names.items())


def minutes_a_module(kind: ChangeKind) -> int:
    if kind is ChangeKind.REWRITE:
        return int(QuizSettings.load().questions_drawn) * MINUTES_A_QUESTION
    return MINUTES_A_CHECK


def _week_of(group: _Group, cost: int) -> int:
    return group.asked * cost + group.waiting * MINUTES_A_CHECK
