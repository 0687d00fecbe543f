"""An answer is stored, marked and remembered."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from quizzes import scoring
from quizzes.actions.closing import close_if_over, close_others
from quizzes.actions.remembering import remember
from quizzes.actions.standings import finish, lock_standing
from quizzes.asking import Kind
from quizzes.days import organisation_day
from quizzes.models import Answer, Attempt, LateAnswer, Standing
from quizzes.reports import tried_in_vain


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

    The same words again are a retry after a lost reply. Whatever else comes when the question is
    answered, handed in or closed is kept as late, and changes nothing; `key` names the form that
    it was sent from.
    """
    standing = lock_standing(attempt)
    answer = _drawn(attempt, position, at)
    _close_first(answer.attempt, standing, at)
    if answer.is_closed or answer.attempt.finished_at is not None:
        _keep_late(answer, response, sureness, at, key or uuid4())
        return answer
    answer.response, answer.sureness, answer.answered_at = response, sureness, at
    answer.key, answer.draft = key, None
    if answer.asked.kind != Kind.SAY:
        _judge(answer, scoring.mark(answer.asked.key, response))
    _settle(answer, standing, at)
    return answer


@transaction.atomic
def mark_own_answer(*, attempt: Attempt, position: int, is_right: bool, at: datetime) -> Answer:
    """The person compared what she said with the model. The first mark stands."""
    standing = lock_standing(attempt)
    answer = _drawn(attempt, position, at)
    _close_first(answer.attempt, standing, at)
    can_mark = answer.asked.kind == Kind.SAY and answer.answered_at is not None
    if not can_mark or answer.is_right is not None or answer.attempt.finished_at is not None:
        return answer
    _judge(answer, scoring.mark(scoring.SayKey(), is_right))
    _settle(answer, standing, at)
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
    _close_first(current, standing, at)
    if current.finished_at is None:
        finish(current, standing, at)
    return current


def _close_first(attempt: Attempt, standing: Standing, at: datetime) -> None:
    """Ends what is over, this sitting or another of the module, before anything moves a date."""
    close_if_over(attempt, standing, at)
    if attempt.kind != Attempt.Kind.QUIZ:
        close_others(standing, at)


def _drawn(attempt: Attempt, position: int, at: datetime) -> Answer:
    """One answer of the sitting as it stands, read behind the lock; one query."""
    tried = tried_in_vain(attempt, organisation_day(at))
    answer = (
        Answer.objects.select_related("question", "version", "attempt")
        .with_weight(tried)
        .with_others()
        .get(attempt_id=attempt.pk, position=position)
    )
    # A module and its brief are long pages, read anew with each answer only to be thrown away.
    answer.attempt.module = attempt.module
    return answer


def _judge(answer: Answer, mark: float) -> None:
    answer.mark, answer.is_right = mark, mark == 1


def _keep_late(answer: Answer, response: Any, sureness: str, at: datetime, key: UUID) -> None:
    is_retry = (answer.response, answer.sureness) == (response, sureness)
    if answer.answered_at is not None and is_retry:
        return
    # Other words from the same form are another answer; the same ones come again as a retry.
    words = json.dumps([response, sureness], sort_keys=True)
    LateAnswer.objects.get_or_create(
        answer=answer,
        key=uuid5(key, words),
        defaults={"response": response, "sureness": sureness, "at": at},
    )


def _settle(answer: Answer, standing: Standing, at: datetime) -> None:
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
    if answer.is_right is not None and not answer.is_another_open:
        finish(answer.attempt, standing, at, cards)


def feeds_memory(answer: Answer) -> bool:
    """Whether what is remembered of the question follows from this answer.

    Trying first is never held against anybody, and a check only shows that a change was read. Who
    tried a question in vain has seen its key: for that day it tells nothing of her memory.
    """
    if answer.question.is_look_up or answer.attempt.is_check or answer.is_void:
        return False
    if answer.was_tried_in_vain and not answer.attempt.is_try:
        return False
    return answer.is_right is True or answer.attempt.kind != Attempt.Kind.TRY
