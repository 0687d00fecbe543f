"""The launch calendar: everything that has a day, on the page of its month and in the list."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from quizzes.models import ModuleChange, Standing
from strategy.models import Campaign, GateEntry
from strategy.reports.calendar import line_of_time, month_page
from tests.changing import changed, published_brief
from tests.conftest import NOW
from tests.factories import A_DAY, TODAY, MembershipFactory, PersonFactory
from tests.strategy.scheduling import (
    DECEMBER,
    campaign_on,
    dates_ending,
    process_change,
    pulse_in,
    schedule,
    version_scheduled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

LAST = date(2027, 11, 20)


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(MembershipFactory().person)
    return client


def read(client: Client, address: str = "/calendar/?month=2026-12") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def told(first: date = TODAY, last: date = LAST, *, on: date = TODAY) -> dict[str, date]:
    return {one.words: one.entry.on for one in line_of_time(first, last, on=on)}


def test_a_campaign_stands_on_its_launch_day_and_leads_to_its_gate(visitor: Client) -> None:
    campaign = campaign_on(DECEMBER)
    shown = read(visitor)
    assert "Launch planned: No quibble" in shown
    assert f'href="/campaigns/{campaign.slug}/gate/"' in shown
    assert "Launch planned" not in read(visitor, "/calendar/")


def test_a_draft_stands_on_the_day_to_which_it_was_moved() -> None:
    campaign = campaign_on(DECEMBER)
    campaign.launches_on = DECEMBER + A_DAY
    campaign.save_revision()
    assert told() == {"Launch planned: No quibble": DECEMBER + A_DAY}


def test_what_is_scheduled_says_so() -> None:
    schedule(campaign_on(DECEMBER), DECEMBER)
    assert told() == {"Launch scheduled: No quibble": DECEMBER}


def note(campaign: Campaign, kind: str, at: datetime = NOW) -> None:
    GateEntry.objects.create(campaign=campaign, kind=kind, at=at, launches_on=campaign.launches_on)


def test_what_was_held_says_so_until_it_is_scheduled_again() -> None:
    campaign = campaign_on(DECEMBER)
    note(campaign, "held")
    assert told() == {"Launch held: No quibble": DECEMBER}
    schedule(campaign, DECEMBER)
    assert told() == {"Launch scheduled: No quibble": DECEMBER}


def test_what_is_out_says_so_on_the_day_on_which_it_came() -> None:
    campaign = campaign_on(TODAY - 5 * A_DAY)
    Campaign.objects.filter(pk=campaign.pk).update(live=True, has_unpublished_changes=False)
    note(campaign, "launched", at=NOW - 2 * A_DAY)
    assert told(TODAY - 9 * A_DAY) == {"Launched: No quibble": TODAY - 2 * A_DAY}


def test_a_plan_whose_day_has_gone_by_is_not_called_a_plan_any_more() -> None:
    campaign_on(TODAY - A_DAY)
    assert told(TODAY - 9 * A_DAY) == {"Launch was planned: No quibble": TODAY - A_DAY}


def test_a_scheduled_version_stands_there_with_its_last_day_of_grace() -> None:
    version_scheduled(DECEMBER)
    assert told() == {
        "Fair Refund: version 2 goes live": DECEMBER,
        "Fair Refund: last day to check version 2": DECEMBER + 7 * A_DAY,
    }


def test_a_version_that_went_live_is_told_on_its_day() -> None:
    brief = published_brief(NOW - 30 * A_DAY, day="Refunds take three days.")
    changed(brief, {"day": "Refunds take five days."}, at=NOW - 2 * A_DAY)
    assert told(TODAY - 9 * A_DAY) == {
        "Fair Refund: version 2 went live": TODAY - 2 * A_DAY,
        "Fair Refund: last day to check version 2": TODAY + 5 * A_DAY,
    }


def test_other_words_of_the_same_meaning_have_no_day() -> None:
    brief = published_brief(NOW - 30 * A_DAY, day="Refunds take three days.")
    changed(brief, {"day": "A refund takes three days."}, at=NOW, kind="wording")
    assert told() == {}


def test_the_version_of_a_brief_that_is_not_open_is_nobodys_to_know(visitor: Client) -> None:
    PageViewRestriction.objects.create(
        page=version_scheduled(DECEMBER), restriction_type=PageViewRestriction.GROUPS
    )
    assert "Fair Refund" not in read(visitor)


def test_a_process_change_names_its_department_and_one_that_never_came_is_gone() -> None:
    process_change(DECEMBER)
    dropped = process_change(DECEMBER + A_DAY)
    dropped.dropped_at = NOW
    dropped.save()
    assert told() == {"Process change: Daily refund run (PC-017, Finance)": DECEMBER}


def test_the_day_on_which_many_dates_end_is_told_without_a_name(visitor: Client) -> None:
    module = dates_ending(DECEMBER + 8 * A_DAY)
    shown = read(visitor)
    assert "Practice: 9 people’s dates for Our five promises end" in shown
    people = Standing.objects.filter(module=module).select_related("person")
    assert not [standing for standing in people if standing.person.last_name in shown]


def test_of_four_people_nothing_is_told() -> None:
    dates_ending(DECEMBER, people=4)
    assert told() == {}


def test_who_has_left_or_is_switched_off_is_not_counted() -> None:
    module = dates_ending(DECEMBER, people=6)
    first, second, *_rest = [standing.person for standing in module.standings.all()]
    first.memberships.update(ends_on=TODAY - A_DAY)
    assert told() == {"Practice: 5 people’s dates for Our five promises end": DECEMBER}
    second.is_active = False
    second.save()
    assert told(on=TODAY + A_DAY) == {}


def test_dates_that_a_change_ends_are_told_as_its_grace_alone() -> None:
    brief = published_brief(NOW - 30 * A_DAY, day="Refunds take three days.")
    change = changed(brief, {"day": "Refunds take five days."}, at=NOW)
    module = dates_ending(TODAY + 7 * A_DAY)
    waiting = ModuleChange.objects.create(
        change=change, module=module, at=NOW, until=TODAY + 7 * A_DAY
    )
    Standing.objects.update(unchecked=waiting)
    assert [words for words in told() if "Practice" in words] == []


def test_a_module_that_is_not_open_is_not_named() -> None:
    dates_ending(DECEMBER).unpublish()
    assert told() == {}


def test_a_pulse_opens_closes_and_has_its_results_the_day_after() -> None:
    pulse_in(DECEMBER)
    assert told() == {
        "Pulse opens: Fair Refund": DECEMBER + A_DAY,
        "Pulse, last day: Fair Refund": date(2026, 12, 26),
        "Pulse results: Fair Refund": date(2026, 12, 27),
    }


def test_results_of_a_month_that_is_over_stand_in_the_next() -> None:
    pulse_in(date(2026, 11, 5))
    assert told(DECEMBER, date(2026, 12, 31)) == {"Pulse results: Fair Refund": DECEMBER}


def test_one_line_of_time_has_everything_in_order(visitor: Client) -> None:
    pulse_in(DECEMBER)
    campaign_on(DECEMBER)
    version_scheduled(DECEMBER + A_DAY)
    process_change(DECEMBER + 2 * A_DAY)
    shown = read(visitor, "/calendar/list/")
    places = [
        shown.index(words)
        for words in (
            "December 2026",
            "Tuesday 1\u00a0December",
            "Launch planned: No quibble",
            "version 2 goes live",
            "Pulse opens: ",
            "Process change: ",
            "last day to check",
            "Pulse, last day",
        )
    ]
    assert places == sorted(places)


def test_a_month_without_anything_says_so(visitor: Client) -> None:
    shown = read(visitor, "/calendar/?month=2027-02")
    assert "Nothing stands in the calendar for February 2027." in shown
    assert "<table" not in shown


def test_a_year_without_anything_says_so(visitor: Client) -> None:
    assert "Nothing stands in the calendar for the year ahead." in read(visitor, "/calendar/list/")


def test_one_leafs_by_month_and_comes_back_to_today(visitor: Client) -> None:
    shown = read(visitor, "/calendar/?month=2027-01")
    assert 'href="?month=2026-12" rel="prev"' in shown
    assert 'href="?month=2027-02" rel="next"' in shown
    assert '<a href="/calendar/">Today</a>' in shown
    assert '<a href="/calendar/">Today</a>' not in read(visitor, "/calendar/")


@pytest.mark.parametrize("asked", ["2026-99", "x'--", "9999-12", "2026-11&month=2026-99"])
def test_a_month_that_is_none_is_this_month(visitor: Client, asked: str) -> None:
    campaign_on(TODAY)
    assert "November 2026" in read(visitor, f"/calendar/?month={asked}")


def test_today_is_marked_in_words_and_for_screen_readers(visitor: Client) -> None:
    campaign_on(TODAY)
    shown = read(visitor, "/calendar/")
    assert shown.count('aria-current="date"') == 1
    assert '20 <span class="day-today">Today</span>' in shown


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en-gb", "Monday", "Sunday"), ("en-us", "Sunday", "Saturday"), ("de", "Montag", "Sonntag")],
)
def test_weeks_begin_where_the_reader_lives(language: str, first: str, last: str) -> None:
    with translation.override(language):
        page = month_page("2026-11", on=TODAY)
    assert (page.weekdays[0], page.weekdays[-1]) == (first, last)
    assert [day.on.day for day in page.weeks[0] if day][-1] == (1 if first != "Sunday" else 7)


@pytest.mark.parametrize("at", [datetime(2027, 6, 30, 23, 30, tzinfo=UTC)])
def test_days_are_the_organisations_whatever_the_clock_of_the_machine_says(
    visitor: Client, at: datetime
) -> None:
    version_scheduled(date(2027, 7, 2))
    with timezone.override(UTC):
        shown = read(visitor, "/calendar/")
        assert "July 2027" in shown
        assert '>1 <span class="day-today">Today</span>' in shown
        found = told(date(2027, 6, 1), LAST, on=date(2027, 7, 1))
    assert found["Fair Refund: version 2 goes live"] == date(2027, 7, 2)


def everything() -> None:
    start = DECEMBER + timedelta(days=7 * Campaign.objects.count())
    schedule(campaign_on(start, title=f"Campaign on {start}"), start)
    note(campaign_on(start, title=f"Held on {start}"), "held")
    version_scheduled(start)
    process_change(start)
    dates_ending(start, people=5, title=f"Module of {start}")


@pytest.mark.parametrize("address", ["/calendar/?month=2026-12", "/calendar/list/"])
def test_the_calendar_costs_the_same_however_much_stands_in_it(
    visitor: Client, address: str
) -> None:
    everything()
    pulse_in(DECEMBER)
    read(visitor, address)
    before = queries_of(visitor, address)
    everything()
    everything()
    pulse_in(date(2027, 1, 1))
    assert queries_of(visitor, address) == before


def queries_of(client: Client, address: str) -> int:
    """With everybody's dates counted anew."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        read(client, address)
    return len(asked)


@pytest.mark.parametrize("role", [{}, {"groups": ["Marketing"]}, {"administrator": True}])
def test_everybody_reads_the_same(client: Client, role: dict[str, object]) -> None:
    campaign_on(DECEMBER)
    client.force_login(PersonFactory(**role))
    assert "Launch planned: No quibble" in read(client)
