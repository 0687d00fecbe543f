"""Departments that a launch waits for are asked to get ready; their heads see it on Today."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department
from portal.models import User
from quizzes.models import Standing
from strategy.actions.asking_links import ask_links
from strategy.models import Campaign, GateAsk
from tests.conftest import NOW
from tests.factories import TODAY, PersonFactory
from tests.strategy.campaigning import entries
from tests.strategy.deciding import marketer
from tests.strategy.staging import Stage, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]
A_WEEK = timedelta(days=7)


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def amara() -> User:
    return marketer()


def fall_behind(department: Department) -> None:
    of_department = Standing.objects.filter(person__memberships__department=department)
    of_department.update(ready_until=TODAY)


def test_only_departments_whose_links_do_not_hold_are_asked(stage: Stage, amara: User) -> None:
    fall_behind(stage.care)

    assert ask_links(campaign=stage.campaign, by=amara, at=NOW) == [stage.care]
    assert entries(stage.campaign) == ["planned", "asked-links"]
    assert stage.campaign.gate_entries.get(kind="asked-links").note == "Care"


def test_a_department_is_asked_once_a_week(stage: Stage, amara: User) -> None:
    fall_behind(stage.care)
    ask_links(campaign=stage.campaign, by=amara, at=NOW)
    fall_behind(stage.finance)

    asked = [
        ask_links(campaign=stage.campaign, by=amara, at=NOW + wait)
        for wait in (timedelta(days=1), timedelta(days=2), A_WEEK)
    ]

    assert asked == [[stage.finance], [], [stage.care]]


def test_nobody_is_asked_where_every_link_holds(stage: Stage, amara: User) -> None:
    assert ask_links(campaign=stage.campaign, by=amara, at=NOW) == []
    assert entries(stage.campaign) == ["planned"]


def test_nobody_is_asked_to_know_what_is_not_out_by_then(stage: Stage, amara: User) -> None:
    stage.signed(stage.promise, stage.care, version=2)
    stage.scheduled(30)
    stage.campaign.brief_version = 2
    stage.campaign.save_revision()

    assert ask_links(campaign=stage.campaign, by=amara, at=NOW) == [stage.finance]


def test_nobody_is_asked_for_what_is_out(stage: Stage, amara: User) -> None:
    fall_behind(stage.care)
    Campaign.objects.update(live=True)

    assert ask_links(campaign=stage.campaign, by=amara, at=NOW) == []


def ask_in_browser(client: Client, stage: Stage, person: User) -> str:
    client.force_login(person)
    url = reverse("strategy:links-ask", args=[stage.campaign.slug])
    return client.post(url, follow=True).content.decode()


def test_whoever_may_launch_is_told_who_was_asked(
    client: Client, stage: Stage, amara: User
) -> None:
    fall_behind(stage.care)

    assert "Its head sees it on Today: Care." in ask_in_browser(client, stage, amara)
    assert "whoever is waited for was asked this week" in ask_in_browser(client, stage, amara)


def test_nobody_else_may_ask(client: Client, stage: Stage) -> None:
    fall_behind(stage.care)

    ask_in_browser(client, stage, PersonFactory())

    assert not GateAsk.objects.exists()


def test_a_day_that_moves_is_asked_for_anew(stage: Stage, amara: User) -> None:
    fall_behind(stage.care)
    ask_links(campaign=stage.campaign, by=amara, at=NOW)
    stage.campaign.launches_on = after(30)
    stage.campaign.save_revision()

    assert ask_links(campaign=stage.campaign, by=amara, at=NOW) == [stage.care]
