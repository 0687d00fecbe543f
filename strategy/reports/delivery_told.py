"""*Deliver* in words: what customers got of what is claimed."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from customers.reports.evidence import ClaimEvidence
from customers.verdicts import FEWEST, STALE_AFTER, Verdict, is_stale
from customers.wording import (
    claim_words,
    counted_words,
    day_words,
    delivered_words,
    since_words,
    verdict_word,
)
from departments.wording import long_day
from knowledge.models import Claim
from strategy.gate import GateCheck, Lack
from strategy.reports.gates import CampaignGate, PromiseFacts
from strategy.wording import LACK_WORDS


def delivery_lines(gate: CampaignGate, facts: PromiseFacts, _names: object) -> Iterator[str]:
    if not facts.evidence.claims:
        yield _("It claims nothing that can be measured.")
    for claim in facts.evidence.claims:
        yield from _claim(claim, gate.day)
        yield from _planned(claim, gate.on)


def _claim(told: ClaimEvidence, day: date) -> Iterator[str]:
    if told.verdict is Verdict.UNPROVEN:
        yield _("The claim: %(claim)s. Nothing has been measured yet.") % {"claim": told.claim}
        return
    yield _delivered(told)
    yield (
        _("%(counted)s, %(first)s to %(last)s.")
        % {
            "counted": counted_words(told.judgement),
            "first": day_words(told.first_on) if told.first_on else "",
            "last": day_words(told.last_on) if told.last_on else "",
        }
    )
    if told.last_on and is_stale(told.last_on, on=day):
        yield _("By %(day)s that is too old to rely on.") % {"day": long_day(day)}


def _planned(told: ClaimEvidence, on: date) -> Iterator[str]:
    """What departments will do in another way, which may bring other results."""
    for change in told.changes:
        if change.happens_on > on:
            words = {"day": long_day(change.happens_on), "change": change.title}
            words["reference"] = change.reference
            yield _("From %(day)s: %(change)s (%(reference)s).") % words


def _delivered(told: ClaimEvidence) -> str:
    claim = told.claim
    is_at_least = claim.comparator == Claim.Comparator.AT_LEAST
    words = {
        "delivered": delivered_words(told.judgement, claim.unit),
        "measure": claim.measure,
        "claimed": claim_words(float(claim.target), claim.unit, is_at_least=is_at_least),
    }
    if claim.unit == "%":
        return _("%(delivered)s of %(measure)s; the claim says %(claimed)s.") % words
    return _("%(delivered)s: %(measure)s; the claim says %(claimed)s.") % words


def delivery_note(gate: CampaignGate, check: GateCheck) -> str:
    """The verdict that decides, in a few words."""
    if check.worst is None or check.change is Lack.READING:
        return str(LACK_WORDS[check.change]) if check.change else ""
    worst = gate.facts(check.worst.key).evidence.worst
    if worst is None:
        return verdict_word(Verdict.UNPROVEN).lower()
    words = (verdict_word(worst.verdict).lower(), since_words(worst.since))
    return ", ".join(filter(None, words))


def delivery_change(gate: CampaignGate, facts: PromiseFacts, lacks: Lack) -> str:
    match lacks:
        case Lack.RESULTS:
            return _("Customers get it again, or the claim comes down to what they get.")
        case Lack.CUSTOMERS:
            return _("More customers are asked: %(n)s so far, and it takes %(fewest)s.") % {
                "fewest": FEWEST,
                "n": number_format(_fewest_asked(facts)),
            }
        case Lack.READING:
            first = gate.day - STALE_AFTER
            return _("A reading that speaks for %(day)s or later.") % {"day": long_day(first)}
    return _("Somebody measures what is claimed.")


def _fewest_asked(facts: PromiseFacts) -> int:
    few = [claim for claim in facts.evidence.claims if claim.verdict is Verdict.TOO_FEW]
    return min((claim.judgement.n for claim in few), default=0)
