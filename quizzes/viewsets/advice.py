"""What figures say, in plain words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from quizzes.items import MINIMUM_ANSWERS, Advice
from quizzes.reports.items import Item, State

SHORT: dict[Advice, Any] = {
    Advice.CHECK_KEY: _lazy("Check the key"),
    Advice.SURE_AND_WRONG: _lazy("Sure, and wrong"),
    Advice.VERY_HARD: _lazy("Very hard"),
    Advice.WEAK: _lazy("Tells little"),
    Advice.UNUSED: _lazy("An option nobody chooses"),
    Advice.FINE: _lazy("Fine"),
    Advice.TOO_FEW: _lazy("Too few answers yet"),
}
SENTENCES: dict[Advice, Any] = {
    Advice.CHECK_KEY: _lazy(
        "People who do well elsewhere get this one wrong more often: check the key."
    ),
    Advice.SURE_AND_WRONG: _lazy(
        "Many are sure, and wrong: find out whether the brief misleads them, or the question."
    ),
    Advice.VERY_HARD: _lazy(
        "Hardly anybody gets it right: check that the lessons say it, and that it is asked plainly."
    ),
    Advice.WEAK: _lazy(
        "It hardly tells who knows the rest from who doesn't: look for what makes it ambiguous."
    ),
    Advice.UNUSED: _lazy("Nobody chooses one of the wrong options: write a slip that people make."),
    Advice.FINE: _lazy("Nothing speaks against it."),
}
STATES: dict[State, Any] = {
    State.LOOK: _lazy("Needs a look"),
    State.TOO_FEW: _lazy("Too few answers"),
    State.FINE: _lazy("Fine"),
    State.NEVER: _lazy("Not in a quiz yet"),
}


def in_a_word(item: Item) -> Any:
    """For a list: the gravest alone."""
    if item.state is State.NEVER:
        return STATES[State.NEVER]
    if item.state is State.TOO_FEW:
        return too_few(item.figures.n)
    return SHORT[item.advice[0]]


def too_few(n: int) -> str:
    words = _("Too few answers yet: %(n)s of %(minimum)s")
    return words % {"n": n, "minimum": MINIMUM_ANSWERS}


def in_sentences(advice: Iterable[Advice]) -> list[Any]:
    return [SENTENCES[one] for one in advice if one in SENTENCES]


def percent(share: float | None) -> str:
    """In one piece, however narrow its column."""
    if share is None:
        return ""
    words = _("%(number)s %%") % {"number": round(100 * share)}
    return words.replace(" ", "\N{NO-BREAK SPACE}")
