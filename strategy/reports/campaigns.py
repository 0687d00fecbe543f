"""All campaigns: those that are still to come, with the answer of their gates, and those past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.models import PromisePage
from strategy.calendars import Stage
from strategy.gate import Check
from strategy.models import Override
from strategy.reports.gates import CampaignGate, Gates
from strategy.reports.launches import Launch, launches
from strategy.reports.plans import CampaignPlan
from strategy.wording import CHECK_WORDS, count_words

MOST_PAST = 50


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign. A past one has no gate any more, perhaps what it was launched without."""

    launch: Launch
    promises: tuple[PromisePage, ...]
    gate: CampaignGate | None = None
    override: Override | None = None

    @property
    def plan(self) -> CampaignPlan:
        return self.launch.plan

    @property
    def is_held(self) -> bool:
        return self.launch.stage is Stage.HELD

    @property
    def is_scheduled(self) -> bool:
        return self.launch.stage is Stage.SCHEDULED

    @property
    def look(self) -> str:
        return "gate-open" if self.gate and self.gate.is_open else "not-yet"

    @property
    def note(self) -> str:
        return count_words(self.gate.result) if self.gate else ""

    @property
    def went_without(self) -> list[str]:
        covers = self.override.covers if self.override else []
        return [str(CHECK_WORDS[Check(name)]) for name in covers]


@dataclass(frozen=True, slots=True)
class CampaignList:
    """Those to come in the order of their days, those past the other way round."""

    upcoming: tuple[CampaignLine, ...]
    past: tuple[CampaignLine, ...]

    @property
    def is_empty(self) -> bool:
        return not self.upcoming and not self.past


def campaign_list(*, on: date) -> CampaignList:
    """A fixed number of queries, however many campaigns, promises and people there are."""
    found = launches(on=on)
    ahead = [launch for launch in found if launch.is_ahead]
    past = [launch for launch in reversed(found) if not launch.is_ahead][:MOST_PAST]
    promises = _promises([*ahead, *past])
    gates = Gates([launch.plan for launch in ahead], on=on)
    overrides = _overrides(past)
    return CampaignList(
        tuple(CampaignLine(one, _of(one, promises), gates.of(one.plan)) for one in ahead),
        tuple(
            CampaignLine(one, _of(one, promises), override=overrides.get(one.plan.pk))
            for one in past
        ),
    )


def _promises(found: Iterable[Launch]) -> dict[int, PromisePage]:
    keys = {promise for launch in found for promise in launch.plan.promise_ids}
    opened = PromisePage.objects.open_to_colleagues().filter(pk__in=keys)
    pages = opened.in_readers_words().order_by("title", "pk")
    return {page.pk: page for page in pages}


def _of(launch: Launch, promises: dict[int, PromisePage]) -> tuple[PromisePage, ...]:
    return tuple(page for pk, page in promises.items() if pk in launch.plan.promise_ids)


def _overrides(past: Iterable[Launch]) -> dict[int, Override]:
    """The newest that was agreed to, by campaign."""
    agreed = Override.objects.agreed().filter(campaign__in=[launch.plan.pk for launch in past])
    return {one.campaign_id: one for one in agreed.order_by("agreed_at", "pk")}
