"""Search in a real browser: from the masthead of any page to the fact that answers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge.models import Fact
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.journeys import assert_accessible, let_in
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)

SEARCHES = ("", "refund", "prise lock", "refund zeppelin", "zeppelin")


@pytest.fixture
def fact(portal_site: None) -> Fact:
    """How refunds arrive, in a brief that customers may not hear of yet."""
    answer = ("answer", {"question": "When is my refund?", "answer": "<p>On Thursday.</p>"})
    embargo = timezone.localdate() + timedelta(days=14)
    brief = BriefFactory(title="Fair Refund", embargo_until=embargo, answers=[answer])
    LessonFactory(module=ModuleFactory(brief=brief, title="Refunds"), title="Price Lock")
    PromiseFactory(sentence="You get your refund on the day we name.")
    FactFactory.create_batch(12, brief=brief)
    fact: Fact = FactFactory(brief=brief, key="the-day", title="When the money arrives")
    return fact


def colleague_on(page: Page) -> Page:
    let_in(page, PersonFactory())
    page.goto("/")
    return page


def test_the_field_in_the_masthead_leads_to_the_fact_in_its_brief(
    open_page: OpenPage, fact: Fact
) -> None:
    page = colleague_on(open_page(DESKTOP, javascript=False))

    page.get_by_role("searchbox", name="Search").fill("money")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=fact.title).click()

    expect(page).to_have_url(re.compile(f"/briefs/{fact.brief.slug}/#the-day$"))
    expect(page.locator("#the-day")).to_be_in_viewport()


def test_a_phone_has_a_way_to_the_search_page(open_page: OpenPage, fact: Fact) -> None:
    page = colleague_on(open_page(PHONE, javascript=False))

    page.get_by_role("link", name="Search").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("refnd")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_text("Showing what we have for “refund”.")).to_be_visible()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Facts")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_way_to_search_is_large_enough_to_hit(
    width: int, open_page: OpenPage, fact: Fact
) -> None:
    page = colleague_on(open_page(width))
    targets = page.locator(".search-box :is(a, input, button)").filter(visible=True)
    boxes = [box for target in targets.all() if (box := target.bounding_box())]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


def test_no_search_has_an_accessibility_violation(look: Page, fact: Fact) -> None:
    colleague_on(look)
    for query in SEARCHES:
        look.goto(f"/search/?q={query}")
        assert_accessible(look)
