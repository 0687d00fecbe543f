import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, let_in, sign_in
from tests.factories import PersonFactory

SIGN_IN_PAGE = re.compile(r"/accounts/login/")


def test_the_way_in_is_accessible(look: Page) -> None:
    look.goto("/")
    expect(look).to_have_url(SIGN_IN_PAGE)
    assert_accessible(look)


def test_a_person_signs_in_without_a_script(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    sign_in(page, PersonFactory())
    expect(page).not_to_have_url(SIGN_IN_PAGE)


def test_a_wrong_password_says_so_accessibly(phone: Page) -> None:
    sign_in(phone, PersonFactory(), password="not this one")
    expect(phone).to_have_url(SIGN_IN_PAGE)
    assert_accessible(phone)


def test_today_is_accessible(look: Page) -> None:
    let_in(look, PersonFactory())
    look.goto("/")
    expect(look).not_to_have_url(SIGN_IN_PAGE)
    assert_accessible(look)
