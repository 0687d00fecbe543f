"""A sitting begins: its questions are drawn and frozen."""

from collections.abc import Sequence
from datetime import datetime
from random import Random, SystemRandom
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes import memory
from quizzes.actions.standings import finish, lock_standing, note_start
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
    ChangeCheck,
    change_check,
    check_questions,
    drawn_from,
    newer_than,
    pool_of,
    practice_pool,
    quizzed_so_far,
    version_at,
)


class NothingToPractise(Exception):
    """The module has no live by-heart question."""


class NothingToCheck(Exception):
    """No change of the module waits for this person."""


class QuizInstead(Exception):
    """The module was written anew: only its quiz shows that she knows it."""


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
def start_check(
    *, person: AbstractBaseUser, module: ModulePage, at: datetime, rng: Random | None = None
) -> Attempt:
    """Asks about what changed since the person proved it; an open check is gone on with instead.

    One that was begun before the newest change asks for yesterday's words, so it is closed. Where
    no question is left to ask, having read the change is the check. Raises `NothingToCheck` and
    `QuizInstead`.
    """
    waiting = change_check(person, module)
    if waiting is None:
        raise NothingToCheck
    if waiting.needs_quiz:
        raise QuizInstead
    _close_superseded(waiting, at)
    attempt, is_new = _open_attempt(person, module, Attempt.Kind.CHECK, at)
    if is_new:
        questions = check_questions(module, waiting.changes)
        _deal(attempt, questions, rng or SystemRandom())
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


def _open_attempt(
    person: AbstractBaseUser, module: ModulePage, kind: str, at: datetime
) -> tuple[Attempt, bool]:
    defaults: dict[str, Any] = {"started_at": at, "version": lambda: version_at(module, at)}
    # The partial unique constraint decides between two tabs that start at once.
    return Attempt.objects.get_or_create(
        person_id=person.pk,
        module=module,
        kind=kind,
        finished_at=None,
        defaults=defaults,
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
