"""What campaigns say: of those that are out what is out, of others what is scheduled or drafted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.models import Revision

from strategy.models import Campaign


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a campaign promises, from which day, and with which version of which brief."""

    pk: int
    slug: str
    title: str
    hears: str
    launches_on: date
    promise_ids: tuple[int, ...]
    brief_id: int | None
    brief_version: int
    is_live: bool
    owner_id: int | None = None
    sponsor_id: int | None = None

    def day(self, today: date) -> date:
        """The day for which its gate is asked: nothing goes out in the past."""
        return max(self.launches_on, today)


def plan_of(campaign: Campaign) -> CampaignPlan:
    """Of a campaign as it stands, or of a draft of it that isn't saved yet; one query."""
    return _saved(campaign, tuple(promise.pk for promise in campaign.promises.all()))


def newest_plan(campaign: Campaign) -> CampaignPlan:
    """What is out, else what is scheduled, else what was drafted last; one query."""
    return newest_plans([campaign])[0]


def newest_plans(campaigns: Iterable[Campaign]) -> list[CampaignPlan]:
    """In the order of their days; one query for drafts, and one where a campaign is out."""
    campaigns = list(campaigns)
    drafts = _newest_drafts([campaign for campaign in campaigns if not campaign.live])
    live = [campaign for campaign in campaigns if campaign.pk not in drafts]
    promises = _promises_of(live)
    plans = [
        _drafted(campaign, drafts[campaign.pk])
        if campaign.pk in drafts
        else _saved(campaign, promises.get(campaign.pk, ()))
        for campaign in campaigns
    ]
    return sorted(plans, key=lambda plan: (plan.launches_on, plan.title))


def _newest_drafts(campaigns: Sequence[Campaign]) -> dict[int, Mapping[str, Any]]:
    """What is scheduled comes before what was drafted after it: that is what will go out."""
    if not campaigns:
        return {}
    of_campaigns = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Campaign, for_concrete_model=False),
        object_id__in=[str(campaign.pk) for campaign in campaigns],
    )
    latest = [each.latest_revision_id for each in campaigns if each.latest_revision_id]
    meant = of_campaigns.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
    # Of several the last one holds: of what is scheduled, what goes out first.
    ordered = meant.order_by(F("approved_go_live_at").desc(nulls_first=True))
    return {int(revision.object_id): revision.content for revision in ordered}


def _promises_of(campaigns: Sequence[Campaign]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    through = Campaign.promises.through.objects.filter(campaign__in=[one.pk for one in campaigns])
    for campaign, promise in (
        through.order_by("pk").values_list("campaign_id", "promisepage_id") if campaigns else ()
    ):
        found[campaign] = (*found.get(campaign, ()), promise)
    return found


def _saved(campaign: Campaign, promises: tuple[int, ...]) -> CampaignPlan:
    return CampaignPlan(
        pk=campaign.pk,
        slug=campaign.slug,
        title=campaign.title,
        hears=campaign.hears,
        launches_on=campaign.launches_on,
        promise_ids=promises,
        brief_id=campaign.brief_id,
        brief_version=campaign.brief_version,
        is_live=campaign.live,
        owner_id=campaign.owner_id,
        sponsor_id=campaign.sponsor_id,
    )


def _drafted(campaign: Campaign, content: Mapping[str, Any]) -> CampaignPlan:
    return CampaignPlan(
        pk=campaign.pk,
        # Its address stays as it is until the draft goes out.
        slug=campaign.slug,
        title=content["title"],
        hears=content["hears"],
        launches_on=date.fromisoformat(content["launches_on"]),
        promise_ids=tuple(content["promises"]),
        brief_id=content["brief"],
        brief_version=content["brief_version"],
        is_live=False,
        owner_id=content["owner"],
        sponsor_id=content["sponsor"],
    )
