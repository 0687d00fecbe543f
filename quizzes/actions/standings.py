"""A sitting ends, and moves the person's standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from knowledge.models import ModulePage
from quizzes import checking, memory
from quizzes.checking import Held
from quizzes.days import organisation_day
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    QuizSettings,
    Standing,
    StandingEvent,
)
from quizzes.replaying import ANSWERS_COUNT_FOR
from quizzes.reports import (
    answered_elsewhere,
    cards_of,
    changes_of,
    counted_traces,
    missed_since,
    newer_than,
)
from quizzes.signals import standings_moved


@transaction.atomic(savepoint=False)
def note_start(*, person: AbstractBaseUser, module: ModulePage, at: datetime) -> bool:
    """The person has begun with the module. Only the first time counts: whether this was it."""
    if Standing.objects.filter(person_id=person.pk, module=module).exists():
        return False
    return begin_standing(person=person, module=module, at=at)


def begin_standing(*, person: AbstractBaseUser, module: ModulePage, at: datetime) -> bool:
    """Makes the standing of somebody who had none a moment ago; false where it is there by now."""
    try:
        with transaction.atomic():
            standing = Standing.objects.create(person_id=person.pk, module=module, started_at=at)
    except IntegrityError:
        return False
    record(standing, StandingEvent.Kind.STARTED, before=None, at=at)
    return True


# Of a question, what no verdict needs.
LONG_WORDS = (
    "question__situation",
    "question__stem",
    "question__explanation",
    "question__model_answer",
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A sitting on the moment of its end, with the person's standing, locked."""

    attempt: Attempt
    standing: Standing
    answers: Sequence[Answer]
    cards: Mapping[int, Card]
    at: datetime

    @property
    def day(self) -> date:
        return organisation_day(self.at)

    @property
    def traces(self) -> list[memory.Trace]:
        return counted_traces(self.cards.values())


def finish(
    attempt: Attempt,
    standing: Standing,
    at: datetime,
    cards: Mapping[int, Card] | None = None,
) -> None:
    """Ends a sitting; `standing` is the person's, locked.

    The module's `cards` are read anew where the caller hasn't them at hand.
    """
    answers = attempt.answers.select_related("question").defer(*LONG_WORDS)
    if cards is None:
        cards = cards_of(attempt.person_id, attempt.module_id)
    attempt.finished_at = at
    counted = [answer for answer in answers if not answer.is_void]
    settle = {
        Attempt.Kind.PRACTICE: _practised,
        Attempt.Kind.CHECK: _checked,
        Attempt.Kind.TRY: _tried,
    }
    ending = Ending(attempt, standing, counted, cards, at)
    settle.get(Attempt.Kind(attempt.kind), _examined)(ending)
    attempt.save(update_fields=["finished_at", "is_passed"])


def _examined(ending: Ending) -> None:
    attempt, standing, rules = ending.attempt, ending.standing, QuizSettings.load().rules
    attempt.is_passed = memory.is_pass(marks_of(ending.answers, ending.at), rules)
    earlier, valid_days = standing.own_dates, attempt.module.valid_days
    if attempt.is_passed:
        dates = memory.dates_after_pass(
            ending.traces,
            on=ending.day,
            rules=rules,
            earlier=earlier,
            passed_on=standing.passed_on,
            valid_days=valid_days,
        )
        standing.passed_on, standing.version = ending.day, attempt.version
        _move(standing, StandingEvent.Kind.PASSED, _held_since(attempt, dates), ending.at)
    elif earlier:
        dates = memory.dates_after_not_yet(
            ending.traces, on=ending.day, rules=rules, earlier=earlier, valid_days=valid_days
        )
        _move(standing, StandingEvent.Kind.NOT_YET, _held_still(standing, dates), ending.at)


def marks_of(answers: Sequence[Answer], at: datetime) -> list[memory.Mark]:
    """What the answers of a quiz count on the day on which it ends."""
    return [
        memory.Mark(
            answer.mark if _still_counts(answer, at) else None, answer.question.is_must_know
        )
        for answer in answers
    ]


def _still_counts(answer: Answer, at: datetime) -> bool:
    """A quiz can wait, but a pass must vouch for what is known now."""
    return answer.answered_at is not None and at - answer.answered_at <= ANSWERS_COUNT_FOR


def _practised(ending: Ending) -> None:
    standing, earlier = ending.standing, ending.standing.own_dates
    if earlier is None:
        return
    first_today = _first_of_the_day(ending.attempt, ending.answers, ending.day)
    dates = memory.dates_after_practice(
        ending.traces,
        on=ending.day,
        rules=QuizSettings.load().rules,
        earlier=earlier,
        right=sum(answer.is_right is True for answer in first_today),
        answered=len(first_today),
        valid_days=ending.attempt.module.valid_days,
    )
    _move(standing, StandingEvent.Kind.PRACTISED, _held_still(standing, dates), ending.at)


def _checked(ending: Ending) -> None:
    """All right gives the own dates back, but for changes that came while she was at it."""
    attempt, standing = ending.attempt, ending.standing
    attempt.is_passed = all(answer.is_right is True for answer in ending.answers)
    own = standing.own_dates
    if attempt.is_passed and standing.is_unchecked and own is not None:
        standing.version = attempt.version
        _move(standing, StandingEvent.Kind.CHECKED, _held_since(attempt, own), ending.at)


def _tried(ending: Ending) -> None:
    """Moves nothing, whatever came of it."""
    ending.attempt.is_passed = all(answer.is_right is True for answer in ending.answers)


def _first_of_the_day(attempt: Attempt, answers: Sequence[Answer], day: date) -> list[Answer]:
    """Those whose question was not answered before, on the same day, in another sitting."""
    elsewhere = answered_elsewhere(attempt, day)
    return [
        answer
        for answer in answers
        if answer.is_right is not None and answer.question_id not in elsewhere
    ]


def lock_modules(modules: Any) -> None:
    """Lets acts that move many standings of a module come one after the other.

    Each of them locks standings in an order of its own; two at once would wait for each other.
    `modules` is whatever `pk__in` takes.
    """
    found = ModulePage.objects.select_for_update(no_key=True).filter(pk__in=modules)
    list(found.order_by("pk").values_list("pk", flat=True))


def lock_own(person: AbstractBaseUser, module: ModulePage) -> bool:
    """Locks the person's standing until the transaction ends; false where she has none."""
    standings = Standing.objects.select_for_update().filter(person_id=person.pk, module=module)
    return standings.values_list("pk", flat=True).first() is not None


def lock_standing(attempt: Attempt) -> Standing:
    """Two tabs answer one after the other, and so do a quiz and a practice of the same module."""
    return Standing.objects.select_for_update(of=("self",)).get(
        person_id=attempt.person_id, module=attempt.module
    )


def _held_since(attempt: Attempt, own: memory.Dates) -> Held:
    """What holds after a sitting that vouches for everything which was there when it began."""
    newer = newer_than(attempt, changes_of(attempt.module))
    return checking.after_all(own, [change.step for change in newer])


def _held_still(standing: Standing, own: memory.Dates) -> Held:
    """What holds while the changes that wait go on waiting."""
    if not standing.is_unchecked:
        return Held(own)
    missed = missed_since(changes_of(standing.module), standing.unchecked_id)
    return Held(own, min(change.until for change in missed), standing.unchecked_id)


def _move(standing: Standing, kind: str, held: Held, at: datetime) -> None:
    before = standing.ready_until
    hold(standing, held)
    standing.save()
    record(standing, kind, before=before, at=at)
    standings_moved.send(Standing, people=[standing.person_id], modules=[standing.module_id])


def hold(standing: Standing, held: Held) -> None:
    dates = held.dates
    standing.ready_until, standing.practice_from = dates.ready_until, dates.practice_from
    standing.unchecked_id = held.since
    standing.own_ready_until = held.own.ready_until if held.is_waiting else None
    standing.own_practice_from = held.own.practice_from if held.is_waiting else None


def record(standing: Standing, kind: str, *, before: date | None, at: datetime) -> None:
    event_of(standing, kind, before=before, at=at).save()


def event_of(standing: Standing, kind: str, *, before: date | None, at: datetime) -> StandingEvent:
    """The line of history for a standing that has just moved, unsaved."""
    # What holds of `practice_from` follows from its own day and from `ready_to`.
    own = standing.own_dates
    return StandingEvent(
        person_id=standing.person_id,
        module_id=standing.module_id,
        at=at,
        kind=kind,
        version=standing.version,
        ready_from=before,
        ready_to=standing.ready_until,
        own_ready_to=standing.own_ready_until,
        practice_from=own.practice_from if own else None,
    )
