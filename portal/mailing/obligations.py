"""What somebody is told of, in steps: pure, from the dates of what is asked and shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from knowledge.workdays import workday_within
from quizzes.memory import practice_due_on

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
A_FORTNIGHT = timedelta(days=14)
NEAR_A_DUE_DAY = A_WEEK
NEAR_A_DATE = timedelta(days=3)
NEAR_A_GRACE = timedelta(days=2)

type Reason = tuple[str, str]


class About(StrEnum):
    """What somebody may be told of, the most pressing first."""

    CHECK = "check"
    NUDGE = "nudge"
    PRACTICE = "practice"
    LEARN = "learn"
    LAPSED = "lapsed"
    TIME_ANSWERED = "time-answered"
    TIME_ASKED = "time-asked"
    TEAM = "team"

    @property
    def is_of_module(self) -> bool:
        return self in {About.CHECK, About.PRACTICE, About.LEARN, About.LAPSED}


class Turn(StrEnum):
    BEGINS = "begins"
    NEAR = "near"
    LAST_DAY = "last-day"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Step:
    turn: Turn
    on: date
    cycle: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to tell; `day` is the date to name with it, `last` the last day on which it holds.

    `key` is the module's or the row's.
    """

    about: About
    key: int
    steps: tuple[Step, ...]
    day: date | None = None
    last: date | None = None

    def holds_on(self, on: date) -> bool:
        return self.last is None or on <= self.last

    def reached(self, on: date) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.on <= on) if self.holds_on(on) else ()

    def reason(self, step: Step) -> Reason:
        return (f"{self.about}:{self.key}:{step.cycle}", step.turn.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """A module that is asked of somebody, and what she has shown.

    While a change waits, `unchecked` names the first, and `own_until` is what memory alone gives.
    """

    key: int
    asked_on: date | None = None
    due_on: date | None = None
    ready_until: date | None = None
    practice_from: date | None = None
    own_until: date | None = None
    unchecked: int | None = None
    changed_on: date | None = None
    is_told_at_once: bool = False


def obligations_of(asked: Asked) -> Iterator[Obligation]:
    """Today's and those to come, as far as they can be foretold."""
    if asked.ready_until is None:
        yield _learning(asked)
    elif asked.unchecked is not None:
        yield _checking(asked, asked.ready_until)
        yield _lapse(asked.key, asked.own_until or asked.ready_until)
    else:
        yield _practice(asked.key, asked.ready_until, asked.practice_from)
        yield _lapse(asked.key, asked.ready_until)


def nudged(key: int, on: date) -> Obligation:
    return _once(About.NUDGE, key, on, last=on + A_FORTNIGHT)


def time_asked(key: int, on: date, until: date) -> Obligation:
    return replace(_once(About.TIME_ASKED, key, on), day=until)


def time_answered(key: int, on: date, until: date) -> Obligation:
    return replace(_once(About.TIME_ANSWERED, key, on, last=on + A_FORTNIGHT), day=until)


def _once(about: About, key: int, on: date, last: date | None = None) -> Obligation:
    return Obligation(about, key, (Step(Turn.BEGINS, on, on.isoformat()),), last=last)


def _learning(asked: Asked) -> Obligation:
    due, steps = asked.due_on, []
    if asked.asked_on:
        steps.append(Step(Turn.BEGINS, asked.asked_on, asked.asked_on.isoformat()))
    if due:
        near = workday_within(due - NEAR_A_DUE_DAY, last=due)
        steps.append(Step(Turn.NEAR, near, due.isoformat()))
        steps.append(Step(Turn.LAST_DAY, workday_within(due, last=due), due.isoformat()))
    return Obligation(About.LEARN, asked.key, tuple(steps), day=due)


def _checking(asked: Asked, until: date) -> Obligation:
    own, cycle = asked.own_until or until, str(asked.unchecked)
    changed_on = asked.changed_on or until
    steps = [] if asked.is_told_at_once else [Step(Turn.BEGINS, changed_on, cycle)]
    if until - NEAR_A_GRACE > changed_on:
        steps.append(Step(Turn.NEAR, workday_within(until - NEAR_A_GRACE, last=until), cycle))
    if until < own:
        steps.append(Step(Turn.AFTER, until + A_DAY, cycle))
    return Obligation(About.CHECK, asked.key, tuple(steps), day=until, last=own)


def _practice(key: int, until: date, practice_from: date | None) -> Obligation:
    begins, cycle = practice_due_on(until, practice_from), until.isoformat()
    near = max(begins, workday_within(until - NEAR_A_DATE, last=until))
    steps = (Step(Turn.BEGINS, begins, cycle), Step(Turn.NEAR, near, cycle))
    return Obligation(About.PRACTICE, key, steps, day=until, last=until)


def _lapse(key: int, until: date) -> Obligation:
    after = (Step(Turn.BEGINS, until + A_DAY, until.isoformat()),)
    later = (Step(Turn.AFTER, until + A_DAY + A_FORTNIGHT, until.isoformat()),)
    return Obligation(About.LAPSED, key, after + later, day=until)
