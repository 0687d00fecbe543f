"""A reply is due two working days after the question."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.workdays import is_workday, reply_due_on

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        (date(2026, 11, 16), date(2026, 11, 18)),  # Monday, Wednesday
        (date(2026, 11, 18), date(2026, 11, 20)),  # Wednesday, Friday
        (date(2026, 11, 19), date(2026, 11, 23)),  # Thursday, over the weekend to Monday
        (date(2026, 11, 20), date(2026, 11, 24)),  # Friday, Tuesday
        (date(2026, 11, 21), date(2026, 11, 24)),  # Saturday, Tuesday
        (date(2026, 11, 22), date(2026, 11, 24)),  # Sunday, Tuesday
        (date(2026, 12, 31), date(2027, 1, 4)),  # the new year is not known as a holiday yet
    ],
)
def test_a_reply_is_due_after_two_working_days(asked_on: date, due_on: date) -> None:
    assert reply_due_on(asked_on) == due_on


@given(DAYS)
def test_a_reply_is_never_due_at_a_weekend(asked_on: date) -> None:
    assert is_workday(reply_due_on(asked_on))


@given(DAYS)
def test_two_working_days_lie_between_the_question_and_the_reply(asked_on: date) -> None:
    due_on = reply_due_on(asked_on)
    after = [asked_on + timedelta(days=n) for n in range(1, (due_on - asked_on).days + 1)]
    assert sum(map(is_workday, after)) == 2


@given(DAYS)
def test_whoever_asks_later_is_never_answered_earlier(asked_on: date) -> None:
    assert reply_due_on(asked_on) <= reply_due_on(asked_on + timedelta(days=1))
