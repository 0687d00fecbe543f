"""Reads the figures of a question for a number: `50`, `50:2` (give or take 2), `48..52`, `5e3`."""

import re
from decimal import Decimal

from quizzes.importers.gift.shapes import (
    GiftAnswers,
    GiftOption,
    GiftText,
    Shape,
    UnreadableError,
    gettext_noop,
)
from quizzes.importers.gift.signs import read_text
from quizzes.importers.gift.weights import FULL, NONE, split_options, take_weight

_FIGURES = r"[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][-+]?\d{1,2})?"
_AROUND = re.compile(rf"({_FIGURES})(?:\s*:\s*({_FIGURES}))?", re.ASCII)
_BETWEEN = re.compile(rf"({_FIGURES})\s*\.\.\s*({_FIGURES})", re.ASCII)


def read_number(body: str, inherited: str, feedback: GiftText) -> GiftAnswers:
    """`body` is what follows the `#`. Exactly one of its figures must be right, and wholly."""
    options = [_option(sign, text, inherited) for sign, text in _figures(body)]
    right = [option for option in options if option.weight == FULL]
    if len(right) != 1 or any(NONE < option.weight < FULL for option in options):
        raise UnreadableError(
            gettext_noop("A number has one right answer, and nothing is half right."),
            gettext_noop("Write it like {#50:2}, where 2 is how far off is still right."),
        )
    number, tolerance = _read_figures(right[0].text.text)
    return GiftAnswers(
        Shape.NUMBER, tuple(options), number=number, tolerance=tolerance, feedback=feedback
    )


def _figures(body: str) -> list[tuple[str, str]]:
    before, options = split_options(body)
    return [("=", before), *options] if before.strip() else options


def _option(sign: str, hidden: str, inherited: str) -> GiftOption:
    weight, rest = take_weight(sign, hidden)
    figures, _mark, words = rest.partition("#")
    return GiftOption(
        read_text(figures),
        weight,
        is_marked_right=sign == "=",
        feedback=read_text(words, inherited),
    )


def _read_figures(figures: str) -> tuple[Decimal, Decimal]:
    if around := _AROUND.fullmatch(figures):
        return Decimal(around[1]), abs(Decimal(around[2] or 0))
    if between := _BETWEEN.fullmatch(figures):
        low, high = Decimal(between[1]), Decimal(between[2])
        if low <= high:
            return (low + high) / 2, (high - low) / 2
    raise UnreadableError(
        gettext_noop("“%(figures)s” is not a number."),
        gettext_noop(
            "Write it like 50, 3.5, 50:2 (give or take 2) or 48..52, with a point and no unit."
        ),
        {"figures": figures[:40]},
    )
