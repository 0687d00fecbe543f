"""Why an answer counts as much as it does, in words. The key isn't among them."""

from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.scoring import Explanation, Rule


def mark_in_words(explanation: Explanation) -> str:
    """One or two sentences; none where the answer is right and nothing had to be forgiven."""
    if explanation.mark == 1:
        return _forgiven_in_words(explanation)
    return _PARTLY[explanation.rule](explanation)


def _forgiven_in_words(explanation: Explanation) -> str:
    if explanation.rule is Rule.WITHIN:
        return _("Near enough is right here.")
    if not explanation.slips:
        return ""
    words = ngettext(
        "One typing slip doesn't matter.", "%(slips)s typing slips don't matter.", explanation.slips
    )
    return words % {"slips": explanation.slips}


def _all_or_nothing(_explanation: Explanation) -> str:
    return _("All or nothing: only the whole answer counts here.")


def _within(_explanation: Explanation) -> str:
    return _("Near enough would have counted, but this was further off.")


def _spelling(_explanation: Explanation) -> str:
    return _("A small typing slip wouldn’t have mattered.")


def _pairs(explanation: Explanation) -> str:
    if not explanation.right:
        return _("No pair matches yet. Each pair counts the same.")
    words = _(
        "You matched %(right)s of %(of)s, so this counts as %(share)s. Each pair counts the same."
    )
    return words % _figures(explanation)


def _gaps(explanation: Explanation) -> str:
    if not explanation.right:
        return _("No gap is right yet. Each gap counts the same.")
    words = _(
        "You got %(right)s of %(of)s gaps right, so this counts as %(share)s. "
        "Each gap counts the same."
    )
    return words % _figures(explanation)


def _neighbours(explanation: Explanation) -> str:
    if not explanation.right:
        return _("No step follows the right one yet. What counts is which step comes after which.")
    words = ngettext(
        "One step of %(of)s follows the right one, so this counts as %(share)s. "
        "What counts is which step comes after which.",
        "%(right)s steps of %(of)s follow the right one, so this counts as %(share)s. "
        "What counts is which step comes after which.",
        explanation.right,
    )
    return words % _figures(explanation)


def _right_minus_wrong(explanation: Explanation) -> str:
    if not explanation.right:
        return _("None of the right ones was chosen yet. Each right one counts the same.")
    if not explanation.mark:
        return _("You chose right ones and others, and the others take away what the right bring.")
    if not explanation.wrong:
        words = _("You chose %(right)s of %(of)s right ones, so this counts as %(share)s.")
        return words % _figures(explanation)
    words = ngettext(
        "You chose %(right)s of %(of)s right ones and one other, which takes its part away, so "
        "this counts as %(share)s.",
        "You chose %(right)s of %(of)s right ones and %(wrong)s others, which take their part "
        "away, so this counts as %(share)s.",
        explanation.wrong,
    )
    return words % _figures(explanation)


_PARTLY: dict[Rule, Callable[[Explanation], str]] = {
    Rule.ALL_OR_NOTHING: _all_or_nothing,
    Rule.RIGHT_MINUS_WRONG: _right_minus_wrong,
    Rule.PAIRS: _pairs,
    Rule.GAPS: _gaps,
    Rule.NEIGHBOURS: _neighbours,
    Rule.WITHIN: _within,
    Rule.SPELLING: _spelling,
}


def _figures(explanation: Explanation) -> dict[str, object]:
    return {
        "right": explanation.right,
        "of": explanation.of,
        "wrong": explanation.wrong,
        "share": _share_in_words(explanation.mark),
    }


def _share_in_words(mark: float) -> str:
    named = {
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("a third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(1, 4): _("a quarter"),
        Fraction(3, 4): _("three quarters"),
    }
    nearest = Fraction(mark).limit_denominator(4)
    if float(nearest) == mark and nearest in named:
        return named[nearest]
    # A part is never shown as nothing, nor as all.
    return _("%(percent)s %%") % {"percent": min(max(round(mark * 100), 1), 99)}
