"""What was claimed, counted and delivered, and the gap between them."""

from datetime import date

from django.utils.translation import gettext

from customers.verdicts import Judgement, Verdict
from customers.wording.days import window_words
from customers.wording.rounding import (
    decimals_of,
    decimals_written,
    figure,
    per_cent,
    with_sign,
    with_unit,
)

# Of other verdicts it isn't sure that what was delivered differs from what is claimed.
TOLD_APART = (Verdict.KEPT, Verdict.FALLING_SHORT)


def gap_words(judgement: Judgement, unit: str) -> str:
    """ "6.0 minutes claimed, 7.8 delivered: 30% worse than claimed"; empty without evidence.

    No gap is told where luck alone may have made it.
    """
    if judgement.delivered is None:
        return ""
    decimals = decimals_of(judgement)
    claimed, delivered = round(judgement.claimed, decimals), round(judgement.delivered, decimals)
    is_share = judgement.k is not None
    written = decimals_written(judgement.claimed) if is_share else decimals
    terms = {
        "claimed": with_unit(judgement.claimed, unit, written),
        "delivered": with_sign(judgement.delivered, unit, decimals),
    }
    if claimed == delivered:
        return gettext("%(claimed)s claimed, %(delivered)s delivered") % terms
    if judgement.verdict not in TOLD_APART:
        return gettext("%(claimed)s claimed, %(delivered)s delivered so far") % terms
    terms["gap"] = _gap(judgement, abs(delivered - claimed), decimals)
    if judgement.is_worse:
        sentence = gettext(
            "%(claimed)s claimed, %(delivered)s delivered: %(gap)s worse than claimed"
        )
    else:
        sentence = gettext(
            "%(claimed)s claimed, %(delivered)s delivered: %(gap)s better than claimed"
        )
    return sentence % terms


def _gap(judgement: Judgement, points: float, decimals: int) -> str:
    """A share's gap is told in points first: per cent of per cent are easily misread."""
    of_claim = per_cent(abs(judgement.gap_per_cent or 0))
    if judgement.k is None:
        return of_claim if judgement.gap_per_cent is not None else figure(points, decimals)
    words = {"points": figure(points, decimals), "of_claim": of_claim}
    if judgement.gap_per_cent is None:
        return gettext("%(points)s points") % words
    return gettext("%(points)s points (%(of_claim)s)") % words


def counted_words(judgement: Judgement) -> str:
    """ "853 of 1,434", or of a mean "n 120"."""
    if judgement.k is None:
        return n_words(judgement.n)
    words = {"k": figure(judgement.k), "n": figure(judgement.n)}
    return gettext("%(k)s of %(n)s") % words


def counted_sentence(judgement: Judgement, first_on: date | None, last_on: date | None) -> str:
    """ "853 of 1,434, September to November." """
    if first_on is None or last_on is None:
        return ""
    words = {"counted": counted_words(judgement), "months": window_words(first_on, last_on)}
    return gettext("%(counted)s, %(months)s.") % words


def n_words(n: int) -> str:
    # Translators: n is the number of those that were counted.
    return gettext("n %(n)s") % {"n": figure(n)}


def delivered_words(judgement: Judgement, unit: str) -> str:
    if judgement.delivered is None:
        return ""
    return with_unit(judgement.delivered, unit, decimals_of(judgement))


def likely_words(judgement: Judgement, unit: str) -> str:
    """ "57 to 62%": where the true figure lies, 90 times of 100."""
    if judgement.low is None or judgement.high is None:
        return ""
    decimals = decimals_of(judgement)
    ends = {
        "low": figure(judgement.low, decimals),
        "high": with_unit(judgement.high, unit, decimals),
    }
    return gettext("%(low)s to %(high)s") % ends


def likely_sentence(judgement: Judgement, unit: str) -> str:
    """ "Likely 57 to 62%." """
    likely = likely_words(judgement, unit)
    return gettext("Likely %(likely)s.") % {"likely": likely} if likely else ""


def claim_words(target: float, unit: str, *, is_at_least: bool) -> str:
    """ "95% or more"."""
    said = {"figure": with_unit(target, unit, decimals_written(target))}
    if is_at_least:
        return gettext("%(figure)s or more") % said
    return gettext("%(figure)s or less") % said


def direction_words(*, is_higher: bool) -> str:
    return gettext("higher is better") if is_higher else gettext("lower is better")
