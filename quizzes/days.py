"""The organisation's calendar: every date in the portal is a day in its time zone."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def organisation_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def month_after(day: date) -> date:
    """The first day of the next month."""
    return day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])


def organisation_today() -> date:
    return organisation_day(timezone.now())
