"""A person's sittings with one module, as `quizzes.replaying` plays them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from quizzes import replaying
from quizzes.days import organisation_day
from quizzes.memory import MemoryRules, Sureness
from quizzes.models import Answer, Attempt, Standing
from quizzes.replaying import History, Played, Turn


def history_of(
    standing: Standing,
    attempts: Iterable[Attempt],
    drawn: Mapping[int, Sequence[Answer]],
    *,
    rules: MemoryRules,
    counts: Callable[[Answer], bool],
) -> History:
    """`drawn` are the answers of each attempt; `counts` tells whether dates rest on a question."""
    sittings = tuple(
        Played(
            key=attempt.pk,
            kind=replaying.Kind(attempt.kind),
            turns=tuple(_turn(answer, counts(answer)) for answer in drawn.get(attempt.pk, ())),
            at=attempt.finished_at,
            on=_day(attempt.finished_at),
            closes_at=attempt.closes_at,
        )
        for attempt in attempts
    )
    return History(sittings, rules, standing.module.valid_days)


def _turn(answer: Answer, is_counted: bool) -> Turn:
    question = answer.question
    return Turn(
        key=answer.pk,
        question=question.pk,
        mark=answer.mark,
        sureness=Sureness(answer.sureness or Sureness.GUESSING),
        at=answer.answered_at,
        on=_day(answer.answered_at),
        must_know=question.is_must_know,
        is_remembered=not question.is_look_up,
        is_counted=is_counted,
        is_void=answer.is_void,
    )


def _day(at: datetime | None) -> date | None:
    return organisation_day(at) if at else None
