"""What the journeys of all roles do."""

from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from portal.models import User
from tests.factories import PASSWORD

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def sign_in(page: Page, person: User, password: str = PASSWORD) -> None:
    """By the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("Work e-mail").fill(person.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def let_in(page: Page, person: User) -> None:
    """By a session made on the server: quicker, where signing in is not what is tried."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.goto("/accounts/login/")
    home = urljoin(page.url, "/")
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": home}])


def press(page: Page, target: Locator) -> None:
    """Follows a link or presses a button, and waits until the next page is there."""
    with page.expect_navigation():
        target.click()


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA, and nothing wider than the screen. Needs JavaScript."""
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is wider than the screen, a line each."""
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    overflow = width_beyond(page)
    return [
        f"{page.url}: {fault['id']}, {fault['help']}, {node['target']}"
        for fault in found
        for node in fault["nodes"]
    ] + ([f"{page.url}: {overflow} pixels wider than the screen"] if overflow > 0 else [])


def assert_fits(page: Page) -> None:
    assert width_beyond(page) <= 0, page.url


def width_beyond(page: Page) -> int:
    overflow: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return overflow
