"""Reads what stands in the braces, and tells from it what is asked.

- nothing: an essay
- `T`, `TRUE`, `F` or `FALSE`: true or false; then the words for a wrong and for a right answer
- `#`: a number, as `50`, `50:2` (give or take 2) or `48..52`
- options that begin with `=` (right) or `~` (not right): a choice; only `=`: a short answer;
  only `=` and an arrow: matching

Each option may begin with `%50%` (its worth) and end with `#words for who chose it`. `####` begins
the words for everybody.
"""

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

FULL = Decimal(100)
NONE = Decimal(0)
MOST_OPTIONS = 100

_TRUE = frozenset({"T", "TRUE"})
_FALSE = frozenset({"F", "FALSE"})
_MARKER = re.compile(r"([=~])")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_ARROW = "->"
_FIGURES = r"[-+]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})"
_AROUND = re.compile(rf"({_FIGURES})(?:\s*:\s*({_FIGURES}))?")
_BETWEEN = re.compile(rf"({_FIGURES})\s*\.\.\s*({_FIGURES})")


def read_answers(hidden: str, inherited: str) -> GiftAnswers:
    """Raises `UnreadableError` where the braces hold nothing that GIFT knows."""
    body, _mark, words = hidden.partition("####")
    body, feedback = body.strip(), read_text(words, inherited)
    if not body:
        return GiftAnswers(Shape.ESSAY, feedback=feedback)
    if body.startswith("#"):
        return _read_number(body[1:], inherited, feedback)
    verdict = body.partition("#")[0].strip().upper()
    if verdict in _TRUE | _FALSE:
        return _read_true_false(body, inherited, feedback, is_true=verdict in _TRUE)
    return _read_options(body, inherited, feedback)


def _read_true_false(
    body: str, inherited: str, feedback: GiftText, *, is_true: bool
) -> GiftAnswers:
    _verdict, _mark, words = body.partition("#")
    for_wrong, _mark, for_right = words.partition("#")
    options = tuple(
        GiftOption(
            GiftText(name),
            FULL if is_right else NONE,
            is_marked_right=is_right,
            feedback=read_text(for_right if is_right else for_wrong, inherited),
        )
        for name, is_right in (("True", is_true), ("False", not is_true))
    )
    return GiftAnswers(Shape.TRUE_FALSE, options, feedback=feedback)


def _read_options(body: str, inherited: str, feedback: GiftText) -> GiftAnswers:
    before, *parts = _split(body)
    if before.strip() or not parts:
        raise UnreadableError(
            gettext_noop("The answers begin with neither = nor ~."),
            gettext_noop("Put = before what is right and ~ before what is not."),
        )
    signs, texts = parts[::2], parts[1::2]
    shape = Shape.CHOICE
    if "~" not in signs:
        shape = Shape.MATCHING if any(_ARROW in text for text in texts) else Shape.TEXT
    options = tuple(
        _read_option(sign, text, inherited, shape) for sign, text in zip(signs, texts, strict=True)
    )
    return GiftAnswers(shape, options, feedback=feedback)


def _split(body: str) -> list[str]:
    """What stands before the first marker; then each marker and the text behind it."""
    parts = _MARKER.split(body, maxsplit=MOST_OPTIONS + 1)
    if len(parts) > 2 * MOST_OPTIONS + 1:
        raise UnreadableError(
            gettext_noop("There are more than %(most)s answers."),
            gettext_noop(r"Write \= and \~ where these signs belong to a text."),
            {"most": str(MOST_OPTIONS)},
        )
    return parts


def _read_option(sign: str, hidden: str, inherited: str, shape: Shape) -> GiftOption:
    weight, rest = _take_weight(sign, hidden)
    text, _mark, words = rest.partition("#")
    pair = ""
    if shape is Shape.MATCHING:
        text, _arrow, pair = text.rpartition(_ARROW)
    return GiftOption(
        read_text(text, inherited),
        weight,
        is_marked_right=sign == "=",
        feedback=read_text(words, inherited),
        pair=read_text(pair).text,
    )


def _take_weight(sign: str, hidden: str) -> tuple[Decimal, str]:
    if found := _WEIGHT.match(hidden):
        return Decimal(found[1]), hidden[found.end() :]
    return (FULL if sign == "=" else NONE), hidden


def _read_number(body: str, inherited: str, feedback: GiftText) -> GiftAnswers:
    before, *parts = _split(body)
    if not parts:
        parts = ["=", before]
    weighed = [_take_weight(sign, text) for sign, text in zip(parts[::2], parts[1::2], strict=True)]
    right = [text for weight, text in weighed if weight == FULL]
    if len(right) != 1 or any(NONE < weight < FULL for weight, _text in weighed):
        raise UnreadableError(
            gettext_noop("A number has one right answer, and nothing is half right."),
            gettext_noop("Write it like {#50:2}, where 2 is how far off is still right."),
        )
    figures, _mark, words = right[0].partition("#")
    number, tolerance = _read_figures(figures.strip())
    feedback = feedback if feedback.text else read_text(words, inherited)
    return GiftAnswers(Shape.NUMBER, number=number, tolerance=tolerance, feedback=feedback)


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
