"""What Today tells a person of launches, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import User
from strategy.models import Campaign, GateAsk, GateEntry, Override
from strategy.reports.waiting import GatesWaiting, gates_waiting_for
from tests.conftest import NOW
from tests.factories import TODAY, CampaignFactory, HeadshipFactory, PersonFactory
from tests.strategy.deciding import asked_about
from tests.strategy.staging import after

pytestmark = pytest.mark.django_db


def waiting(person: User, *, days: int = 0) -> GatesWaiting:
    known = User.objects.with_roles().get(pk=person.pk)
    return gates_waiting_for(known, on=after(days))


def queries_for(person: User) -> int:
    known = User.objects.with_roles().get(pk=person.pk)
    with CaptureQueriesContext(connection) as queries:
        gates_waiting_for(known, on=TODAY)
    return len(queries)


def ask_of(department: Any, **asked: Any) -> GateAsk:
    campaign = asked.pop("campaign", None) or CampaignFactory()
    fields = {"launches_on": campaign.launches_on, "asked_at": NOW, "asked_by": PersonFactory()}
    return GateAsk.objects.create(campaign=campaign, department=department, **{**fields, **asked})


def entry_of(campaign: Campaign, kind: GateEntry.Kind, hours: int = 0) -> None:
    GateEntry.objects.create(
        campaign=campaign,
        kind=kind,
        at=NOW + timedelta(hours=hours),
        launches_on=campaign.launches_on,
    )


def test_whom_it_does_not_concern_is_told_nothing_in_two_queries() -> None:
    asked_about(PersonFactory(), PersonFactory())
    ask_of(HeadshipFactory().department)
    person = PersonFactory()

    assert not waiting(person)
    assert queries_for(person) == 2


def test_a_head_sees_each_launch_once_as_it_was_asked_last() -> None:
    head = HeadshipFactory()
    ask = ask_of(head.department, launches_on=after(30), asked_at=NOW - timedelta(days=8))
    again = ask_of(head.department, campaign=ask.campaign)
    ask_of(HeadshipFactory().department)

    assert waiting(head.person).asks == (again,)


@pytest.mark.parametrize(("launches", "days"), [(30, 14), (3, 4)])
def test_a_head_is_told_for_two_weeks_or_until_the_launch(launches: int, days: int) -> None:
    head = HeadshipFactory()
    ask = ask_of(head.department, launches_on=after(launches))

    assert waiting(head.person, days=days - 1).asks == (ask,)
    assert not waiting(head.person, days=days)


def test_a_question_waits_for_whoever_was_asked() -> None:
    amara, edda = PersonFactory(), PersonFactory()
    override = asked_about(amara, edda)

    assert waiting(edda).to_answer == (override,)
    assert not waiting(amara)

    Campaign.objects.update(live=True)
    assert not waiting(edda)


def test_what_went_out_waits_for_both_from_its_review_day_on() -> None:
    amara, edda = PersonFactory(), PersonFactory()
    override = asked_about(amara, edda)
    Override.objects.update(agreed_at=NOW)
    unlaunched = waiting(edda, days=40)
    Campaign.objects.update(first_published_at=NOW)

    assert not unlaunched
    assert not waiting(edda, days=39)
    assert waiting(edda, days=40).to_review == waiting(amara, days=40).to_review == (override,)


def test_what_is_held_waits_for_its_owner_until_something_is_decided() -> None:
    campaign = CampaignFactory()
    entry_of(campaign, GateEntry.Kind.SCHEDULED)
    entry_of(campaign, GateEntry.Kind.HELD, hours=1)
    owner = campaign.owner

    assert [entry.campaign for entry in waiting(owner).held] == [campaign]

    entry_of(campaign, GateEntry.Kind.SCHEDULED, hours=2)
    assert not waiting(owner)


def test_a_busy_head_costs_as_many_queries_as_any_head() -> None:
    head = HeadshipFactory()
    ask_of(head.department)
    before = queries_for(head.person)
    for _number in range(3):
        ask_of(head.department)
        asked_about(PersonFactory(), head.person)
        entry_of(CampaignFactory(owner=head.person), GateEntry.Kind.HELD)

    assert (before, queries_for(head.person)) == (3, 3)
