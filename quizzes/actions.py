"""The only writer of this room: sittings are started, answered and finished here.

Every action takes the moment as `at`, so that history can be played and tests need no clock.
"""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random, SystemRandom
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes import memory, scoring
from quizzes.days import organisation_day
from quizzes.drawing import OpensTomorrow
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    Question,
    QuizSettings,
    Standing,
    StandingEvent,
)
from quizzes.reports import (
    PRACTICE_QUESTIONS,
    answered_elsewhere,
    drawn_from,
    memory_of,
    pool_of,
    practice_pool,
    quizzed_so_far,
    traces_of,
)


class NothingToPractise(Exception):
    """The module has no live by-heart question."""


@transaction.atomic
def note_start(*, person: AbstractBaseUser, module: ModulePage, at: datetime) -> Standing:
    """The person has begun with the module. Only the first time counts."""
    standing, is_new = Standing.objects.get_or_create(
        person_id=person.pk, module=module, defaults={"started_at": at}
    )
    if is_new:
        _record(standing, StandingEvent.Kind.STARTED, before=None, at=at)
    return standing


@transaction.atomic
def start_quiz(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Draws the questions and freezes them; an open attempt is gone on with instead.

    Raises `OpensTomorrow` when no graded attempt is possible any more on this day.
    """
    note_start(person=person, module=module, at=at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.QUIZ, at)
    if is_new:
        so_far = quizzed_so_far(person, module, organisation_day(at))
        pool = pool_of(module)
        drawn = drawn_from(pool, QuizSettings.load().questions_drawn, so_far, rng or SystemRandom())
        if not drawn:
            raise OpensTomorrow
        by_pk = {question.pk: question for question in pool}
        _deal(attempt, [by_pk[pk] for pk in drawn], rng or SystemRandom())
    return attempt


@transaction.atomic
def start_practice(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Takes the weakest by-heart questions; an open practice is gone on with instead.

    Raises `NothingToPractise` for a module without by-heart questions.
    """
    note_start(person=person, module=module, at=at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.PRACTICE, at)
    if is_new:
        pool = practice_pool(person, module)
        if not pool:
            raise NothingToPractise
        weakest = memory.weakest(pool, organisation_day(at), PRACTICE_QUESTIONS)
        _deal(attempt, weakest, rng or SystemRandom())
    return attempt


@transaction.atomic
def submit_answer(
    *, attempt: Attempt, position: int, response: Any, sureness: str, at: datetime
) -> Answer:
    """Stores the answer to one drawn question. The first one stands: twice is once."""
    answer = _locked_answer(attempt, position)
    if answer.answered_at is not None or answer.attempt.finished_at is not None:
        return answer
    answer.response, answer.sureness, answer.answered_at = response, sureness, at
    if answer.question.kind != Question.Kind.SAY:
        answer.is_right = scoring.is_right(answer.question.answer_key, response)
    answer.save(update_fields=["response", "sureness", "answered_at", "is_right"])
    _settle(answer, at)
    return answer


@transaction.atomic
def mark_own_answer(*, attempt: Attempt, position: int, is_right: bool, at: datetime) -> Answer:
    """The person compared what she said with the model. The first mark stands."""
    answer = _locked_answer(attempt, position)
    can_mark = answer.question.kind == Question.Kind.SAY and answer.answered_at is not None
    if not can_mark or answer.is_right is not None or answer.attempt.finished_at is not None:
        return answer
    answer.is_right = scoring.is_right(scoring.SayKey(), is_right)
    answer.save(update_fields=["is_right"])
    _settle(answer, at)
    return answer


@transaction.atomic
def hand_in(*, attempt: Attempt, at: datetime) -> Attempt:
    """Finishes a sitting as it is: what is unanswered counts as not right."""
    locked = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if locked.finished_at is None:
        _finish(locked, at)
    return locked


def _open_attempt(
    person: AbstractBaseUser, module: ModulePage, kind: str, at: datetime
) -> tuple[Attempt, bool]:
    # The partial unique constraint decides between two tabs that start at once.
    return Attempt.objects.get_or_create(
        person_id=person.pk,
        module=module,
        kind=kind,
        finished_at=None,
        defaults={"started_at": at, "version": module.brief.version},
    )


def _deal(attempt: Attempt, questions: Sequence[Question], rng: Random) -> None:
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=question,
            position=position,
            option_order=_shuffled([option.pk for option in question.options.all()], rng),
        )
        for position, question in enumerate(questions, start=1)
    )


def _shuffled(pks: list[int], rng: Random) -> list[int]:
    """The options in the order that this person sees; steps never stand solved already."""
    order = rng.sample(pks, k=len(pks))
    return order if order != pks or len(pks) < 2 else [*order[1:], order[0]]


def _locked_answer(attempt: Attempt, position: int) -> Answer:
    # The attempt's row is locked first, so that two tabs answer one after the other.
    locked = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("module__brief")
        .get(pk=attempt.pk)
    )
    answer = Answer.objects.select_related("question").get(attempt=locked, position=position)
    answer.attempt = locked
    return answer


def _settle(answer: Answer, at: datetime) -> None:
    """What a settled answer sets in motion: the memory of it, and perhaps the end."""
    if answer.is_right is None:
        return
    if not answer.question.is_look_up:
        _remember(answer, organisation_day(at))
    if not answer.attempt.answers.filter(is_right=None).exists():
        _finish(answer.attempt, at)


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


def _finish(attempt: Attempt, at: datetime) -> None:
    answers = list(attempt.answers.select_related("question"))
    attempt.finished_at = at
    if attempt.is_practice:
        _practised(attempt, answers, at)
    else:
        _examined(attempt, answers, at)
    attempt.save(update_fields=["finished_at", "is_passed"])


def _examined(attempt: Attempt, answers: Sequence[Answer], at: datetime) -> None:
    rules = QuizSettings.load().rules
    marks = [memory.Mark(answer.is_right, answer.question.is_must_know) for answer in answers]
    attempt.is_passed = memory.is_pass(marks, rules)
    standing = _locked_standing(attempt)
    earlier, day = standing.dates, organisation_day(at)
    traces = traces_of(attempt.person_id, attempt.module)
    valid_days = attempt.module.valid_days
    if attempt.is_passed:
        dates = memory.dates_after_pass(
            traces,
            on=day,
            rules=rules,
            earlier=earlier,
            passed_on=standing.passed_on,
            valid_days=valid_days,
        )
        standing.passed_on, standing.version = day, attempt.version
        _move(standing, StandingEvent.Kind.PASSED, dates, at)
    elif earlier:
        dates = memory.dates_after_not_yet(
            traces, on=day, rules=rules, earlier=earlier, valid_days=valid_days
        )
        _move(standing, StandingEvent.Kind.NOT_YET, dates, at)


def _practised(attempt: Attempt, answers: Sequence[Answer], at: datetime) -> None:
    standing = _locked_standing(attempt)
    if standing.dates is None:
        return
    first_today = _first_of_the_day(attempt, answers, organisation_day(at))
    dates = memory.dates_after_practice(
        traces_of(attempt.person_id, attempt.module),
        on=organisation_day(at),
        rules=QuizSettings.load().rules,
        earlier=standing.dates,
        right=sum(answer.is_right is True for answer in first_today),
        answered=len(first_today),
        valid_days=attempt.module.valid_days,
    )
    _move(standing, StandingEvent.Kind.PRACTISED, dates, at)


def _first_of_the_day(attempt: Attempt, answers: Sequence[Answer], day: date) -> list[Answer]:
    """Those whose question was not answered before, on the same day, in another sitting."""
    elsewhere = answered_elsewhere(attempt, day)
    return [
        answer
        for answer in answers
        if answer.is_right is not None and answer.question_id not in elsewhere
    ]


def _locked_standing(attempt: Attempt) -> Standing:
    return Standing.objects.select_for_update(of=("self",)).get(
        person_id=attempt.person_id, module=attempt.module
    )


def _move(standing: Standing, kind: str, dates: memory.Dates, at: datetime) -> None:
    before = standing.ready_until
    standing.ready_until, standing.practice_from = dates.ready_until, dates.practice_from
    standing.save()
    _record(standing, kind, before=before, at=at)


def _record(standing: Standing, kind: str, *, before: date | None, at: datetime) -> None:
    StandingEvent.objects.create(
        person_id=standing.person_id,
        module=standing.module,
        at=at,
        kind=kind,
        version=standing.version,
        ready_from=before,
        ready_to=standing.ready_until,
        practice_from=standing.practice_from,
    )
