"""Whom a change would ask, and what it costs them: told before it goes out."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import AttentionSettings, Department, Exemption
from departments.reports.reach import DepartmentReach, Reach, reach_of
from knowledge.changes import ChangeKind, FactChange, FactText
from knowledge.models import Change, ModulePage
from portal.models import User
from quizzes.models import ModuleChange, Standing
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    FactFactory,
    MembershipFactory,
    ModuleFactory,
    QuestionFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def care() -> Department:
    return DepartmentFactory(name="Care")


@pytest.fixture
def module() -> ModulePage:
    return asking_for(ModuleFactory(title="Fair Refund"), "limit")


def asking_for(module: ModulePage, key: str) -> ModulePage:
    """The module with a live question on this fact."""
    fact = module.brief.facts.filter(key=key).first() or FactFactory(brief=module.brief, key=key)
    QuestionFactory(module=module, facts=[fact])
    return module


def change_of(key: str = "limit") -> FactChange:
    was = FactText(key, "Who approves", "condition", "Up to £50.")
    return FactChange(was, FactText(key, "Who approves", "condition", "Up to £60."))


def reach(kind: ChangeKind = ChangeKind.MATERIAL, *changes: FactChange) -> Reach:
    return reach_of(changes or [change_of()], kind, on=TODAY)


def member(department: Department, module: ModulePage | None = None, **membership: Any) -> User:
    """Somebody of this department, who has proved the module, if one is given."""
    person: User = MembershipFactory(department=department, **membership).person
    if module:
        StandingFactory(person=person, module=module, ready=True)
    return person


def test_whoever_proved_it_is_asked_in_the_department_that_is_her_home(
    care: Department, module: ModulePage
) -> None:
    finance = DepartmentFactory(name="Finance")
    for department in (care, care, finance):
        member(department, module)
    assert reach().departments == (DepartmentReach("Care", 2), DepartmentReach("Finance", 1))
    assert reach().people == 3


def test_whoever_never_proved_it_is_not_asked(care: Department, module: ModulePage) -> None:
    StandingFactory(person=member(care), module=module)
    member(care)
    assert (reach().people, reach().not_counted) == (0, 0)


def test_a_second_department_counts_nobody_twice(care: Department, module: ModulePage) -> None:
    person = member(care, module)
    MembershipFactory(person=person, department=DepartmentFactory(), is_home=False)
    assert reach().people == 1


def test_whoever_is_away_or_exempt_or_gone_is_told_apart(
    care: Department, module: ModulePage
) -> None:
    member(care, module, on_leave=True)
    member(care, module, left=True)
    exempt = member(care, module)
    Exemption.objects.create(
        person=exempt,
        module=module,
        reason="Works on another product.",
        starts_on=TODAY - A_DAY,
        ends_on=TODAY + A_DAY,
    )
    member(care, module)
    assert (reach().people, reach().not_counted) == (1, 3)


def test_a_check_takes_two_minutes_for_each_module(care: Department, module: ModulePage) -> None:
    again = asking_for(ModuleFactory(brief=module.brief), "limit")
    both = member(care, module)
    StandingFactory(person=both, module=again, ready=True)
    member(care, module)
    told = reach()
    assert (told.people, told.minutes, told.most_minutes) == (2, 6, 4)


def test_a_rewrite_takes_as_long_as_the_quiz(care: Department, module: ModulePage) -> None:
    member(care, module)
    assert reach(ChangeKind.REWRITE).minutes == 6


def test_what_somebody_has_still_to_check_counts_in_her_week(
    care: Department, module: ModulePage
) -> None:
    person = member(care, module)
    waiting_elsewhere(person)
    assert (reach().minutes, reach().most_minutes) == (2, 4)


def waiting_elsewhere(person: User) -> Standing:
    other = ModuleFactory()
    change = Change.objects.create(brief=other.brief, version=7, kind="material", at=NOW)
    step = ModuleChange.objects.create(change=change, module=other, at=NOW, until=TODAY)
    standing: Standing = StandingFactory(person=person, module=other, ready=True, unchecked=step)
    return standing


def test_whoever_is_asked_for_more_than_her_week_has_room_for_is_counted(
    care: Department, module: ModulePage
) -> None:
    AttentionSettings.objects.update_or_create(defaults={"minutes_a_week": 3})
    waiting_elsewhere(member(care, module))
    member(care, module)
    told = reach()
    assert (told.budget, told.above_budget) == (3, 1)


def test_a_fact_that_no_live_question_asks_for_reaches_nobody(
    care: Department, module: ModulePage
) -> None:
    member(care, module)
    assert reach(ChangeKind.MATERIAL, change_of("another")).modules == ()


def test_a_new_fact_reaches_nobody(care: Department, module: ModulePage) -> None:
    member(care, module)
    new = FactChange(None, change_of().now)
    assert reach(ChangeKind.MATERIAL, new).people == 0


def test_more_people_and_departments_cost_no_more_queries(
    care: Department, module: ModulePage
) -> None:
    member(care, module)
    reach()
    with CaptureQueriesContext(connection) as few:
        reach()
    for number in range(12):
        member(DepartmentFactory(name=f"Team {number:02}"), module)
    with CaptureQueriesContext(connection) as many:
        assert reach().people == 13
    assert len(many) == len(few) <= 6
