"""A brief and a promise on paper: little of it, and nothing of the screen."""

import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, ViewportSize, expect

from knowledge.models import BriefPage, PromisePage
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.journeys import let_in
from tests.factories import BriefFactory, FactFactory, PersonFactory, PromiseFactory

A4_WITHIN_ITS_MARGINS: ViewportSize = {"width": 688, "height": 1024}
SCREEN_ONLY = (
    ".bar",
    ".search-box",
    ".who",
    ".foot",
    ".skip",
    ".toc",
    ".crumb",
    ".actions",
    ".ask",
    "button",
    "input",
)


@pytest.fixture
def brief(portal_site: None) -> BriefPage:
    """As long as the longest of the demo: ten facts and five answers."""
    answer = {
        "question": "Is it guaranteed upstairs?",
        "answer": f"<p>{'By cable. ' * 18}</p>",
    }
    lines = [("line", "“It’s still fast at eight, when the whole street is online.”")] * 3
    page: BriefPage = BriefFactory(
        title="Home Fibre 300",
        version=3,
        answers=[("answer", answer)] * 5,
        say=lines,
        dont_say=lines,
        expectation="If I see 80, I’ll think you’ve misled me. " * 6,
    )
    for number in range(10):
        FactFactory(
            brief=page,
            title=f"Fact number {number}",
            statement="At eight in the evening it is 250 Mbps or more, measured by cable.",
            limits="Not a guarantee for every home on every evening.",
            proof="The speed test, by cable, at eight in the evening.",
        )
    return page


@pytest.fixture
def promise(portal_site: None) -> PromisePage:
    page: PromisePage = PromiseFactory(title="Fair Refund", why_us="We answer for all of it. " * 10)
    return page


def on_paper(page: Page, url: str) -> Page:
    let_in(page, PersonFactory())
    page.goto(url)
    page.set_viewport_size(A4_WITHIN_ITS_MARGINS)
    page.emulate_media(media="print")
    return page


def sheets(page: Page) -> int:
    counted = re.search(rb"/Type /Pages\s+/Count (\d+)", page.pdf(prefer_css_page_size=True))
    assert counted is not None
    return int(counted[1])


def test_the_longest_brief_takes_two_sheets(open_page: OpenPage, brief: BriefPage) -> None:
    page = on_paper(open_page(DESKTOP), f"/briefs/{brief.slug}/")

    assert sheets(page) <= 2


def test_a_promise_takes_one_sheet(open_page: OpenPage, promise: PromisePage) -> None:
    page = on_paper(open_page(DESKTOP), f"/promises/{promise.slug}/")

    assert sheets(page) == 1


@pytest.mark.parametrize("kind", ["brief", "promise"])
def test_nothing_of_the_screen_is_printed(
    open_page: OpenPage, brief: BriefPage, promise: PromisePage, kind: str
) -> None:
    slug = {"brief": brief, "promise": promise}[kind].slug
    page = on_paper(open_page(DESKTOP), f"/{kind}s/{slug}/")

    for part in SCREEN_ONLY:
        expect(page.locator(part).filter(visible=True)).to_have_count(0)


def test_a_sheet_says_whose_it_is_of_which_day_and_which_version(
    open_page: OpenPage, brief: BriefPage
) -> None:
    page = on_paper(open_page(DESKTOP), f"/briefs/{brief.slug}/")

    expect(page.locator(".brand")).to_be_visible()
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    expect(page.get_by_text(f"As at {today}")).to_be_visible()
    expect(page.get_by_text("Version 3.").first).to_be_visible()


def test_the_day_of_printing_is_not_shown_on_a_screen(
    open_page: OpenPage, brief: BriefPage
) -> None:
    page = open_page(DESKTOP)
    let_in(page, PersonFactory())
    page.goto(f"/briefs/{brief.slug}/")

    expect(page.get_by_text("As at ")).to_be_hidden()


def test_every_answer_is_open_on_paper(open_page: OpenPage, brief: BriefPage) -> None:
    page = on_paper(open_page(DESKTOP), f"/briefs/{brief.slug}/")

    heights = page.locator(".more .prose").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) == 5
    assert all(heights)


def test_no_fact_is_torn_between_two_sheets(open_page: OpenPage, brief: BriefPage) -> None:
    page = on_paper(open_page(DESKTOP), f"/briefs/{brief.slug}/")

    breaks = page.locator(".facts > li").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakInside)"
    )
    assert breaks == ["avoid"] * 10


def test_links_look_like_the_words_around_them(open_page: OpenPage, brief: BriefPage) -> None:
    page = on_paper(open_page(DESKTOP), f"/briefs/{brief.slug}/")

    lines = page.locator("main a").evaluate_all(
        "all => all.map(one => getComputedStyle(one).textDecorationLine)"
    )
    assert set(lines) <= {"none"}
