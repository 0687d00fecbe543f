"""A head reads her team's days ahead, narrows the table, and prints the week's card."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, let_in, press

# The height of a page within its margins.
A4_AT_96_DPI = 1024


@pytest.fixture
def ines(wrenfield: datetime) -> User:
    head: User = User.objects.get(email="ines.callowhart@wrenfield.example")
    return head


def shown_chart(page: Page) -> str:
    """The one drawing of the three that this width shows."""
    sizes: list[str] = page.locator("svg.chart").evaluate_all(
        "charts => charts.filter(one => one.checkVisibility()).map(one => one.classList[1])"
    )
    (size,) = sizes
    return size


def test_a_head_reads_the_days_ahead_and_narrows_the_table(open_page: OpenPage, ines: User) -> None:
    page = open_page(1280)
    let_in(page, ines)
    page.goto("/team/")
    expect(page.locator("h1")).to_contain_text("none on")
    assert shown_chart(page) == "chart--wide"
    page.get_by_text("See as table").click()
    expect(page.get_by_role("columnheader", name="If nobody checks")).to_be_visible()
    assert_accessible(page)

    page.get_by_text("Filter the table").click()
    page.get_by_label("State").select_option("Lapsed")
    press(page, page.get_by_role("button", name="Filter"))
    expect(page.get_by_text("people. The figures above each module")).to_be_visible()
    assert_accessible(page)


def test_the_weeks_card_is_one_printed_page(open_page: OpenPage, ines: User) -> None:
    page = open_page(1280)
    let_in(page, ines)
    page.goto("/team/")
    press(page, page.get_by_role("link", name="Make a huddle card"))
    assert_accessible(page)

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 900})
    height: float = page.evaluate("document.body.scrollHeight")
    assert height < A4_AT_96_DPI


def test_on_a_phone_in_the_dark_a_head_picks_one_module(open_page: OpenPage, ines: User) -> None:
    page = open_page(360, theme="dark")
    let_in(page, ines)
    page.goto("/team/")
    assert shown_chart(page) == "chart--narrow"
    assert_accessible(page)

    page.get_by_label("Module", exact=True).select_option(label="Whole-Home Wi-Fi – 4 of 13")
    press(page, page.get_by_role("button", name="Show").first)

    expect(page.locator("h1")).to_contain_text("4 of 13 ready for Whole-Home Wi-Fi today")
    expect(page.locator(".groups h3")).to_have_text("Whole-Home Wi-Fi")
