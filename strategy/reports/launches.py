"""Every launch, planned or past: its day, and how far it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from wagtail.models import Revision

from departments.launches import ComingLaunch
from knowledge.models import ModulePage
from quizzes.days import organisation_day
from strategy.calendars import Stage, stage_of
from strategy.models import Campaign, GateEntry
from strategy.reports.plans import CampaignPlan, newest_plans

TURNS = (GateEntry.Kind.SCHEDULED, GateEntry.Kind.HELD, GateEntry.Kind.LAUNCHED)


@dataclass(frozen=True, slots=True)
class Launch:
    """A campaign's launch, on the day that is planned, or on which it came."""

    plan: CampaignPlan
    on: date
    stage: Stage

    @property
    def is_ahead(self) -> bool:
        return self.stage is not Stage.LAUNCHED


def launches(*, on: date) -> list[Launch]:
    """In the order of their days, as known on a day; four queries."""
    campaigns = list(_campaigns())
    by_pk = {campaign.pk: campaign for campaign in campaigns}
    scheduled = _scheduled()
    plans = newest_plans(campaigns)
    found = [_launch(plan, by_pk[plan.pk], plan.pk in scheduled, on) for plan in plans]
    return sorted(found, key=lambda launch: (launch.on, launch.plan.title, launch.plan.pk))


def launches_ahead(module: int, first: date, last: date) -> Iterator[ComingLaunch]:
    """Those on some days that need what a module teaches; two queries, one where none is ahead."""
    taught = ModulePage.objects.filter(pk=module).order_by().values("brief")
    waiting: Any = Campaign.objects.filter(live=False).annotate(taught=Subquery(taught))
    brief = {campaign.pk: campaign.taught for campaign in waiting}
    for plan in newest_plans(waiting):
        if plan.brief_id == brief[plan.pk] and first <= plan.launches_on <= last:
            yield ComingLaunch(plan.launches_on, plan.title)


def next_launches(found: Iterable[Launch], *, on: date) -> dict[int, Launch]:
    """By promise, the nearest launch ahead that makes it; `found` is in the order of days."""
    nearest: dict[int, Launch] = {}
    for launch in found:
        if launch.is_ahead and launch.on >= on:
            for promise in launch.plan.promise_ids:
                nearest.setdefault(promise, launch)
    return nearest


def _campaigns() -> Any:
    entries = GateEntry.objects.filter(campaign=OuterRef("pk")).order_by("-at", "-pk")
    launched = entries.filter(kind=GateEntry.Kind.LAUNCHED)
    return Campaign.objects.annotate(
        last_turn=Subquery(entries.filter(kind__in=TURNS).values("kind")[:1]),
        launched_at=Subquery(launched.values("at")[:1]),
    )


def _scheduled() -> set[int]:
    campaigns = ContentType.objects.get_for_model(Campaign)
    found = Revision.objects.filter(content_type=campaigns, approved_go_live_at__isnull=False)
    return {int(key) for key in found.values_list("object_id", flat=True)}


def _launch(plan: CampaignPlan, campaign: Any, is_scheduled: bool, on: date) -> Launch:
    # What was taken back after its launch was launched all the same.
    was_out = campaign.first_published_at is not None and plan.launches_on <= on
    stage = stage_of(
        is_out=plan.is_live or was_out,
        is_scheduled=is_scheduled,
        was_held=campaign.last_turn == GateEntry.Kind.HELD,
    )
    # One that was held goes out later than it was planned.
    came_on = organisation_day(campaign.launched_at) if campaign.launched_at else plan.launches_on
    day = max(plan.launches_on, came_on) if stage is Stage.LAUNCHED else plan.launches_on
    return Launch(plan, day, stage)
