"""Weeks and their working days; a reply is due two of them after the day of the question.

Working days are Monday to Friday. The organisation's holidays are not known yet, so a day off in
the week counts as a working day.
"""

from datetime import date, timedelta

REPLY_WORKDAYS = 2
SATURDAY = 5
A_DAY = timedelta(days=1)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY


def workday_after(day: date, count: int) -> date:
    """The `count`-th working day after a day, which itself does not count."""
    while count:
        day += A_DAY
        count -= is_workday(day)
    return day


def workday_within(day: date, last: date) -> date:
    """The first working day from `day` on, or the last one by `last` where that is later."""
    while not is_workday(day):
        day += A_DAY
    while day > last or not is_workday(day):
        day -= A_DAY
    return day


def reply_due_on(asked_on: date) -> date:
    return workday_after(asked_on, REPLY_WORKDAYS)
