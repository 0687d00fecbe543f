"""The calendar as a file that other calendars read (RFC 5545): each entry is a whole day."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from strategy.calendars import Stage
from strategy.reports.calendar import Told

# So seldom a calendar should ask again; most take it as a wish.
ASKS_AGAIN = timedelta(hours=6)
CONTENT_TYPE = "text/calendar; charset=utf-8"
# Whatever may still move.
TENTATIVE = frozenset({Stage.PLANNED, Stage.HELD})


def calendar_file(line: Iterable[Told], *, at: datetime) -> bytes:
    name, calendar = _("Launch calendar"), Calendar()
    calendar.add("prodid", f"-//{_host()}//Launch calendar//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKS_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for told in line:
        calendar.add_component(_event(told, at))
    return bytes(calendar.to_ical())


def _event(told: Told, at: datetime) -> Event:
    entry = told.entry
    event = Event()
    # The same for good, so that what moves to another day moves, and isn't there twice.
    event.add("uid", f"{entry.key}@{_host()}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", told.words)
    event.add("status", "TENTATIVE" if entry.stage in TENTATIVE else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", urljoin(settings.BASE_URL, entry.url))
    return event


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "portal"
