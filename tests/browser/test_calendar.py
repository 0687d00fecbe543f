"""The promise register and the launch calendar in a real browser, on a desk and on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.models import User
from strategy.calendars import Month
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.journeys import let_in, press, violations
from tests.factories import (
    A_DAY,
    CampaignFactory,
    DepartmentFactory,
    HeadshipFactory,
    PersonFactory,
    PromiseFactory,
)
from tests.strategy.scheduling import process_change, pulse_in

LONG = "A very long name of a campaign that goes on and on, Donaudampfschifffahrtsgesellschaft"


@pytest.fixture
def marketer(portal_site: None) -> User:
    """This month has everything that a month can have, the next one nothing but a pulse."""
    today = timezone.localdate()
    month = Month.of(today)
    departments = DepartmentFactory.create_batch(4)
    HeadshipFactory(department=departments[0])
    promise = PromiseFactory(title="Fair Refund", departments=departments[:3])
    PromiseFactory(title="Wi-Fi", is_pilot=True)
    for day in (today, today, month.first, month.last):
        CampaignFactory(title=LONG, promises=[promise], launches_on=day)
        process_change(day)
    CampaignFactory(title="Soon", promises=[promise], launches_on=today + A_DAY)
    pulse_in(month.moved(1).first)
    person: User = PersonFactory(groups=["Marketing"])
    return person


def test_neither_register_nor_calendar_has_an_accessibility_violation(
    look: Page, marketer: User
) -> None:
    let_in(look, marketer)
    faults = []
    for path in ("/promises/", "/calendar/", "/calendar/?month=none", "/calendar/list/"):
        look.goto(path)
        faults += violations(look)
    press(look, look.get_by_role("button", name="Make an address"))
    faults += violations(look)
    assert faults == []


def test_a_month_is_a_table_on_a_desk_and_a_list_on_a_phone(
    open_page: OpenPage, marketer: User
) -> None:
    for width, is_table in ((1280, True), (PHONE, False)):
        page = open_page(width)
        let_in(page, marketer)
        page.goto("/calendar/")
        assert page.locator("table.month").is_visible() is is_table
        assert page.locator(".narrow-list").is_visible() is not is_table


def test_one_leafs_by_keyboard_and_resets_the_address_without_a_script(
    open_page: OpenPage, marketer: User
) -> None:
    page = open_page(PHONE, javascript=False)
    let_in(page, marketer)
    page.goto("/calendar/")
    page.locator("a[rel=next]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Pulse opens: Fair Refund")).to_be_visible()

    press(page, page.get_by_role("button", name="Make an address"))
    address = page.locator("code").inner_text()
    assert page.request.get(address).status == 200
    press(page, page.get_by_role("button", name="Make a new address"))
    assert page.request.get(address).status == 404
