import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.journeys import let_in
from tests.factories import PersonFactory


@pytest.fixture
def more(desktop: Page) -> Locator:
    """The menu "More" of an administrator, opened by keyboard."""
    let_in(desktop, PersonFactory(is_staff=True, is_superuser=True))
    desktop.goto("/")
    menu = desktop.locator(".bar__more")
    menu.locator("summary").press("Enter")
    return menu


def test_the_menu_lies_behind_all_that_stands_in_it(more: Locator) -> None:
    panel, last = more.locator("ul").bounding_box(), more.locator("a").last.bounding_box()

    assert panel is not None
    assert last is not None
    assert last["y"] + last["height"] <= panel["y"] + panel["height"]


def test_escape_closes_the_menu(more: Locator) -> None:
    more.locator("a").first.press("Escape")

    expect(more).not_to_have_attribute("open", "")
    expect(more.locator("summary")).to_be_focused()


def test_the_menu_closes_when_one_goes_on_elsewhere(more: Locator) -> None:
    more.page.get_by_role("heading", level=1).click()

    expect(more).not_to_have_attribute("open", "")


def test_a_button_that_needs_a_script_is_not_shown_without_one(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    page.goto("/accounts/login/")
    page.set_content(
        f'<link rel="stylesheet" href="{page.url.split("/accounts")[0]}/static/portal/portal.css">'
        '<button class="button" hidden>Copy</button>'
    )

    expect(page.get_by_text("Copy")).to_be_hidden()
