"""The launch calendar: what stands on which day, on one line of time.

**Guarantee.** What happens on a day stands under that day, once, whichever source tells of it, and
in the same order for everybody. A month shows each of its days exactly once, under its own weekday,
and no day of another month. What is counted in people is told from five people on, where these are
a tenth of all at least, and never says who they are.

**Steps.**

1. Every source (campaigns, versions of briefs, process changes, practice, the month's question)
   tells its entries: a day, a kind, a title, and a key that stays the same when the day changes.
2. They are put on one line: by day, within a day by kind in the order of `Kind`, then by title. Of
   two entries with the same key the first counts.
3. A campaign is *launched* once it is out. Before that it is *scheduled*, *held* where its gate
   held it and nobody has scheduled it since, or else *planned*.
4. A month is cut into weeks of seven places, beginning with the weekday with which weeks begin
   where the reader lives; places that belong to another month stay empty.

Months can be leafed through, twelve back and 24 ahead. Days are days of the organisation's time
zone. Weekdays are numbered from Monday, which is 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import batched, groupby
from typing import Self

from departments.suppression import MINIMUM_GROUP

DAYS_OF_A_WEEK = 7
MONTHS_OF_A_YEAR = 12
A_TENTH = 10
MONTHS_BACK = 12
MONTHS_AHEAD = 24


class Kind(StrEnum):
    """What an entry tells of; of one day, in this order."""

    LAUNCH = "launch"
    VERSION = "version"
    GRACE = "grace"
    CHANGE = "change"
    PRACTICE = "practice"
    PULSE_OPENS = "pulse-opens"
    PULSE_CLOSES = "pulse-closes"
    PULSE_RESULTS = "pulse-results"


class Stage(StrEnum):
    """How far a campaign is."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    HELD = "held"
    LAUNCHED = "launched"


ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day. `key` names it for good; `url` leads to more, where there is more.

    `version` is a brief's, `people` how many an entry of practice is about, and `about` names what
    a title alone leaves open. `is_over` where it has happened.
    """

    key: str
    on: date
    kind: Kind
    title: str
    url: str = ""
    stage: Stage | None = None
    version: int = 0
    people: int = 0
    about: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.moved(1).first - timedelta(days=1)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=after) for after in range(self.last.day))

    @property
    def name(self) -> str:
        """As it stands in an address: "2026-12"."""
        return f"{self.year:04}-{self.number:02}"

    def moved(self, months: int) -> Self:
        year, before = divmod(self.year * MONTHS_OF_A_YEAR + self.number - 1 + months, 12)
        return type(self)(year, before + 1)

    def weeks(self, first_weekday: int) -> tuple[tuple[date | None, ...], ...]:
        """Weeks of seven places each, of which those of other months are empty."""
        before = (self.first.weekday() - first_weekday) % DAYS_OF_A_WEEK
        after = (first_weekday - 1 - self.last.weekday()) % DAYS_OF_A_WEEK
        return tuple(batched([*[None] * before, *self.days, *[None] * after], DAYS_OF_A_WEEK))


def month_asked(name: str, *, on: date) -> Month:
    """The month that an address names; this one, where it names none within reach."""
    now = Month.of(on)
    within = (now.moved(months) for months in range(-MONTHS_BACK, MONTHS_AHEAD + 1))
    return next((month for month in within if month.name == name), now)


def months_beside(month: Month, *, on: date) -> tuple[Month | None, Month | None]:
    """The months before and after it, as far as one can leaf."""
    now = Month.of(on)
    before, after = month.moved(-1), month.moved(1)
    return (
        before if before >= now.moved(-MONTHS_BACK) else None,
        after if after <= now.moved(MONTHS_AHEAD) else None,
    )


def one_line(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(entry.key, entry)
    return tuple(sorted(once.values(), key=_place))


def between(entries: Iterable[Entry], first: date, last: date) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if first <= entry.on <= last)


def by_day(line: Iterable[Entry]) -> dict[date, tuple[Entry, ...]]:
    """The days on which something stands, in order."""
    return {day: tuple(entries) for day, entries in groupby(line, lambda entry: entry.on)}


def stage_of(*, is_out: bool, is_scheduled: bool, was_held: bool) -> Stage:
    if is_out:
        return Stage.LAUNCHED
    if is_scheduled:
        return Stage.SCHEDULED
    return Stage.HELD if was_held else Stage.PLANNED


def cliffs[Key](counts: Mapping[Key, Mapping[date, int]]) -> dict[tuple[Key, date], int]:
    """Of the people whose dates for something end on each day, the days on which many end.

    So many are five people, and a tenth of all whose dates are still ahead: in a large
    organisation some dates end every day.
    """
    return {
        (key, day): people
        for key, days in counts.items()
        for day, people in days.items()
        if people >= MINIMUM_GROUP and people * A_TENTH >= sum(days.values())
    }


def _place(entry: Entry) -> tuple[date, int, str, str]:
    return (entry.on, ORDER.index(entry.kind), entry.title, entry.key)
