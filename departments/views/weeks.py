"""Weeks in addresses, written as 2026-W47."""

from datetime import date

from django.http import Http404


def week_of(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def first_day_of(week: str) -> date:
    """The Monday; whatever isn't a week is not there."""
    try:
        return date.fromisoformat(f"{week}-1")
    except ValueError as error:
        raise Http404 from error
