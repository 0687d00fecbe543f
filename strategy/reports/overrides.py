"""Launches that two people let out although the gate was closed, until somebody looks back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from departments.wording import long_day
from knowledge.models import PromisePage
from strategy.gate import Check
from strategy.models import GateEntry, Override
from strategy.reports.gates import CampaignGate
from strategy.reports.plans import CampaignPlan, newest_plans
from strategy.wording import check_line

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class LaunchedAnyway:
    """How many went out although their gate was closed, and how many nobody has looked back on."""

    in_a_year: int
    to_review: int


def launched_anyway(*, on: date) -> LaunchedAnyway:
    """Two queries."""
    launches = GateEntry.objects.filter(
        kind=GateEntry.Kind.LAUNCHED, met__lt=F("checks"), at__date__gt=on - A_YEAR
    )
    return LaunchedAnyway(
        in_a_year=launches.order_by().values("campaign").distinct().count(),
        to_review=count_unreviewed(),
    )


def count_unreviewed() -> int:
    """How many that went out nobody has looked back on yet; one query."""
    out = Override.objects.unreviewed().filter(campaign__first_published_at__isnull=False)
    return out.count()


def unreviewed_of(promises: Iterable[PromisePage]) -> dict[int, list[Override]]:
    """By promise; one query, and three where there are any."""
    asked = {promise.pk for promise in promises}
    told = Override.objects.unreviewed().select_related("campaign", "asked_by", "second")
    overrides = list(told.order_by("review_on", "pk"))
    campaigns = {override.campaign_id: override.campaign for override in overrides}
    plans = {plan.pk: plan for plan in newest_plans(campaigns.values())}
    found = defaultdict[int, list[Override]](list)
    for override in overrides:
        plan = plans[override.campaign_id]
        for promise in asked.intersection(plan.promise_ids) if counts(override, plan) else ():
            found[promise].append(override)
    return found


def counts(override: Override, plan: CampaignPlan) -> bool:
    """What moved to another day before it went out isn't let out by it any more."""
    is_out = override.campaign.first_published_at is not None
    return is_out or override.serves(plan, override.launches_on)


def overrides_of(campaign: int) -> list[Override]:
    """All that was asked for a campaign, the newest first; one query."""
    told = Override.objects.filter(campaign=campaign)
    return list(told.select_related("campaign", "asked_by", "second"))


def waiting_override(campaign: int) -> Override | None:
    waiting = Override.objects.waiting().filter(campaign=campaign)
    return waiting.first()


def sponsors_of(gate: CampaignGate) -> frozenset[int | None]:
    """Of the campaign, and of the promises that it makes."""
    return frozenset({gate.plan.sponsor_id, *(facts.promise.sponsor_id for facts in gate.promises)})


def picture_of(gate: CampaignGate) -> dict[str, str | Sequence[int | None]]:
    """What the gate said, for those who look back on it, and of which promises and version."""
    lines = {check.name.value: check_line(check) for check in gate.checks}
    brief = [gate.plan.brief_id, gate.plan.brief_version]
    return {**lines, "promises": list(gate.plan.promise_ids), "brief": brief}


def lines_of(picture: dict[str, str]) -> list[str]:
    return [picture[check.value] for check in Check if check.value in picture]


def seen_of(gate: CampaignGate) -> str:
    """What a second person sees, so that nobody agrees to something else."""
    plan = gate.plan
    promises = "+".join(map(str, sorted(plan.promise_ids)))
    asked = f"{plan.launches_on.isoformat()}:{plan.brief_id}.{plan.brief_version}"
    return f"{asked}:{promises}:{'+'.join(gate.result.unmet)}"


def why_void(override: Override, plan: CampaignPlan, on: date) -> str:
    """Why what was agreed to doesn't open the gate any more; empty while it does."""
    if plan.is_live or override.serves(plan, on):
        return ""
    if override.launches_on != plan.launches_on:
        words = _("That was for %(day)s. The launch day has moved, so it doesn’t count any more.")
        return words % {"day": long_day(override.launches_on)}
    if not override.is_for_promises(plan.promise_ids):
        return _("The campaign promises more now than they knew of, so it doesn’t count any more.")
    if on > override.review_on:
        return _("It held until the day on which they meant to look back on it.")
    return _(
        "Colleagues have to know another version now than theirs, so it doesn’t count any more."
    )
