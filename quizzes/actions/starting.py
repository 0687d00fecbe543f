"""A sitting begins: its questions are drawn and frozen."""

from collections.abc import Sequence
from datetime import datetime
from random import Random, SystemRandom

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes import memory
from quizzes.actions.closing import open_attempts
from quizzes.actions.standings import begin_standing, finish, lock_own, lock_standing
from quizzes.actions.versions import versions_now
from quizzes.asking import Asked, Kind
from quizzes.days import organisation_day
from quizzes.drawing import OpensTomorrow
from quizzes.models import (
    Answer,
    Attempt,
    Question,
    QuizSettings,
)
from quizzes.reports import (
    PRACTICE_QUESTIONS,
    TRY_QUESTIONS,
    ChangeCheck,
    DaySoFar,
    change_check,
    check_questions,
    drawn_from,
    is_quiz_over,
    newer_than,
    pool_of,
    practice_pool,
    quiz_closes_at,
    quizzed_so_far,
    try_pool,
    version_at,
)


class NothingToPractise(Exception):
    """The module has no live by-heart question."""


class NothingToCheck(Exception):
    """No change of the module waits for this person."""


class QuizInstead(Exception):
    """The module was written anew: only its quiz shows that she knows it."""


class QuizClosed(Exception):
    """The day until which the module's quiz was open has gone by."""


class NothingToTry(Exception):
    """She has begun already, or there is nothing to ask beforehand."""


@transaction.atomic
def start_quiz(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Draws the questions and freezes them; an open attempt is gone on with instead.

    Raises `OpensTomorrow` when no graded attempt is possible any more on this day, and
    `QuizClosed` once the module's due day is over.
    """
    running = _begin(person, module, at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.QUIZ, at, running)
    if is_new:
        if is_quiz_over(module, at):
            raise QuizClosed
        day = organisation_day(at)
        so_far = DaySoFar() if running is None else quizzed_so_far(person, module, day)
        pool = pool_of(module)
        drawn = drawn_from(
            pool,
            QuizSettings.load().questions_drawn,
            so_far,
            rng or SystemRandom(),
            opens_at_once=module.opens_at_once,
        )
        if not drawn:
            raise OpensTomorrow
        by_pk = {question.pk: question for question in pool}
        _deal(attempt, [by_pk[pk] for pk in drawn], at, rng or SystemRandom())
    return attempt


@transaction.atomic
def start_try(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """A few questions before reading; an open one is gone on with instead.

    Raises `NothingToTry` for whoever has been asked by this module before.
    """
    running = _begin(person, module, at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.TRY, at, running)
    if is_new:
        chance = rng or SystemRandom()
        questions = try_pool(person, module)
        if not questions:
            raise NothingToTry
        _deal(attempt, chance.sample(questions, min(TRY_QUESTIONS, len(questions))), at, chance)
    return attempt


@transaction.atomic
def start_practice(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Takes the weakest by-heart questions; an open practice is gone on with instead.

    Raises `NothingToPractise` for a module without by-heart questions.
    """
    running = _begin(person, module, at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.PRACTICE, at, running)
    if is_new:
        pool = practice_pool(person, module)
        if not pool:
            raise NothingToPractise
        weakest = memory.weakest(pool, organisation_day(at), PRACTICE_QUESTIONS)
        _deal(attempt, weakest, at, rng or SystemRandom())
    return attempt


@transaction.atomic
def start_check(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Asks about what changed since the person proved it; an open check is gone on with instead.

    One that was begun before the newest change asks for yesterday's words, so it is closed. Where
    no question is left to ask, having read the change is the check. Raises `NothingToCheck` and
    `QuizInstead`.
    """
    if not lock_own(person, module):
        raise NothingToCheck
    waiting = change_check(person, module)
    if waiting is None:
        raise NothingToCheck
    if waiting.needs_quiz:
        raise QuizInstead
    _close_superseded(waiting, at)
    running = open_attempts(person, module, at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.CHECK, at, running)
    if is_new:
        questions = check_questions(module, waiting.changes)
        _deal(attempt, questions, at, rng or SystemRandom())
        if not questions:
            finish(attempt, lock_standing(attempt), at)
    return attempt


def _close_superseded(waiting: ChangeCheck, at: datetime) -> None:
    checks = Attempt.objects.open().filter(
        person_id=waiting.standing.person_id, module=waiting.module, kind=Attempt.Kind.CHECK
    )
    for attempt in checks.select_related("module"):
        if newer_than(attempt, waiting.missed):
            attempt.finished_at, attempt.is_passed = at, False
            attempt.save(update_fields=["finished_at", "is_passed"])


def _begin(person: AbstractBaseUser, module: ModulePage, at: datetime) -> Sequence[Attempt] | None:
    """Locks the person's standing, so that two tabs start one after the other.

    Whatever is over is closed first: events stand in their order. Gives back what she is in the
    middle of with this module; `None` for whoever begins with it now.
    """
    if not lock_own(person, module):
        if begin_standing(person=person, module=module, at=at):
            return None
        lock_own(person, module)
    return open_attempts(person, module, at)


def _open_attempt(
    person: AbstractBaseUser,
    module: ModulePage,
    kind: str,
    at: datetime,
    running: Sequence[Attempt] | None,
) -> tuple[Attempt, bool]:
    """The sitting to go on with, or a new one; behind the lock, so nobody else makes it meanwhile.

    The partial unique constraint holds even where a lock fails.
    """
    for attempt in running or ():
        if attempt.kind == kind:
            return attempt, False
    attempt = Attempt(
        person_id=person.pk,
        module=module,
        kind=kind,
        started_at=at,
        version=version_at(module, at),
        closes_at=quiz_closes_at(module) if kind == Attempt.Kind.QUIZ else None,
    )
    attempt.save(force_insert=True)
    return attempt, True


def _deal(attempt: Attempt, questions: Sequence[Question], at: datetime, rng: Random) -> None:
    versions = versions_now(questions, at)
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=question,
            version=versions[question.pk],
            position=position,
            option_order=_dealt(versions[question.pk].asked, rng),
        )
        for position, question in enumerate(questions, start=1)
    )


def _dealt(asked: Asked, rng: Random) -> list[int]:
    """The options in the order that this person sees; steps never stand solved already."""
    pks = [option.pk for option in asked.options]
    order = rng.sample(pks, k=len(pks))
    if asked.kind == Kind.ORDER and order == pks:
        return [*order[1:], *order[:1]]
    return order
