"""A scheduled launch is asked for again on its day; held, it stops nothing, and is told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from knowledge.models import BriefPage
from strategy.models import Campaign
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
)
from tests.strategy.campaigning import (
    SENTENCE,
    Door,
    Gate,
    by_the_button,
    by_the_dashboard,
    by_the_editors_approval,
    drafted,
    entries,
    is_out,
    launch_day,
    marketer,
    scheduled_on,
    stored,
    told,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]


def due(scheduled: Campaign | BriefPage) -> None:
    """Its newest draft was to go out a moment ago."""
    scheduled.refresh_from_db(fields=["latest_revision"])
    Revision.objects.filter(pk=scheduled.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )


def test_a_launch_ahead_is_scheduled_for_the_morning_of_its_day(gate: Gate) -> None:
    campaign = launch_day(drafted(), TODAY + 14 * A_DAY)
    answer = by_the_button(campaign, marketer())
    assert f"{scheduled_on(campaign):%Y-%m-%d %H:%M}" == "2026-12-04 08:00"
    assert "is launched on Friday 4\xa0December at 08:00" in told(answer)
    assert entries(campaign) == ["planned", "scheduled"]


@pytest.mark.parametrize("door", [by_the_button, by_the_editors_approval, by_the_dashboard])
def test_a_shut_gate_lets_nothing_be_scheduled(gate: Gate, door: Door) -> None:
    campaign = launch_day(drafted(), TODAY + A_DAY)
    gate.shut.add(campaign.title)
    door(campaign, marketer())
    assert scheduled_on(campaign) is None
    assert entries(campaign) == ["planned"]


def test_the_gate_is_asked_again_on_the_day(gate: Gate, clock: Any) -> None:
    campaign = launch_day(drafted(), TODAY + A_DAY)
    by_the_button(campaign, marketer())
    gate.shut.add(campaign.title)
    clock.shift(A_DAY)
    call_command("publish_scheduled")
    assert (is_out(campaign), scheduled_on(campaign)) == (False, None)
    assert entries(campaign) == ["planned", "scheduled", "held"]


def test_a_launch_goes_out_by_itself_on_its_day(gate: Gate, clock: Any) -> None:
    campaign = launch_day(drafted(), TODAY + A_DAY)
    by_the_button(campaign, marketer())
    call_command("publish_scheduled")
    assert not is_out(campaign)
    clock.shift(A_DAY)
    call_command("publish_scheduled")
    assert is_out(campaign)
    assert entries(campaign) == ["planned", "scheduled", "launched"]


def test_a_held_campaign_stops_nothing_else_that_is_scheduled(gate: Gate) -> None:
    held, other = drafted("Held"), drafted("Other", slug="other")
    brief = BriefFactory(title="Another", right_for="Before.")
    brief.right_for = "After."
    brief.save_revision()
    gate.shut.add("Held")
    due(held)
    due(other)
    due(brief)
    call_command("publish_scheduled")
    brief.refresh_from_db()
    assert (is_out(held), is_out(other), brief.right_for) == (False, True, "After.")


@pytest.mark.django_db(transaction=True)
def test_a_held_launch_is_told_to_its_owner_once(gate: Gate) -> None:
    campaign = drafted()
    gate.shut.add(campaign.title)
    due(campaign)
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    stored(campaign).latest_revision.publish()
    assert entries(campaign) == ["planned", "held"]
    owner: Any = campaign.owner
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([owner.email], "Money back wasn’t launched as planned")
    ]
    assert SENTENCE in mail.outbox[0].body
    assert reverse("strategy:gate-detail", args=[campaign.slug]) in mail.outbox[0].body


def test_a_gate_that_cannot_be_asked_holds_its_campaign_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, other = drafted("Broken"), drafted("Other", slug="other")

    def fails(draft: Any) -> Any:
        return [] if draft.title == "Other" else draft.nothing_of_the_kind

    monkeypatch.setattr("strategy.launching._gates", [fails])
    due(broken)
    due(other)
    call_command("publish_scheduled")
    assert (is_out(broken), is_out(other)) == (False, True)
    assert "couldn't be asked" in broken.gate_entries.first().note


def test_a_draft_whose_brief_is_gone_stops_nothing(gate: Gate) -> None:
    campaign, other = drafted("Gone"), drafted("Other", slug="other")
    by_the_button(campaign, marketer())
    brief = BriefFactory()
    campaign = stored(campaign)
    campaign.brief = brief
    campaign.save_revision()
    brief.delete()
    due(campaign)
    due(other)
    call_command("publish_scheduled")
    assert is_out(other)
