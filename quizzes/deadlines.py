"""When a quiz closes, where its author set a day.

**Guarantee.** A due day is what a clock on the wall shows, in a zone that the author named. As long
as that clock shows no later time, the quiz is open: no night on which the clocks change closes it
early. Nobody's time is ever measured: a day may bind, a stop-watch never does.

**Steps.**

1. A deadline is a day, a time and the IANA name of a zone. Where no time is set it is the end of
   the day, 23:59; where no zone is set it is the organisation's.
2. It becomes one moment in UTC. Read with either of the two offsets that may hold around a change
   of the clocks, the later moment counts:

   - a time that happens twice (autumn) means its second happening;
   - a time that never happens (02:30 in spring, when 02:00 becomes 03:00) is as far behind the
     change as it was meant to be behind 02:00, so 03:30. The other reading, 01:30, would close
     before the written time;
   - a day that a place left out (Apia, 30 December 2011) ends as the day after it.

3. An extension of some days moves the day on the calendar. The time on the wall stays, whether the
   clocks change meanwhile or not.
4. From the moment on the quiz is over, and nothing new is offered; the moment itself still counts.
   An answer that was on its way when the clock struck is accepted within `GRACE`: it covers a slow
   connection and one retry, and is shown to nobody as time to spare.

What was accepted at a moment stays so: nothing here reads a clock, so that a clock on the server
which is put back or forward changes no answer that is stored with its moment.

**Source.** PEP 495 on times that happen twice or never, and the IANA time zone database.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

END_OF_DAY = time(23, 59)
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last moment as a clock on the wall in `zone` shows it."""

    day: date
    zone: str
    time: time = END_OF_DAY


def deadline_of(
    day: date | None, at: time | None, zone: str, *, organisation_zone: str
) -> Deadline | None:
    """What an author set; `None` without a day."""
    if day is None:
        return None
    return Deadline(day, zone or organisation_zone, at or END_OF_DAY)


def extended(deadline: Deadline, days: int) -> Deadline:
    """The same time on the wall, so many days later."""
    return replace(deadline, day=deadline.day + timedelta(days=days))


def closes_at(deadline: Deadline) -> datetime:
    """The moment in UTC. Raises `ZoneInfoNotFoundError` for a zone that this machine lacks."""
    wall = datetime.combine(deadline.day, deadline.time, ZoneInfo(deadline.zone))
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def is_over(closing: datetime, at: datetime) -> bool:
    """Whether nothing new is offered any more."""
    return at > closing


def accepts(closing: datetime, at: datetime) -> bool:
    """Whether an answer to what was asked before still counts; once not, the quiz is overdue."""
    return at <= closing + GRACE
