"""An answer is stored, marked and remembered."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from quizzes import memory, scoring
from quizzes.actions.standings import finish, lock_standing
from quizzes.days import organisation_day
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    Question,
    Standing,
)
from quizzes.reports import (
    memory_of,
)


@transaction.atomic
def submit_answer(
    *, attempt: Attempt, position: int, response: Any, sureness: str, at: datetime
) -> Answer:
    """Stores the answer to one drawn question. The first one stands: twice is once."""
    standing = lock_standing(attempt)
    answer = _drawn_answer(attempt, position)
    if answer.answered_at is not None or answer.attempt.finished_at is not None:
        return answer
    answer.response, answer.sureness, answer.answered_at = response, sureness, at
    if answer.question.kind != Question.Kind.SAY:
        answer.is_right = scoring.is_right(key_of(answer), response)
    answer.save(update_fields=["response", "sureness", "answered_at", "is_right"])
    _settle(answer, standing, at)
    return answer


@transaction.atomic
def mark_own_answer(*, attempt: Attempt, position: int, is_right: bool, at: datetime) -> Answer:
    """The person compared what she said with the model. The first mark stands."""
    standing = lock_standing(attempt)
    answer = _drawn_answer(attempt, position)
    can_mark = answer.question.kind == Question.Kind.SAY and answer.answered_at is not None
    if not can_mark or answer.is_right is not None or answer.attempt.finished_at is not None:
        return answer
    answer.is_right = scoring.is_right(scoring.SayKey(), is_right)
    answer.save(update_fields=["is_right"])
    _settle(answer, standing, at)
    return answer


@transaction.atomic
def hand_in(*, attempt: Attempt, at: datetime) -> Attempt:
    """Finishes a sitting as it is: what is unanswered counts as not right."""
    standing = lock_standing(attempt)
    current = Attempt.objects.select_related("module__brief").get(pk=attempt.pk)
    if current.finished_at is None:
        finish(current, standing, at)
    return current


def key_of(answer: Answer) -> scoring.AnswerKey:
    """The key to what this person was shown: an option added meanwhile is no part of it."""
    options = list(answer.question.options.all())
    if answer.question.kind != Question.Kind.TEXT:
        options = [option for option in options if option.pk in answer.option_order]
    return answer.question.key_from(options)


def _drawn_answer(attempt: Attempt, position: int) -> Answer:
    drawn = Answer.objects.select_related("question", "attempt")
    answer = drawn.get(attempt_id=attempt.pk, position=position)
    # A module and its brief are long pages, read anew with each answer only to be thrown away.
    answer.attempt.module = attempt.module
    return answer


def _settle(answer: Answer, standing: Standing, at: datetime) -> None:
    """What a settled answer sets in motion: the memory of it, and perhaps the end."""
    if answer.is_right is None:
        return
    if not (answer.question.is_look_up or answer.attempt.is_check):
        _remember(answer, organisation_day(at))
    if not answer.attempt.answers.filter(is_right=None).exists():
        finish(answer.attempt, standing, at)


def _remember(answer: Answer, day: date) -> None:
    person_id, question = answer.attempt.person_id, answer.question
    card = Card.objects.filter(person_id=person_id, question=question).first()
    trace = memory.review(
        memory_of(card, question),
        right=bool(answer.is_right),
        sureness=memory.Sureness(answer.sureness or memory.Sureness.GUESSING),
        on=day,
        must_know=question.is_must_know,
    )
    card = card or Card(person_id=person_id, question=question)
    card.stability, card.difficulty = trace.stability, trace.difficulty
    card.reviewed_on = trace.reviewed_on
    card.save()
