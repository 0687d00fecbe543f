"""A faulty question that was answered is put right: taken out, or marked by another key."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from knowledge.publishing import is_played
from quizzes.actions.standings import event_of, hold, lock_modules
from quizzes.actions.telling import tell_corrected
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    CorrectedAnswer,
    Correction,
    CorrectionNotice,
    ItemReview,
    QuestionVersion,
    Standing,
    StandingEvent,
)
from quizzes.models.versions import KEY_WORDS
from quizzes.reports.consequences import BATCH, consequences
from quizzes.reports.corrections import is_asked_today, told_of
from quizzes.reports.remedies import Consequence, Remedy
from quizzes.signals import standings_moved

CORRECTED = "quizzes.correct"
PREVIEWED = "quizzes.correct.preview"
MOVED_FIELDS = (
    "passed_on",
    "version",
    "ready_until",
    "practice_from",
    "unchecked",
    "own_ready_until",
    "own_practice_from",
)


class NothingToCorrect(Exception):
    """Nobody's answer would count differently, now or later."""


class EffectChanged(Exception):
    """What would happen is no longer what was shown; nothing was written."""


@transaction.atomic
def correct(
    *,
    version: QuestionVersion,
    kind: str,
    reason: str,
    by: AbstractBaseUser,
    at: datetime,
    new_words: Mapping[str, Any] | None = None,
    keeps_dates: bool = True,
    seen: str | None = None,
) -> Correction:
    """Takes a version out of all sittings, or marks it by the key of `new_words`.

    Dates and passes become what they would have been, each with its event and a message to whom it
    concerns. `seen` is the fingerprint of the effect that was shown. Raises `NothingToCorrect` and
    `EffectChanged`.
    """
    # Two corrections come one after the other; whoever begins a sitting waits for neither. Those
    # who were dealt the version are locked one batch after the other.
    locked = QuestionVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    remedy = Remedy(locked, kind, keeps_dates, at, new_words)
    lock_modules(remedy.answers.order_by().values("attempt__module"))
    found = list(consequences(remedy, is_locked=True))
    if not found and not is_new_key(remedy):
        raise NothingToCorrect
    if seen is not None and seen != told_of(remedy, found).fingerprint:
        raise EffectChanged
    correction = Correction.objects.create(
        version=locked,
        kind=kind,
        new_words=new_words,
        reason=reason,
        keeps_dates=keeps_dates,
        by_id=by.pk,
        at=at,
    )
    _settle_version(remedy, correction)
    # Before the standings move: a notice tells what was.
    CorrectionNotice.objects.bulk_create(
        [_notice(correction, one) for one in _one_each(found) if one.is_told], batch_size=BATCH
    )
    for batch in batched(found, BATCH):
        _write(correction, batch)
    log(instance=locked.question, action=CORRECTED, user=by, data={"kind": kind, "reason": reason})
    if not is_played():
        transaction.on_commit(lambda: tell_corrected(correction), robust=True)
    return correction


def is_new_key(remedy: Remedy) -> bool:
    """Whether answers that are still to come would be marked by another key."""
    return not remedy.is_void and remedy.asked.asked_json != remedy.version.asked.asked_json


def _settle_version(remedy: Remedy, correction: Correction) -> None:
    version = remedy.version
    if correction.new_words is not None:
        version.asked_words = {**version.first_words, KEY_WORDS: correction.new_words}
        version.save(update_fields=["asked_words"])
    if remedy.is_void:
        _hold_back(version, correction)


def _hold_back(version: QuestionVersion, correction: Correction) -> None:
    """What was taken out is asked nobody again, until it stands there in other words."""
    reviews = ItemReview.objects.filter(version=version, closed_at=None)
    if not is_asked_today(version, version.question):
        reviews.update(
            closed_at=correction.at,
            closed_by=correction.by_id,
            decision=ItemReview.Decision.VOID,
        )
    elif not reviews.exists():
        ItemReview.objects.create(version=version, opened_at=correction.at, figures={"n": 0})


def _write(correction: Correction, found: Sequence[Consequence]) -> None:
    _write_answers(correction, found)
    Attempt.objects.bulk_update(
        [attempt for one in found for attempt in one.attempts], ["finished_at", "is_passed"]
    )
    _write_memory(found)
    _write_standings(correction, [one for one in found if one.is_moved])


def _write_answers(correction: Correction, found: Sequence[Consequence]) -> None:
    touched = [(answer, one.marks[answer.pk]) for one in found for answer in one.answers]
    CorrectedAnswer.objects.bulk_create(
        CorrectedAnswer(
            correction=correction, answer=answer, mark_before=answer.mark, mark_after=mark
        )
        for answer, mark in touched
    )
    by_mark: dict[float | None, list[int]] = {}
    for answer, mark in touched:
        by_mark.setdefault(mark, []).append(answer.pk)
    for mark, pks in by_mark.items():
        answers = Answer.objects.filter(pk__in=pks)
        if mark is None:
            answers.update(is_void=True)
        else:
            answers.update(mark=mark, is_right=mark == 1)


def _write_memory(found: Sequence[Consequence]) -> None:
    """What is remembered of the question; nothing, where no answer to it is left."""
    changed = [
        (one.standing.person_id, question, trace)
        for one in found
        for question, trace in one.traces.items()
    ]
    forgotten = [person for person, _question, trace in changed if trace is None]
    questions = {question for _person, question, _trace in changed}
    Card.objects.filter(person__in=forgotten, question__in=questions).delete()
    Card.objects.bulk_create(
        [
            Card(
                person_id=person,
                question_id=question,
                stability=trace.stability,
                difficulty=trace.difficulty,
                reviewed_on=trace.reviewed_on,
            )
            for person, question, trace in changed
            if trace is not None
        ],
        update_conflicts=True,
        unique_fields=["person", "question"],
        update_fields=["stability", "difficulty", "reviewed_on"],
    )


def _write_standings(correction: Correction, moved: Sequence[Consequence]) -> None:
    standings, events = [], []
    for one in moved:
        standing, before = one.standing, one.ready_before
        _move(one)
        standings.append(standing)
        events.append(
            event_of(standing, StandingEvent.Kind.CORRECTED, before=before, at=correction.at)
        )
    Standing.objects.bulk_update(standings, MOVED_FIELDS)
    StandingEvent.objects.bulk_create(events)
    standings_moved.send(
        Standing,
        people=[standing.person_id for standing in standings],
        modules={standing.module_id for standing in standings},
    )


def _move(one: Consequence) -> None:
    standing = one.standing
    standing.passed_on, standing.version = one.passed_on, one.version
    if one.held:
        hold(standing, one.held)
    else:
        standing.ready_until = standing.practice_from = standing.unchecked_id = None
        standing.own_ready_until = standing.own_practice_from = None


def _one_each(found: Sequence[Consequence]) -> Iterable[Consequence]:
    """A question that was moved was asked by two modules: one message, of the one that moved."""
    by_person: dict[int, Consequence] = {}
    for one in sorted(found, key=lambda one: one.is_moved):
        by_person[one.standing.person_id] = one
    return by_person.values()


def _notice(correction: Correction, one: Consequence) -> CorrectionNotice:
    return CorrectionNotice(
        correction=correction,
        person_id=one.standing.person_id,
        module_id=one.standing.module_id,
        ready_before=one.ready_before,
        ready_after=one.ready_after,
        is_passed_before=one.is_passed_before,
        is_passed_after=one.is_passed_after,
    )
