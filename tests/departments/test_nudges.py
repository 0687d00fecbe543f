"""A nudge: kind, about what waits, and once a week for each person at the most."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions import ChangedMeanwhile
from departments.actions.nudging import nudge
from departments.models import AuditLine, Department, Exemption, Nudge
from departments.reports.act_plans import plan_of
from departments.reports.acts import Act, Plan, Why, Wish
from departments.reports.nudges import open_nudges
from knowledge.models import ModulePage
from portal.models import User
from quizzes.models import Standing
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def care() -> Department:
    return DepartmentFactory(name="Care")


@pytest.fixture
def module(care: Department) -> ModulePage:
    asked: ModulePage = RequirementFactory(
        department=care, module__title="Fair Refund", module__slug="fair-refund"
    ).module
    return asked


@pytest.fixture
def head(care: Department) -> User:
    person: User = HeadshipFactory(department=care, person=named("Hera", care)).person
    return person


@pytest.fixture
def ana(care: Department, module: ModulePage) -> User:
    return named("Ana", care)


def named(name: str, department: Department, **kwargs: Any) -> User:
    person: User = MembershipFactory(
        department=department, person__first_name=name, person__last_name="Long", **kwargs
    ).person
    return person


def plan(care: Department, head: User, *people: User) -> Plan:
    return plan_of(care, wish(head, *people), on=TODAY)


def wish(head: User, *people: User) -> Wish:
    return Wish(Act.NUDGE, frozenset(each.pk for each in people), frozenset(), head.pk)


def nudged(care: Department, head: User, *people: User, at: Any = NOW) -> int:
    wanted = wish(head, *people)
    seen = plan_of(care, wanted, on=at.date()).seen
    return nudge(department=care, wish=wanted, text="Have a look.", seen=seen, by=head, at=at)


def test_nobody_is_nudged_twice_in_a_week_and_everybody_may_be_in_the_next(
    care: Department, head: User, ana: User
) -> None:
    assert nudged(care, head, ana) == 1
    assert nudged(care, head, ana) == 0
    assert [each.why for each in plan(care, head, ana).left_out] == [Why.NUDGED]
    assert nudged(care, head, ana, at=NOW + 3 * A_DAY) == 1
    assert [each.week.isoformat() for each in Nudge.objects.all()] == ["2026-11-23", "2026-11-16"]


def test_who_has_nothing_to_do_or_is_not_counted_is_not_nudged(
    care: Department, module: ModulePage, head: User, ana: User
) -> None:
    StandingFactory(person=ana, module=module, ready=True)
    joiner = named("Jo", care, joiner=True)
    away = named("Wes", care, on_leave=True)
    exempt = named("Exa", care)
    Exemption.objects.create(
        person=exempt, module=module, reason="Trainer", starts_on=TODAY, ends_on=TODAY
    )
    found = plan(care, head, head, ana, joiner, away, exempt)
    assert found.lines == ()
    assert {each.name.split()[0]: (each.why, each.because) for each in found.left_out} == {
        "Hera": (Why.YOURSELF, ""),
        "Ana": (Why.NOTHING_TO_DO, ""),
        "Jo": (Why.NOT_COUNTED, "joiner"),
        "Wes": (Why.NOT_COUNTED, "leave"),
        "Exa": (Why.NOT_COUNTED, "Trainer"),
    }


def test_where_one_of_several_was_nudged_meanwhile_nobody_is(
    care: Department, head: User, ana: User
) -> None:
    bea = named("Bea", care)
    seen = plan(care, head, ana, bea).seen
    nudged(care, head, ana)
    with pytest.raises(ChangedMeanwhile):
        nudge(department=care, wish=wish(head, ana, bea), text="-", seen=seen, by=head, at=NOW)
    assert Nudge.objects.count() == AuditLine.objects.filter(kind="nudged").count() == 1


def test_a_nudge_is_read_until_what_it_is_about_is_done(
    care: Department, module: ModulePage, head: User, ana: User
) -> None:
    nudged(care, head, ana)
    told = open_nudges([ana.pk], TODAY)[ana.pk]
    assert (told.by_name, told.text, told.day) == (str(head), "Have a look.", TODAY)
    assert [each.title for each in told.modules] == ["Fair Refund"]
    assert open_nudges([ana.pk], TODAY + 14 * A_DAY) == {}
    StandingFactory(person=ana, module=module, ready=True)
    assert open_nudges([ana.pk], TODAY) == {}


def test_open_nudges_cost_the_same_for_more_people(
    care: Department, module: ModulePage, head: User
) -> None:
    counts, people = [], []
    for _round in range(2):
        people += [named("Pat", care) for _number in range(3)]
        nudged(care, head, *people)
        keys = [each.pk for each in people]
        with CaptureQueriesContext(connection) as queries:
            assert len(open_nudges(keys, TODAY)) == len(people)
        counts.append(len(queries))
        Nudge.objects.all().delete()
    assert counts[0] == counts[1] <= 8


def test_the_text_is_seen_before_it_is_sent_and_tells_no_figure(
    client: Client, care: Department, module: ModulePage, head: User, ana: User
) -> None:
    StandingFactory(person=ana, module=module, lapsed=True)
    client.force_login(head)
    url = reverse("departments:team-act-on", args=[care.pk, "nudge"])
    filled = {"person": [ana.pk], "text": "Five minutes are enough.", "step": "preview"}
    shown = client.post(url, filled).content.decode()
    assert "What Ana Long reads" in shown
    assert "Five minutes are enough." in shown
    assert not Nudge.objects.exists()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    told = client.post(url, filled | {"step": "confirm", "seen": seen}, follow=True)
    assert "1 person was nudged." in told.content.decode()
    line = AuditLine.objects.get(kind="nudged")
    assert (line.person, line.by, line.after) == (ana, head, {"modules": ["Fair Refund"]})
    with time_machine.travel(NOW + A_DAY, tick=False):
        today = open_nudges([ana.pk], TODAY + A_DAY)[ana.pk]
    standing = Standing.objects.get(person=ana)
    assert today.modules[0].readiness.ready_until == standing.ready_until
