"""A marketer has to launch although the gate is closed; a second person looks, and agrees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.models import User
from strategy.models import Campaign
from tests.browser.journeys import assert_accessible, let_in, press
from tests.factories import CampaignFactory, PersonFactory

type OpenPage = Callable[..., Page]

PHONE, DESKTOP = 360, 1280
GATE = "/campaigns/money-back/gate/"


@pytest.fixture
def campaign(portal_site: None) -> Campaign:
    """Nothing is known of it, so that nothing is met."""
    made: Campaign = CampaignFactory(
        title="Money back",
        slug="money-back",
        launches_on=timezone.localdate() + timedelta(days=10),
    )
    return made


def ask(desk: Page, second: User) -> None:
    desk.goto(GATE)
    press(desk, desk.get_by_role("link", name="Launch anyway…"))
    press(desk, desk.get_by_role("button", name="Ask the second person"))
    expect(desk.get_by_role("alert")).to_contain_text("Say why it can't wait")
    assert_accessible(desk)
    desk.get_by_label("Why now?").fill("The fair is on Monday.")
    desk.get_by_label("What will we tell customers?").fill("We pay by Thursday.")
    desk.get_by_label("Second person").select_option(label=str(second))
    press(desk, desk.get_by_role("button", name="Ask the second person"))
    expect(desk.get_by_role("status")).to_contain_text(f"{second} is asked")
    assert_accessible(desk)


def agree(phone: Page) -> None:
    phone.goto("/")
    press(phone, phone.get_by_role("link", name="Launch Money back anyway?"))
    expect(phone.get_by_text("We pay by Thursday.")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_label("Yes, launch anyway").check()
    phone.get_by_role("button", name="Send your answer").focus()
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    expect(phone.get_by_role("status")).to_contain_text("Your answer is sent")
    assert_accessible(phone)


def test_a_launch_goes_ahead_by_agreement_of_two(open_page: OpenPage, campaign: Campaign) -> None:
    marketer: User = PersonFactory(groups=["Marketing"], first_name="Amara")
    second: User = PersonFactory(administrator=True, first_name="Edda")
    desk, phone = open_page(DESKTOP), open_page(PHONE, "dark")
    let_in(desk, marketer)
    let_in(phone, second)
    ask(desk, second)
    agree(phone)

    desk.goto(GATE)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Yes, by agreement.")
    expect(desk.get_by_role("link", name="Schedule the launch")).to_be_visible()
    assert_accessible(desk)
    desk.goto(campaign.promises.get().url)
    expect(desk.get_by_text("although its gate is closed")).to_be_visible()
