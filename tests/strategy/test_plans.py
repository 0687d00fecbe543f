"""Which words of a campaign hold: what is out, what is scheduled, or what was drafted last."""

import pytest
from django.utils import timezone

from strategy.models import Campaign
from strategy.reports.plans import newest_plan, newest_plans, plan_of
from tests.factories import CampaignFactory, PromiseFactory
from tests.strategy.staging import after

pytestmark = pytest.mark.django_db


def test_a_draft_says_what_was_written_last() -> None:
    campaign = CampaignFactory(title="First words")
    campaign.title = "Last words"
    campaign.launches_on = after(40)
    campaign.promises = [PromiseFactory()]
    campaign.save_revision()

    plan = newest_plan(Campaign.objects.get(pk=campaign.pk))

    assert (plan.title, plan.launches_on) == ("Last words", after(40))
    assert plan == plan_of(campaign)


def test_what_is_scheduled_comes_before_what_was_drafted_after_it() -> None:
    campaign = CampaignFactory(title="Scheduled")
    revision = campaign.latest_revision
    revision.approved_go_live_at = timezone.now()
    revision.save()
    campaign.title = "An afterthought"
    campaign.save_revision()

    assert newest_plan(Campaign.objects.get(pk=campaign.pk)).title == "Scheduled"


def test_what_is_out_says_what_customers_hear_until_another_draft_goes_out() -> None:
    promise = PromiseFactory()
    campaign = CampaignFactory(title="Out", promises=[promise])
    Campaign.objects.filter(pk=campaign.pk).update(live=True)
    campaign.title = "A draft"
    campaign.save_revision()

    (plan,) = newest_plans(Campaign.objects.all())

    assert (plan.title, plan.promise_ids, plan.is_live) == ("Out", (promise.pk,), True)


def test_plans_stand_in_the_order_of_their_days() -> None:
    for ahead in (30, 10, 20):
        CampaignFactory(launches_on=after(ahead))

    days = [plan.launches_on for plan in newest_plans(Campaign.objects.all())]

    assert days == [after(10), after(20), after(30)]
