"""The calendar in everybody's own: a secret address that speaks for its person."""

import re
from datetime import UTC, date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from portal.models import User
from strategy.models import CalendarFeed
from tests.conftest import NOW
from tests.factories import A_DAY, TODAY, MembershipFactory
from tests.strategy.scheduling import (
    DECEMBER,
    campaign_on,
    dates_ending,
    process_change,
    schedule,
    version_scheduled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

LONG = "Größte „Zusage“, die wir je machten; mit Komma, Strichpunkt und \\ Schrägstrich " * 2


@pytest.fixture
def reader() -> User:
    person: User = MembershipFactory().person
    return person


def address_of(person: User) -> str:
    """The secret address, as the page shows it once she has asked for one."""
    client = Client()
    client.force_login(person)
    page = client.post("/calendar/address/", follow=True).content.decode()
    (address,) = re.findall(r"<code>http://testserver(/calendar\.ics\?key=[\w-]+)</code>", page)
    return str(unescape(address))


def events_at(address: str) -> list[Any]:
    response = Client().get(address)
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_calendar_reads_without_signing_in_what_its_person_reads(reader: User) -> None:
    schedule(campaign_on(DECEMBER), DECEMBER)
    version_scheduled(DECEMBER + A_DAY)
    process_change(DECEMBER + 2 * A_DAY)
    dates_ending(DECEMBER + 3 * A_DAY)
    found = {str(event["summary"]): event["dtstart"].dt for event in events_at(address_of(reader))}
    assert found == {
        "Fair Refund: version 1 went live": TODAY - 30 * A_DAY,
        "Launch scheduled: No quibble": DECEMBER,
        "Fair Refund: version 2 goes live": DECEMBER + A_DAY,
        "Process change: Daily refund run (PC-017, Finance)": DECEMBER + 2 * A_DAY,
        "Practice: 9 people’s dates for Our five promises end": DECEMBER + 3 * A_DAY,
        "Fair Refund: last day to check version 2": DECEMBER + 8 * A_DAY,
    }


def test_an_entry_is_one_whole_day(reader: User) -> None:
    campaign_on(DECEMBER)
    (event,) = events_at(address_of(reader))
    assert (event["dtstart"].dt, event["dtend"].dt) == (DECEMBER, DECEMBER + A_DAY)
    assert b"DTSTART;VALUE=DATE:20261201\r\n" in event.to_ical()
    assert event["dtstamp"].dt == NOW.astimezone(UTC)


def test_an_entry_leads_to_its_page(reader: User) -> None:
    campaign = campaign_on(DECEMBER)
    (event,) = events_at(address_of(reader))
    assert event["url"] == f"http://localhost:8000/campaigns/{campaign.slug}/gate/"


def test_what_moves_to_another_day_stays_the_same_event(reader: User) -> None:
    campaign, address = campaign_on(DECEMBER), address_of(reader)
    (before,) = events_at(address)
    campaign.launches_on = DECEMBER + A_DAY
    campaign.save_revision()
    (after,) = events_at(address)
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt != before["dtstart"].dt


def test_only_what_is_fixed_is_called_confirmed(reader: User) -> None:
    campaign, address = campaign_on(DECEMBER), address_of(reader)
    (planned,) = events_at(address)
    schedule(campaign, DECEMBER)
    (scheduled,) = events_at(address)
    assert (planned["status"], scheduled["status"]) == ("TENTATIVE", "CONFIRMED")


def test_long_and_strange_names_arrive_as_they_are(reader: User) -> None:
    campaign_on(DECEMBER, title=LONG[:120].strip())
    address = address_of(reader)
    (event,) = events_at(address)
    assert event["summary"] == f"Launch planned: {LONG[:120].strip()}"
    lines = Client().get(address).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_each_event_has_a_name_of_its_own(reader: User) -> None:
    version_scheduled(DECEMBER)
    for day in range(3):
        dates_ending(DECEMBER + day * A_DAY, title=f"Module {day}")
    uids = [event["uid"] for event in events_at(address_of(reader))]
    assert len(uids) == len(set(uids)) == 6


def test_nobody_keeps_what_was_read(reader: User) -> None:
    response = Client().get(address_of(reader))
    assert {"private", "no-store"} <= set(re.split(r",\s*", response["Cache-Control"]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_new_address_stops_the_old_one_at_once(reader: User) -> None:
    before = address_of(reader)
    after = address_of(reader)
    assert before != after
    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_an_address_is_made_only_when_it_is_asked_for(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert "Make an address" in client.get("/calendar/").content.decode()
    assert not CalendarFeed.objects.exists()


def test_nobody_sees_another_persons_address(client: Client, reader: User) -> None:
    address = address_of(reader)
    client.force_login(MembershipFactory().person)
    assert address.partition("=")[2] not in client.get("/calendar/").content.decode()


def leave(person: User) -> None:
    person.memberships.update(ends_on=TODAY - A_DAY)


def switch_off(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("go", [leave, switch_off])
def test_who_has_gone_is_told_no_more_than_a_stranger(reader: User, go: Any) -> None:
    address = address_of(reader)
    go(reader)
    strange = Client().get("/calendar.ics?key=abcdefghijklmnopqrstuvwxyz012345")
    gone = Client().get(address)
    assert (gone.status_code, gone.content) == (404, strange.content)


@pytest.mark.parametrize(
    "query", ["", "?key=", "?key=short", "?key=%00%00%00%00%00%00%00%00%00%00%00%00", "?k=1"]
)
def test_what_is_no_key_opens_nothing(reader: User, query: str) -> None:
    CalendarFeed.objects.create(person=reader, key="", made_at=NOW)
    assert Client().get(f"/calendar.ics{query}").status_code == 404


def test_the_key_of_a_colleague_signs_nobody_in(client: Client, reader: User) -> None:
    client.get(address_of(reader))
    assert client.get("/calendar/").status_code == 302


def test_a_feed_costs_the_same_however_much_stands_in_it(reader: User) -> None:
    address = address_of(reader)
    add_some(1)
    Client().get(address)
    before = queries_of(address)
    add_some(3)
    assert queries_of(address) == before


def add_some(number: int) -> None:
    for _time in range(number):
        campaign_on(DECEMBER)
        version_scheduled(DECEMBER)
        process_change(DECEMBER)


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    return len(asked)


def test_a_feed_reaches_back_a_month_and_ahead_a_year(reader: User) -> None:
    for day in (-32, -31, 366, 367):
        process_change(TODAY + day * A_DAY)
    days = [event["dtstart"].dt for event in events_at(address_of(reader))]
    assert days == [date(2026, 10, 20), date(2027, 11, 21)]
