"""What customers get of a promise, on pages of other rooms."""

from dataclasses import dataclass
from typing import Any

from django import template

from customers.reports.evidence import ClaimEvidence, Evidence, evidence_of_one
from customers.reports.promises import PromiseCharted, promise_charted
from customers.verdicts import Judgement, Verdict
from customers.wording import (
    as_at_words,
    counted_sentence,
    day_words,
    gap_words,
    likely_sentence,
    verdict_note,
)
from knowledge.models import PromisePage
from quizzes.days import organisation_today

register = template.Library()
register.filter("day_in_words", day_words)


@dataclass(frozen=True, slots=True)
class VerdictLook:
    """The state as which a verdict is drawn, and the words behind its own."""

    state: str
    note: str


@register.simple_tag
def evidence(promise: PromisePage) -> Evidence:
    """All that is known of a promise; four queries."""
    return evidence_of_one(promise, on=organisation_today())


@register.inclusion_tag("components/say_do.html")
def say_do(promise: PromisePage) -> dict[str, Any]:
    """What was delivered against what is claimed, and what else is measured; eight queries."""
    # A page that is previewed before it was ever saved has no evidence.
    if promise.pk is None:
        return {"shown": PromiseCharted(Evidence(promise)), "slug": ""}
    return {"shown": promise_charted(promise, on=organisation_today()), "slug": promise.slug}


@register.simple_tag
def verdict_look(found: ClaimEvidence | None) -> VerdictLook:
    """Of a promise without a claim there is nothing: it is unproven."""
    if not found:
        return VerdictLook(Verdict.UNPROVEN.value, "")
    stale = as_at_words(found.last_on, is_stale=True) if found.is_stale else ""
    notes = (verdict_note(found.judgement, found.since), stale)
    return VerdictLook(found.verdict.value, "; ".join(filter(None, notes)))


@register.filter
def dashed(note: str) -> str:
    """ "– changed since PC-014"."""
    return f"– {note}" if note else ""


@register.filter
def gap_in_words(found: ClaimEvidence) -> str:
    return gap_words(found.judgement, found.claim.unit)


@register.filter
def counted_in_words(found: ClaimEvidence) -> str:
    """ "853 of 1,434, September to November. Likely 57 to 62%."""
    counted: Judgement = found.judgement
    sentences = (
        counted_sentence(counted, found.first_on, found.last_on),
        likely_sentence(counted, found.claim.unit),
    )
    return " ".join(filter(None, sentences))
