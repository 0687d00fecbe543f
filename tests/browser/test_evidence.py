"""A measure's owner enters a month and sees the verdict; a head logs what changes, and why."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from customers.models import Measure
from departments.models import Department
from portal.models import User
from tests.browser.journeys import assert_accessible, let_in, press
from tests.customers.measuring import claimed, measured, read
from tests.factories import DepartmentFactory, HeadshipFactory, PersonFactory, PromiseFactory

type OpenPage = Callable[..., Page]

PHONE, DESKTOP = 360, 1280


@pytest.fixture
def finance(portal_site: None) -> Department:
    department: Department = DepartmentFactory(name="Finance & Billing")
    return department


@pytest.fixture
def owner(portal_site: None) -> User:
    person: User = PersonFactory(first_name="Ruth")
    return person


@pytest.fixture
def measure(finance: Department, owner: User) -> Measure:
    promise = PromiseFactory(
        title="Fair Refund", slug="fair-refund", departments=[finance], owner=owner
    )
    measure = measured(claimed(promise), owner=owner)
    read(measure, date(2026, 9, 1), k=326, n=534)
    return measure


def enter_october(phone: Page) -> None:
    phone.goto("/promises/fair-refund/evidence/")
    expect(phone.get_by_role("heading", name="refunds arrive in time")).to_be_visible()
    assert_accessible(phone)
    press(phone, phone.get_by_role("link", name="Add a reading", exact=True))
    assert_accessible(phone)
    phone.get_by_label("Which days").select_option(label="October 2026")
    phone.get_by_label("How many got what was promised").fill("548")
    phone.get_by_label("Out of how many").fill("318")
    press(phone, phone.get_by_role("button", name="Save the reading"))
    expect(phone.get_by_role("alert")).to_contain_text("548 can't be part of 318.")
    assert_accessible(phone)
    phone.get_by_label("How many got what was promised").fill("318")
    phone.get_by_label("Out of how many").fill("548")
    press(phone, phone.get_by_role("button", name="Save the reading"))
    expect(phone.get_by_role("status")).to_contain_text("Saved: 318 of 548 for October 2026.")
    expect(phone.get_by_text("Falling short")).to_be_visible()
    expect(phone.get_by_role("row", name=re.compile("October 2026"))).to_contain_text("Ruth")


def log_the_daily_run(desk: Page) -> None:
    desk.goto("/changes/")
    press(desk, desk.get_by_role("link", name="Log a change"))
    assert_accessible(desk)
    desk.get_by_label("What changes").fill("Daily run")
    desk.get_by_label("From which day").fill("2026-11-23")
    desk.get_by_label("Why it was made").fill("Customers wait for small refunds.")
    desk.get_by_label("Fair Refund").check()
    press(desk, desk.get_by_role("button", name="Log it"))
    expect(desk.get_by_role("status")).to_contain_text("Logged as PC-001.")
    assert_accessible(desk)


def answer_it(phone: Page) -> None:
    phone.goto("/changes/PC-001/")
    press(phone, phone.get_by_role("link", name=re.compile("Answer.*Fair Refund")))
    assert_accessible(phone)
    phone.get_by_label("No: the promise stays as it is").check()
    phone.get_by_label("Why, in one sentence").fill("Three days stay three days.")
    press(phone, phone.get_by_role("button", name="Answer for everybody to read"))
    expect(phone.get_by_text("The promise stays as it is:")).to_be_visible()
    assert_accessible(phone)


def test_a_reading_is_entered_and_a_change_is_logged_and_answered(
    open_page: OpenPage, measure: Measure, owner: User, finance: Department
) -> None:
    phone, desk = open_page(PHONE), open_page(DESKTOP)
    let_in(phone, owner)
    enter_october(phone)
    let_in(desk, HeadshipFactory(department=finance).person)
    log_the_daily_run(desk)
    answer_it(phone)
