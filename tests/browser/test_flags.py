"""A colleague says why a promise can't be kept; its owner answers; it wasn't enough."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from knowledge.models import PromisePage
from portal.models import User
from tests.browser.journeys import assert_accessible, let_in, press
from tests.factories import DepartmentFactory, MembershipFactory, PersonFactory, PromiseFactory

type OpenPage = Callable[..., Page]

PHONE, DESKTOP = 360, 1280
FLAGS = "/promises/fair-refund/flags/"


@pytest.fixture
def owner(portal_site: None) -> User:
    person: User = PersonFactory(first_name="Grace")
    return person


@pytest.fixture
def promise(owner: User) -> PromisePage:
    page: PromisePage = PromiseFactory(title="Fair Refund", slug="fair-refund", owner=owner)
    return page


def raise_it(phone: Page) -> None:
    phone.goto(FLAGS)
    press(phone, phone.get_by_role("button", name="Raise the flag"))
    expect(phone.get_by_role("alert")).to_contain_text("Say what keeps you from it")
    assert_accessible(phone)
    phone.get_by_label("I can’t do this because").fill("the run is on Thursday")
    press(phone, phone.get_by_role("button", name="Raise the flag"))
    expect(phone.get_by_role("status")).to_contain_text("Thank you for saying so. Grace")
    assert_accessible(phone)


def answer_it(desk: Page) -> None:
    desk.goto(FLAGS)
    press(desk, desk.get_by_role("link", name="the run is on Thursday"))
    assert_accessible(desk)
    desk.get_by_label("Your reply").fill("Daily from Monday.")
    press(desk, desk.get_by_role("button", name="Send the answer"))
    expect(desk.get_by_role("status")).to_contain_text("Your answer is sent")


def test_a_flag_is_answered_and_opened_again(
    open_page: OpenPage, promise: PromisePage, owner: User
) -> None:
    phone, desk = open_page(PHONE), open_page(DESKTOP, "dark")
    let_in(phone, MembershipFactory(department=DepartmentFactory(name="Care")).person)
    raise_it(phone)
    let_in(desk, owner)
    answer_it(desk)

    press(phone, phone.get_by_role("link", name="the run is on Thursday"))
    expect(phone.get_by_text("Daily from Monday.")).to_be_visible()
    phone.get_by_label("Your reply").fill("And on bank holidays?")
    press(phone, phone.get_by_role("button", name="This doesn’t answer it"))
    expect(phone.get_by_role("status")).to_contain_text("The flag is open again")
    assert_accessible(phone)


def test_a_flag_is_raised_without_a_name_and_without_a_script(
    open_page: OpenPage, promise: PromisePage
) -> None:
    phone = open_page(PHONE, javascript=False)
    let_in(phone, PersonFactory(first_name="Zenobia"))
    phone.goto(FLAGS)
    phone.get_by_label("I can’t do this because").fill("the run is on Thursday")
    phone.get_by_label("Without my name").check()
    press(phone, phone.get_by_role("button", name="Raise the flag"))

    flags = phone.get_by_role("region", name="Waiting for an answer")
    expect(flags).to_contain_text("the run is on Thursday")
    expect(flags).not_to_contain_text("Zenobia")
