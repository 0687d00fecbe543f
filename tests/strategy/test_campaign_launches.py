"""The real gate at the doors: each check that turns holds the launch, until it turns back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from customers.models import Reading
from departments.models import Flag
from quizzes.models import Standing
from tests.conftest import NOW
from tests.factories import TODAY, PersonFactory
from tests.strategy.campaigning import (
    agree_anyway,
    by_the_button,
    entries,
    is_out,
    launch_day,
    marketer,
    scheduled_on,
)
from tests.strategy.staging import LAUNCH_DAY, Stage, flagged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def nobody_is_ready(_stage: Stage) -> None:
    Standing.objects.update(ready_until=TODAY)


def a_head_takes_it_back(stage: Stage) -> None:
    stage.signed(stage.promise, stage.care, "not-yet", at=NOW)


def customers_get_less(_stage: Stage) -> None:
    Reading.objects.update(k=500)


def somebody_cannot_do_it(stage: Stage) -> None:
    flagged(stage.promise)


TURNS: list[Callable[[Stage], None]] = [
    nobody_is_ready,
    a_head_takes_it_back,
    customers_get_less,
    somebody_cannot_do_it,
]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_what_lacks_nothing_is_scheduled_and_goes_out_by_itself(stage: Stage, clock: Any) -> None:
    by_the_button(stage.campaign, marketer())
    clock.shift(LAUNCH_DAY - TODAY)
    call_command("publish_scheduled")
    assert is_out(stage.campaign)
    met = stage.campaign.gate_entries.order_by("pk").values_list("kind", "met", "checks")
    assert list(met) == [("planned", None, None), ("scheduled", 4, 4), ("launched", 4, 4)]


@pytest.mark.parametrize("turn", TURNS)
def test_each_check_that_turns_holds_the_launch_on_its_day(
    stage: Stage, clock: Any, turn: Callable[[Stage], None]
) -> None:
    by_the_button(stage.campaign, marketer())
    turn(stage)
    clock.shift(LAUNCH_DAY - TODAY)
    call_command("publish_scheduled")
    assert (is_out(stage.campaign), scheduled_on(stage.campaign)) == (False, None)
    assert entries(stage.campaign) == ["planned", "scheduled", "held"]
    assert "Not yet. 3 of 4 checks are met." in stage.campaign.gate_entries.first().note


def test_what_turns_back_lets_it_out(stage: Stage) -> None:
    campaign = launch_day(stage.campaign, TODAY)
    flagged(stage.promise)
    by_the_button(campaign, marketer())
    assert not is_out(campaign)
    Flag.objects.update(answered_at=NOW)
    by_the_button(campaign, marketer())
    assert is_out(campaign)


def test_an_agreement_covers_its_own_launch_day_only(stage: Stage) -> None:
    agree_anyway(stage.campaign, PersonFactory())
    campaign = launch_day(stage.campaign, TODAY)
    flagged(stage.promise)
    by_the_button(campaign, marketer())
    assert not is_out(campaign)
