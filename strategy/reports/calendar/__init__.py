"""What stands on the calendar, the same for everybody who is signed in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import get_format

from strategy.calendars import (
    DAYS_OF_A_WEEK,
    Entry,
    Kind,
    Month,
    between,
    by_day,
    month_asked,
    months_beside,
    one_line,
)
from strategy.reports.calendar.sources import (
    change_entries,
    launch_entries,
    practice_entries,
    pulse_entries,
)
from strategy.reports.calendar.versions import version_entries
from strategy.reports.calendar.words import words_of

DAYS_LISTED = 365
ICONS = {
    Kind.LAUNCH: "campaigns",
    Kind.VERSION: "briefs",
    Kind.GRACE: "change",
    Kind.CHANGE: "handoff",
    Kind.PRACTICE: "due",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, as it is read."""

    entry: Entry
    words: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.entry.kind, "say")


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthOfDays:
    """A month in a list: the days on which something stands."""

    month: Month
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month as weeks of seven places, some of them empty, with the months beside it."""

    month: Month
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day | None, ...], ...]
    before: Month | None
    after: Month | None
    today: date

    @property
    def days(self) -> tuple[Day, ...]:
        """Those on which something stands."""
        return tuple(day for week in self.weeks for day in week if day and day.told)

    @property
    def is_now(self) -> bool:
        return self.month == Month.of(self.today)


def line_of_time(first: date, last: date, *, on: date) -> tuple[Told, ...]:
    """All that stands on these days, in order; a fixed number of queries."""
    line = one_line(
        (
            *launch_entries(on=on),
            *version_entries(first, last, on=on),
            *change_entries(first, last, on=on),
            *practice_entries(first, last, on=on),
            *pulse_entries(first, last, on=on),
        )
    )
    return tuple(Told(entry, words_of(entry)) for entry in between(line, first, last))


def month_page(asked: str, *, on: date) -> MonthPage:
    month = month_asked(asked, on=on)
    days = _by_day(line_of_time(month.first, month.last, on=on))
    first_weekday = first_day_of_week()
    before, after = months_beside(month, on=on)
    names = [str(WEEKDAYS[(first_weekday + place) % DAYS_OF_A_WEEK]) for place in range(7)]
    weeks = tuple(
        tuple(Day(day, days.get(day, ())) if day else None for day in week)
        for week in month.weeks(first_weekday)
    )
    return MonthPage(month, tuple(names), weeks, before, after, on)


def months_ahead(*, on: date) -> tuple[MonthOfDays, ...]:
    """From today on, the months in which something stands."""
    days = _by_day(line_of_time(on, on + timedelta(days=DAYS_LISTED), on=on))
    found: dict[Month, list[Day]] = {}
    for day, told in days.items():
        found.setdefault(Month.of(day), []).append(Day(day, told))
    return tuple(MonthOfDays(month, tuple(listed)) for month, listed in found.items())


def first_day_of_week() -> int:
    """Where the reader lives, as Python counts: Django counts from Sunday."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % DAYS_OF_A_WEEK


def _by_day(line: tuple[Told, ...]) -> dict[date, tuple[Told, ...]]:
    words = {told.entry.key: told for told in line}
    days = by_day(told.entry for told in line)
    return {day: tuple(words[entry.key] for entry in entries) for day, entries in days.items()}
