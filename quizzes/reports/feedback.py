"""One answer beside the key: what is told once the question is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizzes.asking import Asked, AskedOption, Kind
from quizzes.models import Answer
from quizzes.reports.sittings import ShownOption, options_as_shown
from quizzes.scoring import GapsKey, MatchKey, Rule, explain, is_right
from quizzes.wording import mark_in_words

TYPED = frozenset({Kind.NUMBER, Kind.TEXT, Kind.SAY})


class Verdict(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NOT_QUITE = "not-quite"
    NOT_ANSWERED = "not-answered"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in its right place, and the place that the person gave it."""

    text: str
    given_place: int | None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A premise or a gap: what is right there, and what the person chose or wrote."""

    right: str
    given: str = ""
    is_right: bool = False
    feedback: str = ""
    premise: str = ""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words of a text with gaps, or one gap filled."""

    words: str = ""
    part: ShownPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`reason` says why an answer counts as much as it does, where that isn't plain."""

    verdict: Verdict
    reason: str = ""
    own_words: str = ""
    options: tuple[ShownOption, ...] = ()
    steps: tuple[ShownStep, ...] = ()
    pairs: tuple[ShownPart, ...] = ()
    pieces: tuple[ShownPiece, ...] = ()


def feedback_on(answer: Answer) -> Feedback:
    """Whoever has not answered is told no key: else handing in empty would show them all."""
    if answer.answered_at is None:
        return Feedback(verdict=Verdict.NOT_ANSWERED)
    shown = list(options_as_shown(answer).values())
    return feedback_of(answer.asked, shown, answer.response, answer.mark)


def feedback_of(
    asked: Asked, shown: list[AskedOption], response: Any, mark: float | None
) -> Feedback:
    """`shown` are the options in the order in which this person saw them."""
    return Feedback(
        verdict=_verdict(mark),
        reason=_reason(asked, response, mark),
        own_words=response if asked.kind in TYPED and isinstance(response, str) else "",
        options=_options(asked, shown, response),
        steps=_steps(asked, response),
        pairs=_pairs(asked, shown, response),
        pieces=tuple(_pieces(asked, response)),
    )


def _verdict(mark: float | None) -> Verdict:
    if mark is None:
        return Verdict.NOT_ANSWERED
    if mark == 1:
        return Verdict.YES
    return Verdict.PARTLY if mark else Verdict.NOT_QUITE


def _reason(asked: Asked, response: Any, mark: float | None) -> str:
    if asked.kind == Kind.SAY or response is None:
        return ""
    explanation = explain(asked.key, response)
    # An answer that was corrected since is marked by another key than it was asked with.
    if explanation.mark != mark:
        return ""
    is_plain = explanation.rule is Rule.ALL_OR_NOTHING and mark == 0
    return "" if is_plain else mark_in_words(explanation)


def _options(asked: Asked, shown: list[AskedOption], response: Any) -> tuple[ShownOption, ...]:
    if asked.kind in TYPED or asked.kind in {Kind.ORDER, Kind.MATCH, Kind.GAPS}:
        return ()
    chosen = response if isinstance(response, list) else []
    return tuple(
        ShownOption(option.text, option.feedback, option.is_right, option.pk in chosen)
        for option in shown
    )


def _steps(asked: Asked, response: Any) -> tuple[ShownStep, ...]:
    if asked.kind != Kind.ORDER:
        return ()
    given = response if isinstance(response, list) else []
    places = {pk: place for place, pk in enumerate(given, start=1)}
    return tuple(ShownStep(option.text, places.get(option.pk)) for option in asked.options)


def _pairs(asked: Asked, shown: list[AskedOption], response: Any) -> tuple[ShownPart, ...]:
    if not isinstance(asked.key, MatchKey):
        return ()
    right = asked.key.pairs
    options = {option.pk: option for option in asked.options}
    # Things that read the same are one choice, so they share what there is to say of it.
    feedback = {option.pair: option.feedback for option in asked.options if option.feedback}
    parts = []
    for premise in (option for option in shown if option.text):
        given = _given(response, premise.pk)
        chosen = None if given is None else options.get(given)
        pair = chosen.pair if chosen else ""
        parts.append(
            ShownPart(
                premise=premise.text,
                right=premise.pair,
                given=pair,
                is_right=chosen is not None and chosen.pk in right[premise.pk],
                feedback=feedback.get(pair, ""),
            )
        )
    return tuple(parts)


def _pieces(asked: Asked, response: Any) -> Iterator[ShownPiece]:
    if not isinstance(asked.key, GapsKey):
        return
    for part in asked.parts:
        if isinstance(part, str):
            yield ShownPiece(words=part)
        else:
            yield ShownPiece(part=_gap(asked, part, _given(response, part)))


def _gap(asked: Asked, number: int, given: Any) -> ShownPart:
    options = asked.options_of_gap(number)
    chosen = next((option for option in options if given and option.pk == given), None)
    right = [option.text for option in options if option.is_right]
    return ShownPart(
        # Of several accepted wordings the first speaks for all.
        right=right[0] if right else "",
        given=chosen.text if chosen else str(given or ""),
        is_right=is_right(_key_of_one(asked, number), {number: given}),
        feedback=chosen.feedback if chosen else "",
    )


def _key_of_one(asked: Asked, number: int) -> GapsKey:
    key = asked.key
    return GapsKey({number: key.gaps[number]} if isinstance(key, GapsKey) else {})


def _given(response: Any, part: int) -> Any:
    return response.get(str(part)) if isinstance(response, Mapping) else None
