"""How many are ready, from one day to the next, as long as nobody does anything.

**Guarantee.** The figures of a day are those that `departments.readiness.state_on` gives when it is
asked on that day, person by person: steps only leave out the days on which nothing changes. So
people who lapse, or come back from leave, without anything happening are right beforehand.

**Steps.** A person's state can only be another on the first day of something, or on the day after
the last one of something: her time in the department, her leave, her exemption, her first days, and
her dates. On these days, and on the first that is asked for, the rule itself is asked. Steps of
several people are added up as the differences from each day to the one before.

A day's figures hold from it until the day before the next step, the last ones for good.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from departments.readiness import Need, Period, Proof, State, Tally, state_on

A_DAY = timedelta(days=1)
FOR_GOOD = date.max


class Figures(NamedTuple):
    needed: int = 0
    ready: int = 0
    previous: int = 0
    not_counted: int = 0

    @property
    def tally(self) -> Tally:
        return Tally(
            ready=self.ready,
            needed=self.needed,
            not_counted=self.not_counted,
            previous=self.previous,
        )


type Steps = tuple[tuple[date, Figures], ...]
type StoredSteps = list[list[str | int]]

NOTHING = Figures()


def steps_of(need: Need, proof: Proof, since: date) -> Steps:
    """One person on one module, from a day on."""
    days = sorted({since, *(day for day in _turning_days(need, proof) if day > since)})
    return _without_repeats((day, _figures(day, need, proof)) for day in days)


def added(parts: Iterable[tuple[Steps, int]], since: date) -> Steps:
    """All of them together, each so many times, from a day on."""
    moves = defaultdict[date, list[int]](lambda: [0] * len(NOTHING))
    for steps, times in parts:
        for (_day, before), (day, now) in pairwise([(since, NOTHING), *from_day(steps, since)]):
            for place, (old, new) in enumerate(zip(before, now, strict=True)):
                moves[day][place] += times * (new - old)
    return _without_repeats(_summed(moves, since))


def from_day(steps: Steps, since: date) -> Steps:
    """The same without the days before; where it begins later, nothing counts until then."""
    return ((since, figures_on(steps, since)), *(step for step in steps if step[0] > since))


def figures_on(steps: Sequence[tuple[date, Figures]], day: date) -> Figures:
    return next((figures for start, figures in reversed(steps) if start <= day), NOTHING)


def holds_until(steps: Sequence[tuple[date, Figures]], day: date) -> date:
    """The last day on which the figures of a day still hold."""
    following = next((start for start, _figures in steps if start > day), None)
    return following - A_DAY if following else FOR_GOOD


def kept_at_most(steps: Steps) -> list[tuple[date, int]]:
    """How many would be ready on each of these days, if everybody kept what she has today.

    Who leaves, or isn't needed any more, is no loss; never more than are needed.
    """
    kept, found = 0, list[tuple[date, int]]()
    for (_day, before), (day, now) in pairwise([steps[0], *steps]):
        lost = (before.ready - now.ready) - max(before.needed - now.needed, 0)
        kept += max(lost, 0)
        found.append((day, min(now.ready + kept, now.needed)))
    return found


def to_stored(steps: Steps) -> StoredSteps:
    return [[day.isoformat(), *figures] for day, figures in steps]


def from_stored(stored: Iterable[Sequence[str | int]]) -> Steps:
    return tuple(
        (date.fromisoformat(str(day)), Figures(*map(int, figures))) for day, *figures in stored
    )


def together(by_group: Mapping[str, Steps], since: date) -> Steps:
    return added(((steps, 1) for steps in by_group.values()), since)


def _turning_days(need: Need, proof: Proof) -> Iterable[date]:
    begins, ends = list[date | None](), [need.joiner_until, proof.ready_until]
    for period in (need.membership, need.leave or Period(), need.exempt or Period()):
        begins.append(period.starts_on)
        ends.append(period.ends_on)
    return [*filter(None, begins), *(end + A_DAY for end in ends if end and end < FOR_GOOD)]


def _figures(day: date, need: Need, proof: Proof) -> Figures:
    found = state_on(day, need, proof)
    if found is None:
        return NOTHING
    state = found.state
    return Figures(
        needed=int(state.is_counted),
        ready=int(state.is_ready),
        previous=int(state is State.PREVIOUS_VERSION),
        not_counted=int(not state.is_counted),
    )


def _summed(moves: Mapping[date, Sequence[int]], since: date) -> Iterable[tuple[date, Figures]]:
    now = [0] * len(NOTHING)
    for day in sorted({since, *moves}):
        now = [figure + move for figure, move in zip(now, moves.get(day, NOTHING), strict=True)]
        yield day, Figures(*now)


def _without_repeats(steps: Iterable[tuple[date, Figures]]) -> Steps:
    return tuple(next(group) for _figures, group in groupby(steps, key=itemgetter(1)))
