"""How one person stands on one module on one day, and how a group stands.

**Guarantee.** Readiness is a matter of dates, so it can be told for any day: today, launch day, or
a day long past. Who is not counted leaves both numbers of "12 of 13", never one alone. What was
known on a past day stays as it was: an event recorded later changes nothing about it.

**State on a day.** The first that holds:

1. Not a member that day: belongs to no count, and has no readiness at all.
2. *Not counted*: counted in another of her departments, else on leave, else exempt, else a joiner,
   or assigned, up to and including her `joiner_until` (`departments.counting`).
3. A change waits to be checked: *On the version before* while `ready_until` is that day or later
   (ready, and counted beside the others, for a grace isn't readiness for the new promise), *Check
   the change* while her own date still is, else *Lapsed*.
4. `ready_until` is that day or later: *Practice due* in the fortnight before the date, as soon as
   practice is offered (`practice_from`), else *Ready*. Both are ready. Practice is offered long
   before it is due: a team that is ready for months must not look as if it had work to do.
5. `ready_until` has gone by: *Lapsed*.
6. *Started*, else *Not started*.

**Past days.** An event carries the whole proof as it was after it, from the start of the module on.
A change that reached the module has no event for each person: one entry speaks for everybody who
had proved it, and cuts her date, or gives it back (`quizzes.checking`). What was known on a day is
therefore the last event recorded up to and including that day, and the changes after it, in the
order in which they were recorded.

All dates are days of the organisation's calendar; periods and "until" include their last day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import dropwhile
from math import inf

from quizzes import checking
from quizzes.checking import Held, Step
from quizzes.memory import Dates, practice_due_on


class State(StrEnum):
    NOT_STARTED = "not-started"
    STARTED = "started"
    READY = "ready"
    PREVIOUS_VERSION = "previous-version"
    PRACTICE_DUE = "practice-due"
    CHECK_THE_CHANGE = "check-the-change"
    LAPSED = "lapsed"
    NOT_COUNTED = "not-counted"

    @property
    def is_ready(self) -> bool:
        return self in {State.READY, State.PRACTICE_DUE, State.PREVIOUS_VERSION}

    @property
    def is_counted(self) -> bool:
        return self is not State.NOT_COUNTED


class Reason(StrEnum):
    """Why a member is not counted."""

    LEAVE = "leave"
    EXEMPT = "exempt"
    JOINER = "joiner"
    ASSIGNED = "assigned"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `None` is open."""

    starts_on: date | None = None
    ends_on: date | None = None

    def contains(self, day: date) -> bool:
        has_started = self.starts_on is None or self.starts_on <= day
        return has_started and (self.ends_on is None or day <= self.ends_on)

    def meets(self, other: "Period") -> bool:
        """Whether they have a day in common."""
        begins_in_time = not (self.starts_on and other.ends_on) or self.starts_on <= other.ends_on
        ends_in_time = not (self.ends_on and other.starts_on) or other.starts_on <= self.ends_on
        return begins_in_time and ends_in_time


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a person needs a module: as a member, unless she is away, exempt or new."""

    membership: Period
    leave: Period | None = None
    exempt: Period | None = None
    exempt_because: str = ""
    joiner_until: date | None = None
    is_assigned: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person has shown on a module, as dates; `version` is the brief's that she proved.

    While a change waits, `unchecked` names the first, and the own dates are what memory alone
    would give.
    """

    started: bool = False
    ready_until: date | None = None
    practice_from: date | None = None
    version: int | None = None
    own_ready_until: date | None = None
    own_practice_from: date | None = None
    unchecked: int | None = None

    @property
    def is_unchecked(self) -> bool:
        return self.unchecked is not None

    @property
    def own(self) -> Dates | None:
        until = self.own_ready_until or self.ready_until
        practice_from = self.own_practice_from or self.practice_from
        return Dates(until, practice_from or until) if until else None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How one person stands; `until` is the last day on which she is not counted, if known.

    `own_ready_until` is the date that comes back when she checks what changed.
    """

    state: State
    ready_until: date | None = None
    practice_from: date | None = None
    until: date | None = None
    reason: Reason | None = None
    because: str = ""
    own_ready_until: date | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether another department counts her: here she is in neither figure, nor left out."""
        return self.reason is Reason.ELSEWHERE


@dataclass(frozen=True, slots=True)
class Tally:
    """Ready of needed, and how many are left out of both.

    `previous` of the ready are so on the version before, until they check what changed.
    """

    ready: int
    needed: int
    not_counted: int
    previous: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a person's append-only history: the proof as it was after it.

    Where a change waits, `own_ready_until` says so, and `practice_from` is her own.
    """

    recorded_on: date
    ready_until: date | None = None
    practice_from: date | None = None
    version: int | None = None
    own_ready_until: date | None = None

    def proof(self, unchecked: int | None) -> Proof:
        return Proof(
            started=True,
            ready_until=self.ready_until,
            practice_from=_not_after(self.practice_from, self.ready_until),
            version=self.version,
            own_ready_until=self.own_ready_until,
            own_practice_from=self.practice_from if self.own_ready_until else None,
            unchecked=unchecked if self.own_ready_until else None,
        )


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A change that reached the module, for everybody who had proved it by then.

    `version` is the one that it made, where it is a change of the module's own brief.
    """

    recorded_on: date
    step: Step
    version: int | None = None

    def after(self, proof: Proof) -> Proof:
        if proof.own is None or proof.ready_until is None:
            return proof
        cap = proof.ready_until if proof.is_unchecked else None
        held = checking.after(Held(proof.own, cap, proof.unchecked), self.step)
        return replace(
            proof,
            ready_until=held.dates.ready_until,
            practice_from=held.dates.practice_from,
            own_ready_until=held.own.ready_until if held.is_waiting else None,
            own_practice_from=held.own.practice_from if held.is_waiting else None,
            unchecked=held.since,
        )


def state_on(day: date, need: Need, proof: Proof) -> Readiness | None:
    """How she stands that day; `None` where she is not a member."""
    if not need.membership.contains(day):
        return None
    return _not_counted(day, need) or Readiness(
        _proved(day, proof),
        ready_until=proof.ready_until,
        practice_from=proof.practice_from,
        own_ready_until=proof.own_ready_until,
    )


def tally(states: Iterable[State]) -> Tally:
    return tally_from(Counter(states))


def tally_from(people: Mapping[State, int]) -> Tally:
    """From how many there are in each state."""
    return Tally(
        ready=sum(number for state, number in people.items() if state.is_ready),
        needed=sum(number for state, number in people.items() if state.is_counted),
        not_counted=people.get(State.NOT_COUNTED, 0),
        previous=people.get(State.PREVIOUS_VERSION, 0),
    )


def fold(log: Iterable[Event | ChangeEvent], known_on: date) -> Proof:
    """The proof as known at the end of that day; entries of one day in the order of the log."""
    known = [entry for entry in log if entry.recorded_on <= known_on]
    proof, changes = Proof(), list[ChangeEvent]()
    for entry in sorted(known, key=lambda entry: entry.recorded_on):
        if isinstance(entry, ChangeEvent):
            changes.append(entry)
            proof = entry.after(proof)
        else:
            proof = entry.proof(_waits_since(entry, proof.unchecked, changes))
    return proof


def _waits_since(event: Event, waited: int | None, changes: Iterable[ChangeEvent]) -> int | None:
    """The first change after the version that she proved, of those for which she may wait."""
    asking = [change for change in changes if change.step.asks]
    since = list(dropwhile(lambda change: waited not in {None, change.step.key}, asking))
    newer = (change for change in since if (change.version or inf) > (event.version or 0))
    return next((change.step.key for change in newer), waited)


def _not_counted(day: date, need: Need) -> Readiness | None:
    if need.leave and need.leave.contains(day):
        return _left_out(Reason.LEAVE, need.leave.ends_on)
    if need.exempt and need.exempt.contains(day):
        return _left_out(Reason.EXEMPT, need.exempt.ends_on, because=need.exempt_because)
    if need.joiner_until and day <= need.joiner_until:
        reason = Reason.ASSIGNED if need.is_assigned else Reason.JOINER
        return _left_out(reason, need.joiner_until)
    return None


def _left_out(reason: Reason, until: date | None, because: str = "") -> Readiness:
    return Readiness(State.NOT_COUNTED, until=until, reason=reason, because=because)


def _proved(day: date, proof: Proof) -> State:
    if proof.ready_until is None:
        return State.STARTED if proof.started else State.NOT_STARTED
    if proof.own_ready_until and proof.is_unchecked:
        return _unchecked(day, proof.ready_until, proof.own_ready_until)
    if proof.ready_until < day:
        return State.LAPSED
    is_due = practice_due_on(proof.ready_until, proof.practice_from) <= day
    return State.PRACTICE_DUE if is_due else State.READY


def _unchecked(day: date, ready_until: date, own_ready_until: date) -> State:
    if ready_until >= day:
        return State.PREVIOUS_VERSION
    return State.CHECK_THE_CHANGE if own_ready_until >= day else State.LAPSED


def _not_after(day: date | None, latest: date | None) -> date | None:
    return min(day, latest) if day and latest else day
