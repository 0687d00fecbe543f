"""The organisation's calendar: every date in the portal is a day in its time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def organisation_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
