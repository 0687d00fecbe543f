"""The four checks in words: what is known, as of when, and the one thing that would change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.reports.threads import LinkState
from knowledge.models import PromisePage
from knowledge.reports import promise_address
from strategy.gate import Check, GateCheck, Lack, PromiseCheck, Status
from strategy.reports.delivery_told import delivery_change, delivery_lines, delivery_note
from strategy.reports.gates import CampaignGate, PromiseFacts
from strategy.reports.people_told import Names, know_change, know_lines
from strategy.reports.signed_told import signed_change, signed_lines
from strategy.wording import CHECK_WORDS, LACK_WORDS

LOOKS = {Status.MET: "met", Status.NOT_MET: "not-met", Status.CANT_SAY: "cant-say"}
# Red is for what customers don't get, never for people.
BROKEN = "not-kept"


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one promise, named where there are several; and where more stands."""

    text: str
    promise: str
    url: str
    more: str


@dataclass(frozen=True, slots=True)
class CheckTold:
    """One check, ready to be shown. `change` is empty where it is met."""

    name: Check
    title: str
    look: str
    note: str
    evidence: tuple[Line, ...]
    change: str
    as_at: date | None
    is_met: bool
    is_overridden: bool

    @property
    def is_broken(self) -> bool:
        return self.look == BROKEN


type Telling = Callable[[CampaignGate, PromiseFacts, Names], Iterator[str]]


def checks_told(gate: CampaignGate, names: Names | None = None) -> list[CheckTold]:
    return [_told(gate, check, names or Names()) for check in gate.checks]


def _told(gate: CampaignGate, check: GateCheck, names: Names) -> CheckTold:
    return CheckTold(
        name=check.name,
        title=str(CHECK_WORDS[check.name]),
        look=BROKEN if check.change is Lack.RESULTS else LOOKS[check.status],
        note=_note(gate, check),
        evidence=tuple(_evidence(gate, check, names)),
        change=change_words(gate, check, names),
        as_at=check.as_at,
        is_met=check.is_met,
        is_overridden=check.is_overridden,
    )


def _evidence(gate: CampaignGate, check: GateCheck, names: Names) -> Iterator[Line]:
    tell = TELLINGS[check.name]
    is_named = len(gate.promises) > 1
    for facts in gate.promises:
        if not facts.is_public:
            yield Line(_("A promise that isn’t published yet."), "", "", "")
            continue
        text = " ".join(tell(gate, facts, names))
        name = facts.promise.title if is_named else ""
        url, more = source_of(check.name, facts.promise)
        yield Line(text, name, url, more)


def source_of(check: Check, promise: PromisePage) -> tuple[str, str]:
    """The page from which it is known, and what a link to it says."""
    match check:
        case Check.DELIVER:
            return reverse("customers:evidence-detail", args=[promise.slug]), _("See the evidence")
        case Check.FLAGS:
            return reverse("departments:flag-list", args=[promise.slug]), _("Read the flags")
    return f"{promise_address(promise)}#thread", _("See the thread")


def change_words(gate: CampaignGate, check: GateCheck, names: Names) -> str:
    """The one thing that would change this check; empty where it is met."""
    worst = check.worst
    if worst is None:
        return _("Choose the promises this campaign makes.")
    if worst.lacks is None:
        return ""
    if not gate.facts(worst.key).is_public:
        return _("The promise is published, so that colleagues can read what it waits for.")
    change = _change(gate, gate.facts(worst.key), worst, worst.lacks, names)
    if len(gate.promises) == 1:
        return change
    return f"{gate.facts(worst.key).promise.title}: {change}"


def _change(
    gate: CampaignGate, facts: PromiseFacts, check: PromiseCheck, lacks: Lack, names: Names
) -> str:
    if lacks in {Lack.LINKS, Lack.VERSION, Lack.REQUIREMENT, Lack.PEOPLE}:
        return know_change(gate, facts, check, lacks)
    if lacks is Lack.WORD:
        return signed_change(gate, facts, names)
    if lacks is Lack.ANSWERS:
        return _answers(facts, names)
    return delivery_change(gate, facts, lacks)


def _answers(facts: PromiseFacts, names: Names) -> str:
    who = names.keepers.get(facts.promise.pk)
    words = {"who": who or _("Whoever answers for the promise"), "flags": len(facts.flags)}
    if len(facts.flags) == A_PAIR:
        return _("%(who)s answers both.") % words
    return (
        ngettext("%(who)s answers it.", "%(who)s answers all %(flags)s.", len(facts.flags)) % words
    )


def _note(gate: CampaignGate, check: GateCheck) -> str:
    """Half a sentence beside the word."""
    match check.name:
        case Check.KNOW:
            return "" if check.is_met else _links_note(gate, lambda link: link.is_known is True)
        case Check.SIGNED:
            return "" if check.is_met else _signed_note(gate)
        case Check.DELIVER:
            return delivery_note(gate, check)
    waiting = sum(len(facts.flags) for facts in gate.promises)
    return (
        ngettext("%(flags)s unanswered", "%(flags)s unanswered", waiting) % {"flags": waiting}
        if waiting
        else ""
    )


def _links_note(gate: CampaignGate, holds: Callable[[LinkState], bool]) -> str:
    links = _links(gate)
    words = {"met": sum(map(holds, links)), "links": len(links)}
    return _("%(met)s of %(links)s links") % words if links else ""


def _signed_note(gate: CampaignGate) -> str:
    links = _links(gate)
    words = {"signed": sum(link.is_signed for link in links), "links": len(links)}
    return _("%(signed)s of %(links)s signed") % words if links else ""


def _links(gate: CampaignGate) -> list[LinkState]:
    return [link for facts in gate.promises for link in facts.thread.links]


def _flag_lines(_gate: CampaignGate, facts: PromiseFacts, _names: Names) -> Iterator[str]:
    if not facts.flags:
        yield _("No flag waits for an answer.")
        return
    told = [f"“{Truncator(flag.text).chars(LONGEST_QUOTE)}”" for flag in facts.flags[:MOST_TOLD]]
    more = len(facts.flags) - len(told)
    if more:
        told.append(ngettext("%(more)s more", "%(more)s more", more) % {"more": more})
    yield f"{get_text_list(told, _('and'))}."


MOST_TOLD = 3
# The whole flag is a click away.
LONGEST_QUOTE = 80
A_PAIR = 2
TELLINGS: dict[Check, Telling] = {
    Check.KNOW: know_lines,
    Check.SIGNED: signed_lines,
    Check.DELIVER: delivery_lines,
    Check.FLAGS: _flag_lines,
}


def lacks_in_short(gate: CampaignGate) -> list[str]:
    """Of each check that isn't met its name, and why, in half a sentence."""
    return [
        _("%(check)s: %(reason)s.")
        % {
            "check": CHECK_WORDS[check.name],
            "reason": LACK_WORDS[check.change] if check.change else "",
        }
        for check in gate.checks
        if not check.is_met
    ]
