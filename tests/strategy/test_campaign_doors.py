"""A campaign goes out by no door while its gate is shut, whoever stands there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from portal.models import User
from strategy.launching import LaunchHeldError
from strategy.models import Campaign
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    PersonFactory,
)
from tests.strategy.campaigning import (
    DOORS,
    PUBLISH,
    SENTENCE,
    Door,
    Gate,
    agree_anyway,
    asked_for,
    by_the_button,
    by_the_dashboard,
    by_the_editors_approval,
    drafted,
    edit_url,
    entries,
    is_out,
    marketer,
    signed_in,
    stored,
    told,
    written,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]

STATES = ("shut", "open", "agreed")
MAY_LAUNCH = ("marketer", "administrator")


@pytest.fixture
def people() -> dict[str, User]:
    return {
        "colleague": PersonFactory(),
        "head": HeadshipFactory(department=DepartmentFactory()).person,
        "marketer": marketer(),
        "administrator": PersonFactory(administrator=True),
    }


def staged(gate: Gate, state: str, title: str, second: User) -> Campaign:
    campaign = drafted(title, slug=title)
    if state != "open":
        gate.shut.add(title)
    if state == "agreed":
        agree_anyway(campaign, second)
    return campaign


def tried(door: Door, gate: Gate, people: dict[str, User]) -> Iterator[tuple[str, str, bool]]:
    for state in STATES:
        for role, person in people.items():
            title = f"{role}-{state}"
            door(staged(gate, state, title, PersonFactory()), person)
            yield role, state, Campaign.objects.filter(slug=title, live=True).exists()


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_every_door_knows_one_truth(door: Door, gate: Gate, people: dict[str, User]) -> None:
    # An agreement belongs to a campaign that is stored: a new one has none yet.
    opens = {"open"} if door is DOORS["new draft"] else {"open", "agreed"}
    went_out = {(role, state) for role, state, is_out in tried(door, gate, people) if is_out}
    assert went_out == {(role, state) for role in MAY_LAUNCH for state in opens}


@pytest.mark.parametrize(("shut", "goes_out"), [(True, False), (False, True)])
def test_where_nobody_stands_the_truth_is_the_same(gate: Gate, shut: bool, goes_out: bool) -> None:
    campaign = drafted()
    if shut:
        gate.shut.add(campaign.title)
    campaign.latest_revision.publish()
    assert is_out(campaign) is goes_out


@pytest.mark.parametrize("door", [by_the_button, by_the_editors_approval, by_the_dashboard])
def test_the_gate_says_its_sentence_at_every_door_in_the_editor(gate: Gate, door: Door) -> None:
    campaign = drafted()
    gate.shut.add(campaign.title)
    answer = door(campaign, marketer())
    assert answer.url == edit_url(campaign)
    assert SENTENCE in told(answer)
    assert reverse("strategy:gate-detail", args=[campaign.slug]) in told(answer)


def test_what_was_written_stays_a_draft(gate: Gate) -> None:
    campaign = drafted()
    gate.shut.add(campaign.title)
    sent = written(campaign, hears="In two days. Promised.")
    signed_in(marketer()).post(edit_url(campaign), {**sent, PUBLISH: PUBLISH})
    kept = stored(campaign)
    assert (kept.live, kept.hears) == (False, "In two days. Promised.")


@pytest.mark.parametrize("door", [by_the_editors_approval, by_the_dashboard])
def test_a_refused_approval_leaves_the_asking_as_it_was(gate: Gate, door: Door) -> None:
    campaign = drafted()
    gate.shut.add(campaign.title)
    door(campaign, marketer())
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_a_refused_button_leaves_the_asking_as_it_was(gate: Gate) -> None:
    campaign = drafted()
    gate.shut.add(campaign.title)
    asked_for(campaign, marketer())
    by_the_button(campaign, marketer())
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_approving_what_is_changed_so_that_it_is_held_undoes_the_approval(gate: Gate) -> None:
    campaign = drafted()
    asked_for(campaign, marketer())
    gate.shut.add("Cash back")
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    sent = {**written(campaign, title="Cash back"), **action}
    answer = signed_in(marketer()).post(edit_url(campaign), sent)
    assert SENTENCE in told(answer)
    assert (stored(campaign).title, is_out(campaign)) == ("Cash back", False)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_what_was_changed_since_it_was_asked_for_is_read_first(gate: Gate) -> None:
    campaign = drafted()
    state = asked_for(campaign, marketer())
    campaign.save_revision()
    name = "wagtailsnippets_strategy_campaign:workflow_action"
    url = reverse(name, args=[campaign.pk, "approve", state.pk])
    answer: Any = signed_in(marketer()).post(url)
    assert (answer.url, is_out(campaign)) == (edit_url(campaign), False)


def test_nobody_approves_the_launch_that_they_asked_for(gate: Gate) -> None:
    campaign, asker = drafted(), marketer()
    state = asked_for(campaign, asker)
    name = "wagtailsnippets_strategy_campaign:workflow_action"
    signed_in(asker).post(reverse(name, args=[campaign.pk, "approve", state.pk]))
    assert not is_out(campaign)


def test_approving_is_offered_only_while_the_gate_is_open(gate: Gate) -> None:
    campaign, second = drafted(), marketer()
    asked_for(campaign, marketer())
    task = campaign.current_workflow_task

    def offered() -> set[str]:
        return {action for action, _words, _asks in task.get_actions(stored(campaign), second)}

    assert offered() == {"reject", "approve"}
    gate.shut.add(campaign.title)
    assert offered() == {"reject"}


def test_whoever_may_approve_is_asked_by_mail(gate: Gate) -> None:
    asker, second = marketer(), marketer()
    asked_for(drafted(), asker)
    assert [sent.to for sent in mail.outbox] == [[second.email]]


def test_a_locked_campaign_is_nobody_elses_to_launch(gate: Gate) -> None:
    campaign, locker = drafted(), marketer()
    Campaign.objects.filter(pk=campaign.pk).update(locked=True, locked_by=locker)
    by_the_button(campaign, marketer())
    assert not is_out(campaign)
    by_the_button(campaign, locker)
    assert is_out(campaign)


def test_a_campaign_that_is_out_stays_out_when_its_gate_shuts(gate: Gate) -> None:
    campaign = drafted()
    by_the_button(campaign, marketer())
    gate.shut.add(campaign.title)
    call_command("publish_scheduled")
    assert is_out(campaign)


def test_other_words_of_what_is_out_are_no_second_launch(gate: Gate) -> None:
    campaign = drafted()
    by_the_button(campaign, marketer())
    sent = written(campaign, hears="In two days. Promised.")
    signed_in(marketer()).post(edit_url(campaign), {**sent, PUBLISH: PUBLISH})
    assert stored(campaign).hears == "In two days. Promised."
    assert entries(campaign) == ["planned", "launched"]


def test_a_row_that_says_it_is_out_is_refused(gate: Gate) -> None:
    campaign = stored(drafted())
    gate.shut.add(campaign.title)
    campaign.live = True
    with pytest.raises(LaunchHeldError):
        campaign.save()
    with pytest.raises(LaunchHeldError):
        campaign.save(update_fields=["live"])


def test_there_is_no_door_for_many_at_once(gate: Gate) -> None:
    campaign = drafted()
    url = reverse("wagtail_bulk_action", args=["strategy", "campaign", "publish"])
    answer = signed_in(marketer()).post(f"{url}?id={campaign.pk}")
    assert (answer.status_code, is_out(campaign)) == (404, False)
