"""How one person stands on one module on one day, and how a group stands.

**Guarantee.** Readiness is a matter of dates, so it can be told for any day: today, launch day, or
a day long past. Who is not counted leaves both numbers of "12 of 13", never one alone. What was
known on a past day stays as it was: an event recorded later changes nothing about it.

**State on a day.** The first that holds:

1. Not a member that day: belongs to no count, and has no readiness at all.
2. *Not counted*: on leave, else exempt, else a joiner up to and including her `joiner_until`.
3. `ready_until` is that day or later: *Practice due* in the fortnight before the date, as soon as
   practice is offered (`practice_from`), else *Ready*. Both are ready. Practice is offered long
   before it is due: a team that is ready for months must not look as if it had work to do.
4. `ready_until` has gone by: *Lapsed*.
5. *Started*, else *Not started*.

*Check the change* is for a person whose proof a material change has ended; dates alone never give
it.

**Past days.** An event carries the whole proof as it was after it, from the start of the module on.
What was known on a day is therefore the last event recorded up to and including that day.

All dates are days of the organisation's calendar; periods and "until" include their last day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quizzes.memory import practice_due_on


class State(StrEnum):
    NOT_STARTED = "not-started"
    STARTED = "started"
    READY = "ready"
    PRACTICE_DUE = "practice-due"
    CHECK_THE_CHANGE = "check-the-change"
    LAPSED = "lapsed"
    NOT_COUNTED = "not-counted"

    @property
    def is_ready(self) -> bool:
        return self in {State.READY, State.PRACTICE_DUE}

    @property
    def is_counted(self) -> bool:
        return self is not State.NOT_COUNTED


class Reason(StrEnum):
    """Why a member is not counted."""

    LEAVE = "leave"
    EXEMPT = "exempt"
    JOINER = "joiner"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `None` is open."""

    starts_on: date | None = None
    ends_on: date | None = None

    def contains(self, day: date) -> bool:
        has_started = self.starts_on is None or self.starts_on <= day
        return has_started and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a person needs a module: as a member, unless she is away, exempt or new."""

    membership: Period
    leave: Period | None = None
    exempt: Period | None = None
    exempt_because: str = ""
    joiner_until: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person has shown on a module, as dates; `version` is the brief's that she proved."""

    started: bool = False
    ready_until: date | None = None
    practice_from: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How one person stands; `until` is the last day on which she is not counted, if known."""

    state: State
    ready_until: date | None = None
    practice_from: date | None = None
    until: date | None = None
    reason: Reason | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Ready of needed, and how many are left out of both."""

    ready: int
    needed: int
    not_counted: int


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the append-only history: the proof as it was after it."""

    recorded_on: date
    ready_until: date | None = None
    practice_from: date | None = None
    version: int | None = None


def state_on(day: date, need: Need, proof: Proof) -> Readiness | None:
    """How she stands that day; `None` where she is not a member."""
    if not need.membership.contains(day):
        return None
    return _not_counted(day, need) or Readiness(
        _proved(day, proof), ready_until=proof.ready_until, practice_from=proof.practice_from
    )


def tally(states: Iterable[State]) -> Tally:
    every = list(states)
    counted = [state for state in every if state.is_counted]
    return Tally(
        ready=sum(state.is_ready for state in counted),
        needed=len(counted),
        not_counted=len(every) - len(counted),
    )


def fold(events: Iterable[Event], known_on: date) -> Proof:
    """The proof as known at the end of that day; events of one day in the order of the log."""
    known = [event for event in events if event.recorded_on <= known_on]
    if not known:
        return Proof()
    # Of several on one day the last recorded speaks, and `max` returns the first that it meets.
    last = max(reversed(known), key=lambda event: event.recorded_on)
    return Proof(
        started=True,
        ready_until=last.ready_until,
        practice_from=last.practice_from,
        version=last.version,
    )


def _not_counted(day: date, need: Need) -> Readiness | None:
    if need.leave and need.leave.contains(day):
        return _left_out(Reason.LEAVE, need.leave.ends_on)
    if need.exempt and need.exempt.contains(day):
        return _left_out(Reason.EXEMPT, need.exempt.ends_on, because=need.exempt_because)
    if need.joiner_until and day <= need.joiner_until:
        return _left_out(Reason.JOINER, need.joiner_until)
    return None


def _left_out(reason: Reason, until: date | None, because: str = "") -> Readiness:
    return Readiness(State.NOT_COUNTED, until=until, reason=reason, because=because)


def _proved(day: date, proof: Proof) -> State:
    if proof.ready_until is None:
        return State.STARTED if proof.started else State.NOT_STARTED
    if proof.ready_until < day:
        return State.LAPSED
    is_due = practice_due_on(proof.ready_until, proof.practice_from) <= day
    return State.PRACTICE_DUE if is_due else State.READY
