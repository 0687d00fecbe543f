from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.deadlines import (
    END_OF_DAY,
    GRACE,
    Deadline,
    accepts,
    closes_at,
    deadline_of,
    extended,
    is_over,
)

# What a clock on the wall shows, and the moment in UTC: read off `zdump -v`, not off Python.
WALLS = {
    "Europe/London": [
        ("2026-03-29 00:30", "2026-03-29 00:30"),  # the night of 01:00 to 02:00
        ("2026-03-29 01:00", "2026-03-29 01:00"),  # never: 02:00
        ("2026-03-29 01:30", "2026-03-29 01:30"),  # never: 02:30
        ("2026-03-29 01:59", "2026-03-29 01:59"),  # never: 02:59
        ("2026-03-29 02:30", "2026-03-29 01:30"),
        ("2026-10-25 00:59", "2026-10-24 23:59"),  # the night of 02:00 to 01:00
        ("2026-10-25 01:00", "2026-10-25 01:00"),  # twice
        ("2026-10-25 01:30", "2026-10-25 01:30"),  # twice
        ("2026-10-25 01:59", "2026-10-25 01:59"),  # twice
        ("2026-10-25 02:00", "2026-10-25 02:00"),
        ("2026-10-24 23:59", "2026-10-24 22:59"),
        ("2026-10-25 23:59", "2026-10-25 23:59"),
        ("2028-02-29 23:59", "2028-02-29 23:59"),  # leap day
        ("2026-12-31 23:59", "2026-12-31 23:59"),
        ("2027-01-01 00:00", "2027-01-01 00:00"),
    ],
    "America/New_York": [
        ("2026-03-08 01:59", "2026-03-08 06:59"),
        ("2026-03-08 02:00", "2026-03-08 07:00"),  # never: 03:00
        ("2026-03-08 02:30", "2026-03-08 07:30"),  # never: 03:30
        ("2026-03-08 03:00", "2026-03-08 07:00"),
        ("2026-11-01 00:59", "2026-11-01 04:59"),
        ("2026-11-01 01:30", "2026-11-01 06:30"),  # twice
        ("2026-11-01 02:30", "2026-11-01 07:30"),
        ("2028-02-29 23:59", "2028-03-01 04:59"),
        ("2026-12-31 23:59", "2027-01-01 04:59"),
    ],
    "America/St_Johns": [
        ("2026-03-08 02:30", "2026-03-08 06:00"),  # never: 03:30
        ("2026-11-01 01:30", "2026-11-01 05:00"),  # twice
        ("2026-07-01 23:59", "2026-07-02 02:29"),
        ("2011-03-13 00:30", "2011-03-13 04:00"),  # never, one minute past midnight
        ("2026-12-31 23:59", "2027-01-01 03:29"),
    ],
    "America/Sao_Paulo": [
        ("2018-11-04 00:30", "2018-11-04 03:30"),  # never: the clocks changed at midnight
        ("2018-11-03 23:59", "2018-11-04 02:59"),
        ("2018-02-17 23:59", "2018-02-18 02:59"),  # twice: the last hour of the day
        ("2018-02-17 23:00", "2018-02-18 02:00"),  # twice
        ("2018-02-17 22:59", "2018-02-18 00:59"),
        ("2026-11-01 00:30", "2026-11-01 03:30"),  # no summer time any more
    ],
    "Africa/Casablanca": [
        ("2025-02-23 02:30", "2025-02-23 02:30"),  # twice: back for Ramadan
        ("2025-02-23 03:00", "2025-02-23 03:00"),
        ("2025-04-06 02:30", "2025-04-06 02:30"),  # never: 03:30
        ("2025-04-06 03:30", "2025-04-06 02:30"),
        ("2025-07-01 23:59", "2025-07-01 22:59"),
    ],
    "Asia/Tehran": [
        ("2022-03-22 00:30", "2022-03-21 21:00"),  # never: 01:30
        ("2022-09-21 23:59", "2022-09-21 20:29"),  # twice
        ("2022-09-22 00:00", "2022-09-21 20:30"),
    ],
    "Asia/Kathmandu": [
        ("2026-11-22 23:59", "2026-11-22 18:14"),
        ("1986-01-01 00:05", "1985-12-31 18:35"),  # never: a quarter of an hour left out
        ("1985-12-31 23:59", "1985-12-31 18:29"),
        ("2028-02-29 02:30", "2028-02-28 20:45"),
    ],
    "Asia/Kolkata": [
        ("2028-02-29 23:59", "2028-02-29 18:29"),
        ("2027-01-01 00:00", "2026-12-31 18:30"),
    ],
    "Australia/Lord_Howe": [
        ("2026-10-04 02:00", "2026-10-03 15:30"),  # never: half an hour left out
        ("2026-10-04 02:15", "2026-10-03 15:45"),  # never: 02:45
        ("2026-10-04 02:30", "2026-10-03 15:30"),
        ("2026-04-05 01:45", "2026-04-04 15:15"),  # twice: half an hour again
        ("2026-04-05 01:29", "2026-04-04 14:29"),
        ("2026-04-05 02:00", "2026-04-04 15:30"),
    ],
    "Pacific/Auckland": [
        ("2026-09-27 02:30", "2026-09-26 14:30"),  # never: 03:30
        ("2026-04-05 02:30", "2026-04-04 14:30"),  # twice
        ("2026-12-31 23:59", "2026-12-31 10:59"),
    ],
    "Pacific/Chatham": [
        ("2026-09-27 03:00", "2026-09-26 14:15"),  # never: 04:00
        ("2026-04-05 03:00", "2026-04-04 14:15"),  # twice
    ],
    "Pacific/Apia": [
        ("2011-12-29 23:59", "2011-12-30 09:59"),
        ("2011-12-30 00:00", "2011-12-30 10:00"),  # never: a whole day left out
        ("2011-12-30 23:59", "2011-12-31 09:59"),  # never: the end of the day after
        ("2011-12-31 00:00", "2011-12-30 10:00"),
        ("2011-12-31 23:59", "2011-12-31 09:59"),
    ],
    "UTC": [("2026-11-22 02:30", "2026-11-22 02:30")],
}
ROWS = [(zone, wall, utc) for zone, rows in WALLS.items() for wall, utc in rows]

A_DAY, AN_HOUR, A_SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
CLOSING = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)

deadlines = st.builds(
    Deadline,
    day=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    zone=st.sampled_from(sorted(WALLS)),
    time=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
# Around the changes of the clocks of these zones, where chance alone would seldom fall.
nights = st.sampled_from([zone_wall for *zone_wall, _utc in ROWS]).map(
    lambda row: deadline(row[0], row[1])
)


def deadline(zone: str, wall: str) -> Deadline:
    written = datetime.fromisoformat(wall)
    return Deadline(written.date(), zone, written.time())


def wall_of(deadline: Deadline) -> datetime:
    return datetime.combine(deadline.day, deadline.time)


def shown(deadline: Deadline, at: datetime) -> datetime:
    """What the clock on the wall shows at a moment."""
    return at.astimezone(ZoneInfo(deadline.zone)).replace(tzinfo=None)


@pytest.mark.parametrize(("zone", "wall", "utc"), ROWS)
def test_a_wall_time_is_one_moment(zone: str, wall: str, utc: str) -> None:
    closing = closes_at(deadline(zone, wall))

    assert closing == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert closing.tzinfo is UTC


@given(deadline=nights | deadlines, minutes=st.integers(0, 60 * 30))
def test_a_quiz_is_open_while_the_clock_shows_no_later_time(
    deadline: Deadline, minutes: int
) -> None:
    at = closes_at(deadline) + timedelta(minutes=minutes)

    assert not is_over(closes_at(deadline), at) or shown(deadline, at) > wall_of(deadline)


@given(deadline=nights | deadlines)
def test_a_quiz_closes_at_the_written_time_or_as_far_behind_it_as_the_clocks_went(
    deadline: Deadline,
) -> None:
    closing = closes_at(deadline)
    gone_by = shown(deadline, closing + AN_HOUR) - shown(deadline, closing - A_DAY)
    left_out = gone_by - A_DAY - AN_HOUR

    assert shown(deadline, closing) - wall_of(deadline) in {timedelta(0), left_out}


@given(deadline=nights | deadlines, days=st.integers(0, 400))
def test_an_extension_moves_the_day_and_keeps_the_time(deadline: Deadline, days: int) -> None:
    later = extended(deadline, days)

    assert wall_of(later) - wall_of(deadline) == timedelta(days=days)
    assert later.zone == deadline.zone


def test_an_extension_over_a_change_of_the_clocks_is_no_multiple_of_24_hours() -> None:
    friday = Deadline(date(2026, 10, 23), "Europe/London", time(17, 0))
    assert closes_at(extended(friday, 7)) - closes_at(friday) == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("away", "over", "accepted"),
    [
        (-AN_HOUR, False, True),
        (timedelta(0), False, True),
        (A_SECOND, True, True),
        (GRACE, True, True),
        (GRACE + timedelta(microseconds=1), True, False),
        (AN_HOUR, True, False),
    ],
)
def test_an_answer_on_its_way_is_accepted_though_the_quiz_is_over(
    away: timedelta,
    over: bool,
    accepted: bool,
) -> None:
    assert (is_over(CLOSING, CLOSING + away), accepts(CLOSING, CLOSING + away)) == (over, accepted)


@given(deadline=nights | deadlines, zone=st.sampled_from(sorted(WALLS)))
def test_the_zone_of_the_clock_that_is_read_makes_no_difference(
    deadline: Deadline, zone: str
) -> None:
    closing = closes_at(deadline)
    at = (closing + GRACE).astimezone(ZoneInfo(zone))

    assert accepts(closing, at)
    assert not accepts(closing, (at.astimezone(UTC) + A_SECOND).astimezone(ZoneInfo(zone)))


def test_without_a_time_and_a_zone_it_is_the_end_of_the_organisations_day() -> None:
    day = date(2026, 12, 4)
    set_by_author = deadline_of(day, None, "", organisation_zone="Asia/Kathmandu")
    assert set_by_author == Deadline(day, "Asia/Kathmandu", END_OF_DAY)


def test_midnight_is_a_time_that_an_author_may_set() -> None:
    day = date(2026, 12, 4)
    set_by_author = deadline_of(day, time(0, 0), "UTC", organisation_zone="Asia/Kathmandu")
    assert set_by_author == Deadline(day, "UTC", time(0, 0))


def test_without_a_day_there_is_no_deadline() -> None:
    assert deadline_of(None, time(17, 0), "UTC", organisation_zone="UTC") is None
