"""What departments get from each other: when an answer is due, and when a rating may be closed.

**Guarantee.** A rating is about a hand-off, never about a person: a team agrees on it together, and
the department that is rated has the last word, or fourteen days for it.

Days are days of the organisation's calendar; points are whole numbers from 1 to 5.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean

CLOSES_AFTER = timedelta(days=14)
LEAST_POINTS, MOST_POINTS = 1, 5


def may_close(signed_on: date, *, is_replied: bool, on: date) -> bool:
    """Once the other side has replied, or has had fourteen days for it."""
    return is_replied or on >= closes_on(signed_on)


def closes_on(signed_on: date) -> date:
    return signed_on + CLOSES_AFTER


def points_of(complete: int, on_time: int, clear: int) -> float:
    """The mean of the three, to one decimal."""
    return mean_of((complete, on_time, clear))


def mean_of(points: Sequence[float]) -> float:
    return round(fmean(points), 1)


def month_of(day: date) -> date:
    return day.replace(day=1)
