r"""Reads what stands in the braces, and tells from it what is asked.

- nothing: an essay
- `T`, `TRUE`, `F` or `FALSE`: true or false; then the words for a wrong and for a right answer
- `#`: a number, as `50`, `50:2` (give or take 2) or `48..52`
- options that begin with `=` (right) or `~` (not right): a choice; only `=`: a short answer;
  only `=`, an arrow and no worth: matching. `-\>` is no arrow

Each option may begin with `%50%` (its worth) and end with `#words for who chose it`. `####` begins
the words for everybody.
"""

from collections.abc import Sequence

from quizzes.importers.gift.numbers import read_number
from quizzes.importers.gift.shapes import (
    GiftAnswers,
    GiftOption,
    GiftText,
    Shape,
    UnreadableError,
    gettext_noop,
)
from quizzes.importers.gift.signs import read_text
from quizzes.importers.gift.weights import FULL, NONE, WEIGHT, split_options, take_weight

_TRUE = frozenset({"T", "TRUE"})
_FALSE = frozenset({"F", "FALSE"})
_ARROW = "->"
_FEWEST_PAIRS = 2


def read_answers(hidden: str, inherited: str) -> GiftAnswers:
    """Raises `UnreadableError` where the braces hold nothing that GIFT knows."""
    body, words = _take_words_for_all(hidden)
    feedback = read_text(words, inherited)
    if not body:
        return GiftAnswers(Shape.ESSAY, feedback=feedback)
    if body.startswith("#"):
        return read_number(body[1:], inherited, feedback)
    verdict = body.partition("#")[0].strip().upper()
    if verdict in _TRUE | _FALSE:
        return _read_true_false(body, inherited, feedback, is_true=verdict in _TRUE)
    return _read_options(body, inherited, feedback)


def _take_words_for_all(hidden: str) -> tuple[str, str]:
    if "####" not in hidden:
        return hidden.strip(), ""
    body, _mark, words = hidden.rpartition("####")
    return body.strip(), words


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
    before, parts = split_options(body)
    if before.strip() or not parts:
        raise UnreadableError(
            gettext_noop("The answers begin with neither = nor ~."),
            gettext_noop("Put = before what is right and ~ before what is not."),
        )
    shape = _shape(parts)
    options = tuple(_read_option(sign, text, inherited, shape) for sign, text in parts)
    if shape is Shape.MATCHING:
        _refuse_loose_ends(options)
    return GiftAnswers(shape, options, feedback=feedback)


def _shape(parts: Sequence[tuple[str, str]]) -> Shape:
    if any(sign == "~" for sign, _text in parts):
        return Shape.CHOICE
    has_arrow = any(_ARROW in text.partition("#")[0] for _sign, text in parts)
    # Moodle gives the worth of each accepted wording and never that of a pair.
    has_weight = any(WEIGHT.match(text) for _sign, text in parts)
    return Shape.MATCHING if has_arrow and not has_weight else Shape.TEXT


def _read_option(sign: str, hidden: str, inherited: str, shape: Shape) -> GiftOption:
    weight, rest = take_weight(sign, hidden)
    text, _mark, words = rest.partition("#")
    pair = ""
    if shape is Shape.MATCHING:
        before, arrow, after = text.rpartition(_ARROW)
        text, pair = (before, after) if arrow else (text, "")
    return GiftOption(
        read_text(text, inherited),
        weight,
        is_marked_right=sign == "=",
        feedback=read_text(words, inherited),
        pair=read_text(pair),
    )


def _refuse_loose_ends(options: Sequence[GiftOption]) -> None:
    """A partner with nothing before its arrow is there to mislead; each needs an arrow."""
    whole = [option for option in options if option.text.text]
    if len(whole) < _FEWEST_PAIRS or not all(option.pair.text for option in options):
        raise UnreadableError(
            gettext_noop("Matching needs at least two pairs, and nothing but pairs."),
            gettext_noop("Write at least two pairs like =Canada -> Ottawa =Italy -> Rome."),
        )
