"""The organisation's calendar: every date in the portal is a day in its time zone."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def organisation_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def day_begins(day: date) -> datetime:
    """Its first moment."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def month_after(day: date) -> date:
    """The first day of the next month."""
    return last_of_month(day) + timedelta(days=1)


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def organisation_today() -> date:
    return organisation_day(timezone.now())
