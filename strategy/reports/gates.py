"""The gate of campaigns on any day: what is known of their promises, judged by `strategy.gate`.

Everything is loaded once and told for as many days as are asked for. What is loaded is what is
known today; of a day ahead it tells what will be if nobody does anything until then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.reports.evidence import Evidence, evidence_of
from customers.verdicts import is_stale
from departments.models import Flag
from departments.reports.flags import open_flags
from departments.reports.known import Known
from departments.reports.sights import Sight
from departments.reports.threads import LinkState, Thread, thread_on
from departments.wording import long_day
from knowledge.models import BriefPage, PromisePage
from knowledge.publishing import Obstacle
from quizzes.days import organisation_day, organisation_today
from strategy.gate import (
    Check,
    ClaimOnDay,
    GateCheck,
    GateResult,
    LinkOnDay,
    PromiseOnDay,
    judge,
)
from strategy.models import Campaign, Override
from strategy.reports.plans import CampaignPlan, newest_plan, plan_of
from strategy.wording import answer_words, check_line

DAYS_WALKED = 90
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What the gate looks at for one promise: `thread` is of the day, `today` of today."""

    promise: PromisePage
    thread: Thread
    today: Thread
    evidence: Evidence
    flags: tuple[Flag, ...]

    @property
    def is_public(self) -> bool:
        """Whether every colleague may read the promise: of any other the gate's page is silent."""
        return bool(getattr(self.promise, "is_public", True))

    def as_seen(self, sight: Sight) -> "PromiseFacts":
        today = sight.of(self.today)
        return replace(self, today=today, thread=sight.of_day(self.thread, today))


@dataclass(frozen=True, slots=True)
class CampaignGate:
    """A campaign's gate for a `day`, by all that is known on another, usually today."""

    plan: CampaignPlan
    brief: BriefPage | None
    on: date
    day: date
    promises: tuple[PromiseFacts, ...]
    result: GateResult
    override: Override | None = None

    @property
    def checks(self) -> tuple[GateCheck, ...]:
        return self.result.checks

    @property
    def met(self) -> int:
        return self.result.met

    @property
    def is_open(self) -> bool:
        return self.result.is_open

    @property
    def is_overridden(self) -> bool:
        return self.result.is_overridden

    def as_seen(self, sight: Sight) -> "CampaignGate":
        """Judged as it was, with the figures of people that a reader may see."""
        return replace(self, promises=tuple(facts.as_seen(sight) for facts in self.promises))

    @property
    def told_brief(self) -> BriefPage | None:
        """Its brief, where every colleague may read it."""
        return self.brief if getattr(self.brief, "is_public", False) else None

    def facts(self, key: int) -> PromiseFacts:
        return next(facts for facts in self.promises if facts.promise.pk == key)


@dataclass(frozen=True, slots=True)
class BestDay:
    """The first day on which more checks are met than on launch day, by dates alone."""

    day: date
    met: int


class Gates:
    """The gates of some campaigns, by what is known on a day.

    A fixed number of queries, however many campaigns, promises and people there are, and some more
    for each brief of which a version is scheduled (`departments.reports.known`).
    """

    def __init__(self, plans: Iterable[CampaignPlan], *, on: date) -> None:
        self.on = on
        self._plans = list(plans)

    def of(self, plan: CampaignPlan, *, day: date | None = None) -> CampaignGate:
        asked = max(day or plan.day(self.on), self.on)
        facts = tuple(self._facts(plan, asked))
        override = self._override_for(plan, asked)
        covered = [Check(name) for name in override.covers] if override else []
        result = judge([self._on_day(each, asked) for each in facts], covered=covered)
        brief = self._brief(plan)
        return CampaignGate(plan, brief, self.on, asked, facts, result, override)

    def best_day(self, plan: CampaignPlan, *, than: CampaignGate) -> BestDay | None:
        """Of the next days the first on which the most checks are met, if these are more."""
        found: BestDay | None = None
        for number in range(DAYS_WALKED + 1):
            day = self.on + number * A_DAY
            met = self.of(plan, day=day).met
            if met > (found.met if found else than.met):
                found = BestDay(day, met)
        return found

    def _facts(self, plan: CampaignPlan, day: date) -> Iterator[PromiseFacts]:
        for promise in self._promises_of(plan):
            yield PromiseFacts(
                promise=promise,
                thread=self._thread(plan, promise, plan.brief_version, day),
                today=self._thread(plan, promise, self._live_version(plan), self.on),
                evidence=self._evidence[promise.pk],
                flags=self._flags[promise.pk],
            )

    def _thread(self, plan: CampaignPlan, promise: PromisePage, version: int, day: date) -> Thread:
        return thread_on(
            promise,
            on=self.on,
            day=day,
            brief=self._brief(plan),
            version=version,
            known=self.known,
        )

    def _live_version(self, plan: CampaignPlan) -> int:
        brief = self._brief(plan)
        return self.known.editions[brief.pk].newest(self.on) if brief else 0

    def _on_day(self, facts: PromiseFacts, day: date) -> PromiseOnDay:
        words = [organisation_day(link.word.at) for link in facts.thread.links if link.word]
        return PromiseOnDay(
            key=facts.promise.pk,
            links=tuple(map(_link, facts.thread.links)),
            claims=tuple(_claims(facts.evidence, day)),
            open_flags=len(facts.flags),
            is_out=facts.thread.is_out,
            seen_on=self.on,
            signed_on=max(words, default=None),
        )

    def _brief(self, plan: CampaignPlan) -> BriefPage | None:
        return self._briefs.get(plan.brief_id) if plan.brief_id else None

    def _promises_of(self, plan: CampaignPlan) -> Sequence[PromisePage]:
        return [promise for pk, promise in self._promises.items() if pk in plan.promise_ids]

    def _override_for(self, plan: CampaignPlan, day: date) -> Override | None:
        """What two people agreed to, they agreed to for that launch day."""
        override = self._overrides.get(plan.pk)
        is_for_day = override and override.serves(plan, day)
        return override if is_for_day and day == plan.day(self.on) else None

    @cached_property
    def _promises(self) -> dict[int, PromisePage]:
        keys = {promise for plan in self._plans for promise in plan.promise_ids}
        asked = PromisePage.objects.filter(pk__in=keys).annotate(is_public=public(PromisePage))
        found = asked.in_readers_words().order_by("title", "pk")
        return {promise.pk: promise for promise in found.select_related("owner", "carer")}

    @cached_property
    def _briefs(self) -> dict[int, BriefPage]:
        keys = {plan.brief_id for plan in self._plans if plan.brief_id}
        asked = BriefPage.objects.filter(pk__in=keys).annotate(is_public=public(BriefPage))
        found = asked.in_readers_words().defer_streamfields()
        return {brief.pk: brief for brief in found}

    @cached_property
    def known(self) -> Known:
        return Known(self._promises.values(), self._briefs.values(), on=self.on)

    @cached_property
    def _evidence(self) -> Mapping[int, Evidence]:
        return evidence_of(list(self._promises.values()), on=self.on)

    @cached_property
    def _flags(self) -> Mapping[int, tuple[Flag, ...]]:
        return open_flags(self._promises.values())

    @cached_property
    def _overrides(self) -> dict[int, Override]:
        """The newest that was agreed to, by campaign."""
        keys = [plan.pk for plan in self._plans if plan.pk]
        agreed = Override.objects.agreed().filter(campaign__in=keys).order_by("agreed_at", "pk")
        return {one.campaign_id: one for one in agreed.select_related("asked_by", "second")}


def public(pages: type[PromisePage] | type[BriefPage]) -> Exists:
    """Whether every colleague may read the page of the row."""
    return Exists(pages.objects.open_to_colleagues().order_by().filter(pk=OuterRef("pk")))


def gate_of(campaign: Campaign, *, on: date, day: date | None = None) -> CampaignGate:
    """The gate of what is out, else of what is scheduled, else of the newest draft.

    `day` is the launch day where none is given; another one asks "what if".
    """
    plan = newest_plan(campaign)
    return Gates([plan], on=on).of(plan, day=day)


def gates_of(plans: Iterable[CampaignPlan], *, on: date) -> dict[int, CampaignGate]:
    """By campaign, each for its own launch day."""
    plans = list(plans)
    gates = Gates(plans, on=on)
    return {plan.pk: gates.of(plan) for plan in plans}


def launch_obstacles(draft: Campaign) -> list[Obstacle]:
    """Why this draft can't go out on its day: the gate's answer, then a line for each check."""
    plan = plan_of(draft)
    gate = Gates([plan], on=organisation_today()).of(plan)
    if gate.is_open:
        return []
    url = reverse("strategy:gate-detail", args=[plan.slug]) if plan.slug else ""
    answer = _("%(day)s: %(answer)s") % {
        "day": long_day(gate.day),
        "answer": answer_words(gate.result),
    }
    holding = [gate.result.check(name) for name in gate.result.holds]
    return [Obstacle(answer, url), *(Obstacle(f"{check_line(check)}.", url) for check in holding)]


def _link(link: LinkState) -> LinkOnDay:
    return LinkOnDay(
        department=link.department.name,
        required=None if link.is_known is None else link.required,
        ready=link.ready,
        is_signed=link.is_signed,
    )


def _claims(evidence: Evidence, day: date) -> Iterator[ClaimOnDay]:
    for claim in evidence.claims:
        yield ClaimOnDay(claim.verdict, is_stale(claim.last_on, on=day), claim.last_on)
