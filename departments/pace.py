"""How a team usually keeps up: the share of its dates that were renewed before they ended.

**Occasion.** A last ready day that somebody had at the end of some day, and that fell in the last
eight weeks: her date came near, or a change gave her a day to check it by. Days on which she wasn't
counted (on leave, exempt, new, no member) are no occasion, and neither is a date that was moved
into the past. The same day is one occasion, however often it was set.

**Answered in time** is an occasion where her date was a later one by the end of that day.

**The rate** is the share of a department's occasions, of all its modules, that were answered. It
counts by the day on which dates would have ended: who practises early has answered, and an occasion
that still lies ahead counts neither way. Fewer than `FEWEST_OCCASIONS` say nothing about a team:
the rate is unknown, and taken to be that all answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from departments.readiness import ChangeEvent, Event, Need, Period, fold, state_on

WEEKS_OF_PACE = 8
FEWEST_OCCASIONS = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """The usual pace: how many of the occasions were answered in time."""

    answered: int
    occasions: int

    @property
    def is_known(self) -> bool:
        return self.occasions >= FEWEST_OCCASIONS

    @property
    def share(self) -> Fraction:
        return Fraction(self.answered, self.occasions) if self.is_known else Fraction(1)

    def of(self, people: int) -> int:
        """In whole people, half a person up."""
        return floor(self.share * people + Fraction(1, 2))


def pace(logs: Iterable[tuple[Sequence[Need], Sequence[Event | ChangeEvent]]], *, on: date) -> Rate:
    """The rate of the eight weeks before a day, from people's needs and logs, module by module."""
    weeks = Period(on - timedelta(weeks=WEEKS_OF_PACE), on - A_DAY)
    answers = [answered for needs, log in logs for answered in _answers(needs, log, weeks)]
    return Rate(sum(answers), len(answers))


def _answers(
    needs: Sequence[Need], log: Sequence[Event | ChangeEvent], weeks: Period
) -> Iterator[bool]:
    """For each occasion, whether it was answered in time."""
    for day in sorted(_last_days(log, weeks)):
        known = fold(log, day)
        states = (state_on(day, need, known) for need in needs)
        if known.ready_until and any(state and state.state.is_counted for state in states):
            yield known.ready_until > day


def _last_days(log: Sequence[Event | ChangeEvent], weeks: Period) -> set[date]:
    """The last ready days that she had at the end of one day or another."""
    recorded = {entry.recorded_on for entry in log}
    ends = ((day, fold(log, day).ready_until) for day in recorded)
    return {end for day, end in ends if end and day <= end and weeks.contains(end)}
