"""An answer is stored, marked and remembered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from quizzes import deadlines, scoring
from quizzes.actions.remembering import remember
from quizzes.actions.standings import finish, lock_standing
from quizzes.days import organisation_day
from quizzes.models import Answer, Attempt, LateAnswer, Question, Standing


@transaction.atomic
def submit_answer(
    *,
    attempt: Attempt,
    position: int,
    response: Any,
    sureness: str,
    at: datetime,
    key: UUID | None = None,
) -> Answer:
    """Stores the answer to one drawn question. The first one stands: twice is once.

    `key` names the form that was sent. The same form again, or the same words, is a retry after a
    lost reply. Whatever else comes when the question is answered, handed in or closed is kept as
    late, and changes nothing.
    """
    standing = lock_standing(attempt)
    answers = _drawn(attempt)
    answer = _at(answers, position)
    close_if_over(answer.attempt, standing, answers, at)
    if answer.answered_at is not None or answer.attempt.finished_at is not None:
        _keep_late(answer, response, sureness, at, key or uuid4())
        return answer
    answer.response, answer.sureness, answer.answered_at = response, sureness, at
    answer.key, answer.draft = key, None
    if answer.question.kind != Question.Kind.SAY:
        _judge(answer, scoring.mark(answer.asked.key, response))
    _settle(answer, answers, standing, at)
    return answer


@transaction.atomic
def mark_own_answer(*, attempt: Attempt, position: int, is_right: bool, at: datetime) -> Answer:
    """The person compared what she said with the model. The first mark stands."""
    standing = lock_standing(attempt)
    answers = _drawn(attempt)
    answer = _at(answers, position)
    can_mark = answer.question.kind == Question.Kind.SAY and answer.answered_at is not None
    if not can_mark or answer.is_right is not None or answer.attempt.finished_at is not None:
        return answer
    _judge(answer, scoring.mark(scoring.SayKey(), is_right))
    _settle(answer, answers, standing, at)
    return answer


@transaction.atomic
def keep_draft(*, attempt: Attempt, position: int, fields: dict[str, Any]) -> bool:
    """Keeps what is typed and not yet sent; whether there was still something to keep it for."""
    waiting = Answer.objects.filter(
        attempt=attempt, position=position, answered_at=None, attempt__finished_at=None
    )
    return bool(waiting.update(draft=fields))


@transaction.atomic
def hand_in(*, attempt: Attempt, at: datetime) -> Attempt:
    """Finishes a sitting as it is: what is unanswered counts as not right."""
    standing = lock_standing(attempt)
    current = Attempt.objects.select_related("module__brief").get(pk=attempt.pk)
    close_if_over(current, standing, None, at)
    if current.finished_at is None:
        finish(current, standing, at)
    return current


def close_if_over(
    attempt: Attempt, standing: Standing, answers: Sequence[Answer] | None, at: datetime
) -> None:
    """Ends a sitting whose due day is over, as of that day; `standing` is locked."""
    closes_at = attempt.closes_at
    is_open = attempt.finished_at is None
    if is_open and closes_at is not None and not deadlines.accepts(closes_at, at):
        finish(attempt, standing, closes_at, answers)


def _drawn(attempt: Attempt) -> list[Answer]:
    """All answers of the sitting as they stand, read behind the lock."""
    answers = list(
        Answer.objects.filter(attempt_id=attempt.pk).select_related(
            "question", "version", "attempt"
        )
    )
    for answer in answers:
        answer.attempt = answers[0].attempt
        # A module and its brief are long pages, read anew with each answer only to be thrown away.
        answer.attempt.module = attempt.module
    return answers


def _at(answers: Sequence[Answer], position: int) -> Answer:
    found = next((answer for answer in answers if answer.position == position), None)
    if found is None:
        raise Answer.DoesNotExist
    return found


def _judge(answer: Answer, mark: float) -> None:
    answer.mark, answer.is_right = mark, mark == 1


def _keep_late(answer: Answer, response: Any, sureness: str, at: datetime, key: UUID) -> None:
    is_retry = answer.key == key or (answer.response, answer.sureness) == (response, sureness)
    if answer.answered_at is None or not is_retry:
        LateAnswer.objects.get_or_create(
            answer=answer,
            key=key,
            defaults={"response": response, "sureness": sureness, "at": at},
        )


def _settle(answer: Answer, answers: Sequence[Answer], standing: Standing, at: datetime) -> None:
    """What a settled answer sets in motion: the memory of it, and perhaps the end."""
    cards = None
    if answer.is_right is not None and feeds_memory(answer):
        answer.expected, cards = remember(answer, organisation_day(at))
    answer.save(
        update_fields=[
            "response",
            "sureness",
            "answered_at",
            "is_right",
            "mark",
            "key",
            "draft",
            "expected",
        ]
    )
    if all(one.is_right is not None for one in answers):
        finish(answer.attempt, standing, at, answers, cards)


def feeds_memory(answer: Answer) -> bool:
    """Whether what is remembered of the question follows from this answer.

    Trying first is never held against anybody, and a check only shows that a change was read.
    """
    if answer.question.is_look_up or answer.attempt.is_check:
        return False
    return answer.is_right is True or answer.attempt.kind != Attempt.Kind.TRY
