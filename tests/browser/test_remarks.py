"""A colleague flags a fact, its owner answers in the editor, and everybody reads the answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from knowledge.models import BriefPage, LessonPage
from portal.models import User
from tests.browser.journeys import assert_accessible, assert_fits, let_in, press
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    StandingFactory,
)

type OpenPage = Callable[..., Page]

PHONE, DESKTOP = 360, 1280


@pytest.fixture
def marketer(portal_site: None) -> User:
    person: User = PersonFactory(first_name="Grace", groups=["Marketing"])
    return person


@pytest.fixture
def colleague(portal_site: None) -> User:
    person: User = PersonFactory(first_name="Amara")
    return person


@pytest.fixture
def brief(marketer: User) -> BriefPage:
    page: BriefPage = BriefFactory(title="Fair Refund", slug="fair-refund", owner=marketer)
    FactFactory(brief=page, title="How long it takes", statement="Five working days.")
    page.save_revision().publish()
    return page


def ask_about_the_fact(phone: Page) -> None:
    phone.goto("/briefs/fair-refund/")
    press(phone, phone.get_by_role("link", name=re.compile("Ask or flag.*How long it takes")))
    assert_accessible(phone)
    press(phone, phone.get_by_role("button", name="Send"))
    expect(phone.get_by_role("alert")).to_contain_text("Choose what it is about")
    assert_accessible(phone)
    phone.get_by_label("I have a question").check()
    phone.get_by_label("In your words").fill("Do Saturdays count?")
    press(phone, phone.get_by_role("button", name="Send"))
    expect(phone.get_by_role("status")).to_contain_text("Thank you. Grace")


def answer_and_share(desk: Page) -> None:
    desk.goto("/cms/")
    press(desk, desk.get_by_role("link", name="Remarks (1)"))
    press(desk, desk.get_by_role("link", name="Do Saturdays count?"))
    desk.get_by_label("We answered it").check()
    desk.get_by_label("Your reply").fill("No: Monday to Friday only.")
    desk.get_by_label("Share as question and answer").check()
    press(desk, desk.get_by_role("button", name="Send the reply"))
    expect(desk.get_by_text("everybody reads it in the brief")).to_be_visible()


def test_a_flagged_fact_is_answered_for_everybody(
    open_page: OpenPage, brief: BriefPage, colleague: User, marketer: User
) -> None:
    phone, desk = open_page(PHONE), open_page(DESKTOP)
    let_in(phone, colleague)
    ask_about_the_fact(phone)
    let_in(desk, marketer)
    answer_and_share(desk)

    phone.goto("/")
    press(phone, phone.get_by_role("link", name="There is a reply to what you asked."))
    expect(phone.get_by_text("No: Monday to Friday only.")).to_be_visible()
    assert_accessible(phone)
    phone.goto("/briefs/fair-refund/")
    phone.get_by_text("Do Saturdays count?", exact=True).click()
    expect(phone.get_by_text("No: Monday to Friday only.")).to_be_visible()


def test_an_owner_who_is_no_editor_answers_in_the_portal_without_a_script(
    open_page: OpenPage, colleague: User
) -> None:
    owner = PersonFactory()
    lesson: LessonPage = LessonFactory(module=ModuleFactory(slug="refund", owner=owner), slug="day")

    asking = open_page(PHONE, javascript=False)
    let_in(asking, colleague)
    asking.goto("/learn/refund/day/")
    press(asking, asking.get_by_role("link", name=re.compile("Ask or flag.*part 1")))
    expect(asking.get_by_text("Say the day on which the money arrives.")).to_be_visible()
    asking.get_by_label("This is unclear").check()
    press(asking, asking.get_by_role("button", name="Send"))

    answering = open_page(PHONE)
    let_in(answering, owner)
    answering.goto("/")
    press(answering, answering.get_by_role("link", name="A colleague waits for a reply"))
    assert_accessible(answering)
    press(answering, answering.get_by_role("link", name="This is unclear"))
    assert_accessible(answering)
    answering.get_by_label("It stays as it is").check()
    answering.get_by_label("Your reply").fill(f"See {lesson.title} again.")
    press(answering, answering.get_by_role("button", name="Send the reply"))
    expect(answering.get_by_text("Nobody waits for a reply from you.")).to_be_visible()


def test_a_colleague_says_in_one_click_whether_a_module_helped(
    open_page: OpenPage, colleague: User
) -> None:
    module = ModuleFactory(title="Fair Refund")
    StandingFactory(person=colleague, module=module, ready=True, passed_on=TODAY - 8 * A_DAY)
    phone = open_page(PHONE)
    let_in(phone, colleague)
    phone.goto("/")
    assert_accessible(phone)
    press(phone, phone.get_by_role("button", name="Not yet"))
    expect(phone.get_by_role("status")).to_contain_text("Thank you.")
    expect(phone.get_by_text("did this help you")).to_have_count(0)
    assert_fits(phone)
