"""Launches on the team's forecast: a mark in the drawing, words in its description and table."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from departments import launches
from departments.launches import ComingLaunch, register_launch_finder
from departments.models import Department
from knowledge.models import ModulePage
from tests.factories import TODAY, MembershipFactory, RequirementFactory, StandingFactory

pytestmark = pytest.mark.django_db

A_WEEK_ON = TODAY + timedelta(days=7)


@pytest.fixture
def module(care: Department) -> ModulePage:
    asked: ModulePage = RequirementFactory(department=care).module
    days = {"ready_until": TODAY + timedelta(days=30), "practice_from": TODAY, "version": 1}
    person = MembershipFactory(department=care).person
    StandingFactory(person=person, module=asked, passed_on=TODAY, **days)
    return asked


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[ComingLaunch]]:
    """By module, what the only finder knows."""
    known: dict[int, list[ComingLaunch]] = {}

    def finder(asked: int, first: date, last: date) -> list[ComingLaunch]:
        return [one for one in known.get(asked, []) if first <= one.on <= last]

    monkeypatch.setattr(launches, "_finders", [])
    register_launch_finder(finder)
    return known


def team_page(visitor: Client, care: Department, **asked: str) -> str:
    response = visitor.get(reverse("departments:team-detail", args=[care.pk]), asked)
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_a_launch_is_drawn_described_and_listed_with_the_figures_of_its_day(
    visitor: Client,
    care: Department,
    module: ModulePage,
    planned: dict[int, list[ComingLaunch]],
) -> None:
    planned[module.pk] = [ComingLaunch(A_WEEK_ON, "Money back")]

    shown = team_page(visitor, care)

    assert shown.count(">27 Nov launch</text>") == 2
    assert shown.count(">launch</text>") == 1
    assert "“Money back” launches on Friday 27 November." in shown
    row = "Fri 27 Nov, launch of “Money back”</th>"
    assert f'{row}<td class="r">1</td><td class="r">1</td><td class="r">1</td>' in shown


def test_two_launches_on_a_day_share_a_mark(
    visitor: Client,
    care: Department,
    module: ModulePage,
    planned: dict[int, list[ComingLaunch]],
) -> None:
    planned[module.pk] = [ComingLaunch(A_WEEK_ON, title) for title in ("Second", "First")]

    shown = team_page(visitor, care)

    assert shown.count(">27 Nov launch</text>") == 2
    assert "Fri 27 Nov, launch of “First”, launch of “Second”" in shown


@pytest.mark.parametrize("days", [0, 91])
def test_a_launch_on_no_day_of_the_forecast_is_left_out(
    visitor: Client,
    care: Department,
    module: ModulePage,
    planned: dict[int, list[ComingLaunch]],
    days: int,
) -> None:
    planned[module.pk] = [ComingLaunch(TODAY + timedelta(days=days), "Money back")]

    assert "Money back" not in team_page(visitor, care)
