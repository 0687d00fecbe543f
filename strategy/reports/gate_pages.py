"""All that the page of a gate shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from departments.models import Headship, SignOff
from departments.reports.pulse import Month, months_told
from departments.reports.pulse_told import month_name, words_of
from departments.reports.sights import sight_of
from departments.reports.threads import LinkState
from departments.wording import long_day
from knowledge.models import PromisePage
from knowledge.ownership import keepers_of
from strategy.gate import Lack
from strategy.models import Campaign, GateEntry
from strategy.reports.attention import Attention, attention_for
from strategy.reports.gate_told import CheckTold, change_words, checks_told, lacks_in_short
from strategy.reports.gates import BestDay, CampaignGate, Gates, PromiseFacts
from strategy.reports.people_told import Names
from strategy.reports.plans import CampaignPlan, newest_plan
from strategy.wording import answer_words

MOST_ENTRIES = 20
TURNS = frozenset({GateEntry.Kind.SCHEDULED, GateEntry.Kind.HELD, GateEntry.Kind.LAUNCHED})


@dataclass(frozen=True, slots=True)
class LinkTold:
    """A row of the links' table: `look` is of the head's word.

    Where `is_shown` is false its figures aren't for the reader, and only `is_known` is told.
    """

    department: str
    is_asked: bool
    is_shown: bool
    is_known: bool
    required: int
    needed: int
    ready: int
    at_usual_pace: int
    look: str
    word: SignOff | None


@dataclass(frozen=True, slots=True)
class LinksTold:
    key: int
    promise: PromisePage
    links: tuple[LinkTold, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What colleagues said of a promise when they were last asked; empty where that isn't told."""

    promise: PromisePage
    words: str
    month: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The gate on another day: its answer, and why each check isn't met that isn't."""

    answer: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GatePage:
    gate: CampaignGate
    checks: tuple[CheckTold, ...]
    lead: str
    what_if: WhatIf | None
    best: BestDay | None
    attention: Attention
    beliefs: tuple[Belief, ...]
    links: tuple[LinksTold, ...]
    entries: tuple[GateEntry, ...]
    owner: Any

    @property
    def plan(self) -> CampaignPlan:
        return self.gate.plan

    @property
    def answer(self) -> str:
        return answer_words(self.gate.result)

    @property
    def is_of_several(self) -> bool:
        return len(self.gate.promises) > 1

    @property
    def is_waiting(self) -> bool:
        """Whether something is lacking that a later day might bring."""
        return bool(self.gate.promises) and self.gate.met < len(self.checks)

    @property
    def held(self) -> GateEntry | None:
        """That it was held, as long as nothing was decided since."""
        newest = next((entry for entry in self.entries if entry.kind in TURNS), None)
        return newest if newest and newest.kind == GateEntry.Kind.HELD else None

    @property
    def launched(self) -> GateEntry | None:
        launches = (entry for entry in self.entries if entry.kind == GateEntry.Kind.LAUNCHED)
        return next(launches, None)


def gate_page(
    campaign: Campaign, reader: AbstractBaseUser, *, on: date, asked: date | None = None
) -> GatePage:
    """`asked` is another launch day. A fixed number of queries, whatever the number of people.

    What is judged are all people; what is told are the figures that the reader may see.
    """
    plan = newest_plan(campaign)
    gates = Gates([plan], on=on)
    judged = gates.of(plan)
    gate = judged.as_seen(sight_of(reader, [facts.today for facts in judged.promises], on=on))
    names = _names(gate)
    return GatePage(
        gate=gate,
        checks=tuple(checks_told(gate, names)),
        lead=_lead(gate, names),
        what_if=_what_if(gates.of(plan, day=asked)) if asked else None,
        best=gates.best_day(plan, than=gate) if gate.promises and gate.result.unmet else None,
        attention=attention_for([facts.thread for facts in gate.promises], gates.known),
        beliefs=tuple(_beliefs(gate)),
        links=tuple(_links(gate)),
        entries=_entries(campaign),
        owner=campaign.owner,
    )


def _lead(gate: CampaignGate, names: Names) -> str:
    """What holds it most, in the words that would change it."""
    slowest = gate.result.slowest
    if slowest is None:
        return _("All that it promises can be kept on %(day)s.") % {"day": long_day(gate.day)}
    change = change_words(gate, slowest, names)
    if slowest.change is Lack.RESULTS:
        words = _(
            "Customers would hear a promise that isn't kept today. What would change most: "
            "%(change)s"
        )
    else:
        words = _("What would change most: %(change)s")
    return words % {"change": change}


def _what_if(gate: CampaignGate) -> WhatIf:
    answer = _("On %(day)s: %(met)s of %(checks)s would be met.") % {
        "day": long_day(gate.day),
        "met": gate.met,
        "checks": len(gate.checks),
    }
    return WhatIf(answer, tuple(lacks_in_short(gate)))


def _names(gate: CampaignGate) -> Names:
    """Who would have to do what is lacking; two queries, and those for leavers' successors."""
    keepers = keepers_of([facts.promise for facts in gate.promises], gate.on)
    links = (link for facts in gate.promises for link in facts.thread.links)
    unsigned = {link.department_id for link in links if not link.is_signed}
    heads = Headship.objects.current(on=gate.on).filter(
        kind=Headship.Kind.HEAD, department__in=unsigned, person__is_active=True
    )
    return Names(
        keepers={pk: keeper.person for pk, keeper in keepers.items()},
        heads={one.department_id: one.person for one in heads.select_related("person")},
    )


def _links(gate: CampaignGate) -> Iterable[LinksTold]:
    for facts in filter(_is_told, gate.promises):
        rows = tuple(map(_link, facts.thread.links))
        yield LinksTold(facts.promise.pk, facts.promise, rows)


def _is_told(facts: PromiseFacts) -> bool:
    return facts.is_public


def _link(link: LinkState) -> LinkTold:
    return LinkTold(
        department=link.department.name,
        is_asked=link.is_known is not None,
        is_shown=link.is_shown,
        is_known=link.is_known is True,
        required=link.required,
        needed=link.needed,
        ready=link.ready,
        at_usual_pace=link.at_usual_pace,
        look="signed" if link.is_signed else "not-yet",
        word=link.word,
    )


def _beliefs(gate: CampaignGate) -> Iterable[Belief]:
    """Three queries, and four for each month when it is first read."""
    months = months_told(on=gate.on)
    for facts in filter(_is_told, gate.promises):
        yield _belief(facts.promise, [month for month in months if month.promise == facts.promise])


def _belief(promise: PromisePage, months: Sequence[Month]) -> Belief:
    newest = next((month for month in months if month.total), None)
    if newest is None:
        words = _("Not enough answers to show.") if months else _("Nobody has been asked yet.")
        return Belief(promise, words, "")
    total = newest.total
    if total is None or total.said is None:
        return Belief(promise, f"{words_of(total)}.", month_name(newest))
    said = {"yes": total.said.yes, "answers": total.n}
    words = _("%(yes)s of %(answers)s would stake their name on it today.") % said
    return Belief(promise, words, month_name(newest))


def _entries(campaign: Campaign) -> tuple[GateEntry, ...]:
    entries = GateEntry.objects.filter(campaign=campaign).select_related("by")
    return tuple(entries.order_by("-at", "-pk")[:MOST_ENTRIES])
