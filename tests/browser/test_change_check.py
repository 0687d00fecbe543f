"""A colleague checks what changed, in a real browser: on a phone, on a desk, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge.models import BriefPage, ModulePage
from portal.models import User
from quizzes.models import Answer, Attempt, Standing
from tests.browser.journeys import assert_accessible, let_in, press
from tests.changing import changed, module_about, published_brief, who_passed
from tests.factories import DepartmentFactory, MembershipFactory, RequirementFactory

type OpenPage = Callable[..., Page]

OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."


@pytest.fixture
def brief(portal_site: None) -> BriefPage:
    long_ago = timezone.now() - timedelta(days=60)
    return published_brief(long_ago, limit=OLD, date="Refunds go out every Thursday.")


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


@pytest.fixture
def colleague(brief: BriefPage, module: ModulePage) -> User:
    """Somebody who proved the old limit, in a department that asks for it."""
    person = who_passed(module, timezone.now() - timedelta(days=2))
    care = DepartmentFactory(name="Care")
    MembershipFactory(department=care, person=person)
    RequirementFactory(department=care, module=module, due_on=None)
    changed(brief, {"limit": NEW}, at=timezone.now() - timedelta(hours=1))
    return person


def answer_right(page: Page, answer: Answer) -> None:
    right = answer.question.options.get(is_right=True)
    page.get_by_label(right.text, exact=True).check()
    page.get_by_label("Sure", exact=True).check()
    press(page, page.get_by_role("button", name="Check answer"))


@pytest.mark.parametrize("width", [360, 1280])
def test_from_today_to_the_old_date(
    open_page: OpenPage, module: ModulePage, colleague: User, width: int
) -> None:
    own = Standing.objects.get(person=colleague).own_ready_until
    page = open_page(width)
    let_in(page, colleague)
    page.goto("/")
    assert_accessible(page)
    press(page, page.get_by_role("link", name="See what changed"))
    expect(page.get_by_text(OLD)).to_be_visible()
    expect(page.get_by_text(NEW)).to_be_visible()
    assert_accessible(page)
    press(page, page.get_by_role("button", name="Check it"))
    for answer in Answer.objects.filter(attempt__kind=Attempt.Kind.CHECK):
        assert_accessible(page)
        answer_right(page, answer)
        press(page, page.locator("main .actions .button"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("You’re up to date. Ready until")
    assert_accessible(page)
    assert Standing.objects.get(person=colleague).ready_until == own


def test_it_needs_no_script(open_page: OpenPage, module: ModulePage, colleague: User) -> None:
    page = open_page(360, javascript=False)
    let_in(page, colleague)
    page.goto(f"/learn/{module.slug}/check/")
    press(page, page.get_by_role("button", name="Check it"))
    for answer in Answer.objects.filter(attempt__kind=Attempt.Kind.CHECK):
        answer_right(page, answer)
        press(page, page.locator("main .actions .button"))

    assert not Standing.objects.get(person=colleague).is_unchecked
