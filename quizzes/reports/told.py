"""Answers in words: what somebody gave, what would have been right, and what came too late."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from quizzes.asking import Asked, AskedOption, Kind
from quizzes.models import Answer

BETWEEN = "; "


class After(StrEnum):
    """What stood already when an answer came."""

    ANSWER = "answer"
    HAND_IN = "hand-in"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class ToldLate:
    """An answer that changed nothing, in words."""

    words: str
    at: datetime
    after: After


def late_answers(answer: Answer) -> list[ToldLate]:
    """What else was sent for this question, oldest first; one query."""
    return [
        ToldLate(given_in_words(answer.asked, late.response), late.at, _after(answer))
        for late in answer.late.all()
    ]


def _after(answer: Answer) -> After:
    if answer.answered_at is not None:
        return After.ANSWER
    attempt = answer.attempt
    is_closed = attempt.closes_at is not None and attempt.finished_at == attempt.closes_at
    return After.CLOSING if is_closed else After.HAND_IN


def given_in_words(asked: Asked, response: Any) -> str:
    """Empty where nothing was answered."""
    return _GIVEN.get(asked.kind, _chosen)(asked, response)


def right_in_words(asked: Asked) -> str:
    """The key: only for whoever has answered."""
    return _RIGHT.get(asked.kind, _right_ones)(asked)


def _typed(asked: Asked, response: Any) -> str:
    return _with_unit(asked, response) if isinstance(response, str) and response else ""


def _with_unit(asked: Asked, figure: str) -> str:
    if asked.has_currency:
        return f"{asked.unit}{figure}"
    return f"{figure} {asked.unit}".strip()


def _chosen(asked: Asked, response: Any) -> str:
    options = _by_pk(asked)
    given = response if isinstance(response, list) else []
    return _joined(options[pk].text for pk in given if pk in options)


def _matched(asked: Asked, response: Any) -> str:
    given, options = _parts(response), _by_pk(asked)
    chosen = ((one, options.get(given.get(str(one.pk)))) for one in asked.premises)
    return _joined(f"{one.text}: {option.pair}" for one, option in chosen if option)


def _filled(asked: Asked, response: Any) -> str:
    given, options = _parts(response), _by_pk(asked)
    if not given:
        return ""

    def words(gap: int) -> str:
        value = given.get(str(gap))
        return options[value].text if isinstance(value, int) and value in options else str(value)

    return _with_gaps(asked, words)


def _with_gaps(asked: Asked, words: Callable[[int], str]) -> str:
    return "".join(part if isinstance(part, str) else f"[{words(part)}]" for part in asked.parts)


def _right_ones(asked: Asked) -> str:
    return _joined(option.text for option in asked.options if option.is_right)


def _right_gaps(asked: Asked) -> str:
    def words(gap: int) -> str:
        # Of several accepted wordings the first speaks for all.
        return next((one.text for one in asked.options_of_gap(gap) if one.is_right), "")

    return _with_gaps(asked, words)


def _first_text(asked: Asked) -> str:
    return asked.options[0].text if asked.options else ""


def _by_pk(asked: Asked) -> dict[Any, AskedOption]:
    return {option.pk: option for option in asked.options}


def _parts(response: Any) -> Mapping[str, Any]:
    return response if isinstance(response, Mapping) else {}


def _joined(words: Iterable[str]) -> str:
    return BETWEEN.join(words)


_GIVEN: dict[str, Callable[[Asked, Any], str]] = {
    Kind.NUMBER: _typed,
    Kind.TEXT: _typed,
    Kind.SAY: _typed,
    Kind.MATCH: _matched,
    Kind.GAPS: _filled,
}
_RIGHT: dict[str, Callable[[Asked], str]] = {
    Kind.NUMBER: lambda asked: _with_unit(asked, f"{(asked.number or 0):f}"),
    Kind.TEXT: _first_text,
    Kind.SAY: lambda asked: asked.model_answer,
    Kind.ORDER: lambda asked: _joined(option.text for option in asked.options),
    Kind.MATCH: lambda asked: _joined(f"{one.text}: {one.pair}" for one in asked.premises),
    Kind.GAPS: _right_gaps,
}
