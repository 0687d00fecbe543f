"""What is known of a promise, on its page."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django import template

from customers import wording
from customers.reports.evidence import ClaimEvidence
from departments.beliefs import Said
from departments.reports.drawn import DrawnThread
from knowledge.models import PromisePage
from quizzes.days import organisation_today
from strategy.reports.lenses import lenses_of

register = template.Library()

BAR_LOOKS = ("b1", "b2", "off")
BAR_WIDTH = 200


@register.inclusion_tag("components/lenses.html")
def lenses(page: PromisePage, drawn: DrawnThread) -> dict[str, Any]:
    """Know, believe, do, side by side, and what follows."""
    found = lenses_of(page, drawn, on=organisation_today())
    what, *rest = wording.diagnosis_words(found.diagnosis)
    return {
        "page": page,
        "lenses": found,
        "finding": what,
        "remedies": rest,
        "claims": [deliver_line(claim) for claim in found.evidence.claims],
    }


def deliver_line(told: ClaimEvidence) -> dict[str, Any]:
    """One claim's evidence in words; without any, only its verdict."""
    claim, judgement = told.claim, told.judgement
    return {
        "verdict": judgement.verdict.value,
        "note": wording.verdict_note(judgement, told.since),
        "figure": wording.delivered_words(judgement, claim.unit),
        "measure": claim.measure,
        "counted": wording.counted_words(judgement) if judgement.n else "",
        "likely": wording.likely_words(judgement, claim.unit),
        "gap": wording.gap_words(judgement, claim.unit) if judgement.is_worse else "",
        "first_on": told.first_on,
        "last_on": told.last_on,
        "as_at": wording.as_at_words(told.last_on, is_stale=told.is_stale),
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar that is two hundred wide."""

    css: str
    x: float
    width: float


@register.simple_tag
def said_bars(said: Said) -> list[Bar]:
    """Yes, not yet and no, as wide as they are many."""
    widths = [count * BAR_WIDTH / said.n for count in said.counts]
    starts = accumulate(widths, initial=0.0)
    return [
        Bar(css, x, width)
        for css, x, width in zip(BAR_LOOKS, starts, widths, strict=False)
        if width
    ]
