from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import Reading
from departments.models import Belief, Pulse, PulseAnswer
from quizzes.models import Standing
from strategy.models import Campaign, GateEntry, Override
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    CampaignFactory,
    HeadshipFactory,
    PersonFactory,
    QuestionFactory,
)
from tests.strategy.staging import LAUNCH_DAY, Stage, after, flagged

pytestmark = pytest.mark.django_db
NO_BREAK = "\u00a0"


@pytest.fixture
def stage() -> Stage:
    """Of as many people that everybody may see their figures."""
    return Stage(people=5)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def words_at(client: Client, url: str, **asked: str) -> str:
    response = client.get(url, asked)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).replace(NO_BREAK, " ").split())


def page(client: Client, stage: Stage, **asked: str) -> str:
    return words_at(client, gate_url(stage.campaign), **asked)


def gate_url(campaign: Campaign) -> str:
    return reverse("strategy:gate-detail", args=[campaign.slug])


def index(client: Client) -> str:
    return words_at(client, reverse("strategy:campaign-index"))


def test_everybody_may_read_whether_a_promise_can_be_made(reader: Client, stage: Stage) -> None:
    text = page(reader, stage)

    assert "Yes. 4 of 4 checks are met." in text
    assert "Money back – planned for Monday 7 December" in text


def test_each_check_says_what_is_lacking_whose_it_is_and_what_would_change_it(
    reader: Client, stage: Stage
) -> None:
    head = HeadshipFactory(department=stage.finance).person
    stage.promise.owner = PersonFactory(first_name="Noor")
    stage.promise.save()
    stage.signed(stage.promise, stage.finance, "not-yet", because="the pilot runs", at=NOW)
    Standing.objects.filter(person__memberships__department=stage.care).update(ready_until=TODAY)
    Reading.objects.update(k=595, n=1000)
    flagged(stage.promise)

    text = page(reader, stage)

    assert "Not yet. 0 of 4 checks are met." in text
    assert "4 more people are ready for version 1 by Monday 7 December: 4 in Care." in text
    assert "Finance: “Not yet – the pilot runs”." in text
    assert f"{head} (Finance) signs version 1, from Monday 7 December at the latest." in text
    assert "60% of refunds arrive within 3 working days; the claim says 95% or more." in text
    assert "595 of 1,000, 1 November to 20 November." in text
    assert f"{stage.promise.owner} answers it." in text
    assert "What would change most: Customers get it again" in text


def test_a_version_that_is_still_to_come_is_told_with_its_day(reader: Client, stage: Stage) -> None:
    stage.scheduled(10)
    stage.campaign.brief_version = 2
    stage.campaign.save_revision()

    text = page(reader, stage)

    assert "10 of 10 are ready for version 1 today. It takes 8." in text
    assert "The campaign needs version 2, and it isn't out until Monday 30 November." in text
    assert "10 people, about 2 minutes each, 20 minutes in all by Monday 7 December." in text


def test_people_are_asked_for_the_newest_version_that_will_be_out(
    reader: Client, stage: Stage
) -> None:
    stage.scheduled(10)

    assert "people are asked for that one, not for version 1" in page(reader, stage)


def test_another_day_is_tried_without_moving_the_launch(reader: Client, stage: Stage) -> None:
    stage.signed(stage.promise, stage.finance, from_on=after(20), at=NOW)

    text = page(reader, stage, on=after(46).isoformat())

    assert "Not yet. 3 of 4 checks are met." in text
    assert "On Tuesday 5 January: 3 of 4 would be met." in text
    assert "Deliver: the last reading is too old." in text
    assert "The first day on which 4 of 4 are met, if nothing else happens: Thursday 10" in text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("soon", "Write a day that is in the calendar, like 2026-12-04"),
        ("2026-11-19", "Choose today or a day to come"),
        ("2027-12-01", "Choose a day within a year from today"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_so(
    reader: Client, stage: Stage, asked: str, message: str
) -> None:
    text = page(reader, stage, on=asked)

    assert message in text
    assert "would be met" not in text


def test_belief_is_shown_and_changes_nothing(reader: Client, stage: Stage) -> None:
    month = TODAY.replace(month=10, day=1)
    pulse = Pulse.objects.create(
        promise=stage.promise, month=month, opens_on=month, closes_on=TODAY.replace(month=10)
    )
    said = [Belief.YES] * 18 + [Belief.NOT_YET] * 15 + [Belief.NO] * 14
    PulseAnswer.objects.bulk_create(
        PulseAnswer(pulse=pulse, belief=each, week=month) for each in said
    )

    text = page(reader, stage)

    assert "18 of 47 would stake their name on it today." in text
    assert "Yes. 4 of 4 checks are met." in text


def test_a_campaign_without_promises_asks_for_them(reader: Client) -> None:
    campaign = CampaignFactory(promises=[])

    text = words_at(reader, gate_url(campaign))

    assert "Not yet. 0 of 4 checks are met." in text
    assert "Choose the promises this campaign makes." in text


def test_what_was_held_says_so_until_something_else_is_decided(
    reader: Client, stage: Stage
) -> None:
    entry = GateEntry.objects.create(
        campaign=stage.campaign,
        kind=GateEntry.Kind.HELD,
        at=NOW,
        launches_on=TODAY,
        note="Two flags wait.",
    )

    text = page(reader, stage)
    assert "Held on Friday 20 November: it didn’t go out." in text
    assert f"Two flags wait. {stage.campaign.owner} was told." in text

    GateEntry.objects.create(
        campaign=stage.campaign,
        kind=GateEntry.Kind.SCHEDULED,
        at=entry.at.replace(hour=12),
        launches_on=LAUNCH_DAY,
    )
    assert "it didn’t go out" not in page(reader, stage)


def test_an_agreement_is_told_with_both_names(reader: Client, stage: Stage) -> None:
    flagged(stage.promise)
    override = agreed(stage.campaign)

    text = page(reader, stage)

    assert "Yes, by agreement. 3 of 4 checks are met." in text
    assert f"{override.asked_by} and {override.second} agreed to launch anyway." in text


def agreed(campaign: Campaign) -> Override:
    return Override.objects.create(
        campaign=campaign,
        reason="The fair",
        tells_customers="It may take longer",
        review_on=after(40),
        covers=["flags"],
        launches_on=campaign.launches_on,
        asked_by=PersonFactory(),
        asked_at=NOW,
        second=PersonFactory(),
        agreed_at=NOW,
    )


def test_the_address_of_a_campaign_leads_to_its_gate(reader: Client, stage: Stage) -> None:
    response = reader.get(reverse("strategy:campaign-detail", args=[stage.campaign.slug]))

    assert response.headers["Location"] == gate_url(stage.campaign)
    assert reader.get(reverse("strategy:gate-detail", args=["nowhere"])).status_code == 404


def test_the_list_tells_what_is_to_come_and_what_went_out(reader: Client, stage: Stage) -> None:
    assert "Not yet" not in index(reader)
    flagged(stage.promise)
    out = CampaignFactory(title="Summer sale", launches_on=after(-30), promises=[stage.promise])
    Campaign.objects.filter(pk=out.pk).update(live=True)
    override = agreed(out)
    override.reviewed_at, override.review = NOW, "It went well."
    override.save()

    text = index(reader)

    assert text.index("Money back") < text.index("Summer sale")
    assert "– 3 of 4 checks" in text
    assert "Launched anyway, without: Flags." in text
    assert "It went well." in text


def test_an_empty_list_says_so(reader: Client) -> None:
    assert "No campaign is planned." in index(reader)


def queries(client: Client, url: str) -> int:
    """Once the paces are known, which are worked out once an hour."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def more_of_everything(stage: Stage) -> None:
    for number in range(3):
        people = stage.department(f"Team {number}")
        for days in (1, 20, 200):
            stage.ready(people, days=days)
            stage.ready(stage.care, days=days)
        other = stage.promised(f"Promise {number}", people, stage.care)
        flagged(other)
        stage.campaign.promises.add(other)
        stage.signed(other, people, "not-yet", because="No time", at=NOW)
        HeadshipFactory(department=people)
    stage.campaign.save_revision()


def test_more_promises_links_and_people_cost_no_more_queries(reader: Client, stage: Stage) -> None:
    other = stage.promised("A Person in Two", stage.care)
    stage.campaign.promises = [stage.promise, other]
    stage.campaign.save_revision()
    flagged(stage.promise)
    stage.ready(stage.care, days=-5)
    stage.signed(other, stage.care, "not-yet", because="No time", at=NOW)
    url = gate_url(stage.campaign)
    few = queries(reader, url)

    more_of_everything(stage)

    assert queries(reader, url) == few


def test_a_scheduled_version_costs_few_queries_however_many_questions_ask_for_it(
    reader: Client, stage: Stage
) -> None:
    url = gate_url(stage.campaign)
    none = queries(reader, url)
    stage.scheduled(10)
    one = queries(reader, url)

    fact = stage.brief.facts.get(key="days")
    QuestionFactory.create_batch(3, module=stage.module, facts=[fact])

    assert none < one <= none + 15
    assert queries(reader, url) == one


def test_more_campaigns_cost_the_list_no_more_queries(reader: Client, stage: Stage) -> None:
    url = reverse("strategy:campaign-index")
    other = stage.promised("A Person in Two", stage.care)
    CampaignFactory(brief=stage.brief, promises=[other])
    out = CampaignFactory(brief=stage.brief, promises=[other], launches_on=after(-9))
    Campaign.objects.filter(pk=out.pk).update(live=True)
    few = queries(reader, url)

    more_of_everything(stage)
    CampaignFactory.create_batch(3, brief=stage.brief, promises=[stage.promise, other])
    past = CampaignFactory.create_batch(2, promises=[other], launches_on=after(-20))
    Campaign.objects.filter(pk__in=[each.pk for each in past]).update(live=True)

    assert queries(reader, url) == few


def test_a_campaign_that_is_out_is_told_by_its_day(reader: Client, stage: Stage) -> None:
    Campaign.objects.filter(pk=stage.campaign.pk).update(live=True)
    GateEntry.objects.create(
        campaign=stage.campaign, kind=GateEntry.Kind.LAUNCHED, at=NOW, launches_on=TODAY
    )
    flagged(stage.promise)

    text = page(reader, stage)

    assert "Money back – launched on Friday 20 November" in text
    assert "It is out. Today 3 of 4 checks are met." in text
    assert "What if we moved the date?" not in text
