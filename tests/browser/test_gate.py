"""Can we make this promise on this date? A head and a marketer look, on a phone."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, let_in, press

INES = "ines.callowhart@wrenfield.example"
AMARA = "amara.vellacott-iyer@wrenfield.example"
MONEY_BACK = "Money back, no quibble"
GATE = "/campaigns/money-back-no-quibble/gate/"


def test_a_sceptical_head_finds_what_is_missing_and_whose_it_is(
    phone: Page, wrenfield: datetime
) -> None:
    let_in(phone, User.objects.get(email=INES))
    phone.goto("/campaigns/")
    assert_accessible(phone)
    press(phone, phone.get_by_role("link", name=MONEY_BACK))

    expect(phone.get_by_role("heading", level=1)).to_have_text("Not yet. 0 of 4 checks are met.")
    checks = phone.get_by_role("region", name="Four checks").get_by_role("listitem")
    expect(checks).to_have_count(4)
    expect(checks.nth(1)).to_contain_text("Ruth Ferncastle (Finance & Billing) signs version 4")
    assert_accessible(phone)
    press(phone, phone.get_by_role("link", name="Read the flags"))
    expect(phone.get_by_text("Thursday runs skip bank holidays").first).to_be_visible()


def test_a_hurried_marketer_tries_another_day_without_a_script(
    open_page: OpenPage, wrenfield: datetime
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, User.objects.get(email=AMARA))
    page.goto(GATE)
    later = (wrenfield + timedelta(days=60)).date()

    page.get_by_label("Launch on").fill(later.isoformat())
    press(page, page.get_by_role("button", name="Show"))

    expect(page.get_by_text("of 4 would be met.")).to_be_visible()
    expect(page.get_by_label("Launch on")).to_have_value(later.isoformat())
    expect(page.get_by_role("heading", level=1)).to_have_text("Not yet. 0 of 4 checks are met.")


def test_the_gate_reads_well_at_every_width_and_in_the_dark(
    look: Page, wrenfield: datetime
) -> None:
    let_in(look, User.objects.get(email=AMARA))
    look.goto(f"{GATE}?on=2020-01-01")
    expect(look.get_by_text("Choose today or a day to come")).to_be_visible()
    assert_accessible(look)
