"""Promises, briefs and modules in a real browser: by keyboard, without JavaScript, and printed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from departments.models import Department, Link, Membership
from knowledge.models import BriefPage, PromisePage
from portal.models import User
from tests.browser.journeys import assert_accessible, assert_fits, let_in
from tests.factories import (
    BriefFactory,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
    StandingFactory,
)

type OpenPage = Callable[..., Page]

LONG = "Prepare the line, tell the next department that it’s ready, and ring the customer. " * 2


@pytest.fixture
def promises(portal_site: None) -> list[PromisePage]:
    """None, one, four and eight links; the last is a pilot."""
    departments = [DepartmentFactory(name=f"Department of {LONG[:20]} {n}") for n in range(8)]
    made = []
    for count in (0, 1, 4, 8):
        promise: PromisePage = PromiseFactory(
            title=f"With {count} links", slug=f"links-{count}", is_pilot=count == 8
        )
        promise.links = [
            Link(department=department, part=LONG, standard=LONG[:80], sort_order=place)
            for place, department in enumerate(departments[:count])
        ]
        promise.why_us = LONG
        promise.save()
        made.append(promise)
    return made


@pytest.fixture
def colleague(promises: list[PromisePage]) -> User:
    home: Membership = MembershipFactory(department=Department.objects.first())
    brief: BriefPage = BriefFactory(
        title="Fair Refund",
        slug="fair-refund",
        embargo_until=timezone.localdate() + timedelta(days=50),
    )
    brief.promises = promises[2:]
    brief.save()
    module = ModuleFactory(brief=brief, slug="fair-refund", title="Fair Refund")
    RequirementFactory(department=home.department, module=module)
    StandingFactory(person=home.person, module=module, ready=True)
    return home.person


PATHS = (
    "/promises/",
    "/promises/?only=pilot",
    "/promises/?q=xyz",
    "/promises/links-0/",
    "/promises/links-1/",
    "/promises/links-4/",
    "/promises/links-8/",
    "/briefs/",
    "/briefs/?q=xyz&only=staff-only",
    "/briefs/fair-refund/",
    "/learn/",
    "/learn/?state=to-do",
    "/learn/fair-refund/",
)


def test_every_list_and_promise_is_accessible(look: Page, colleague: User) -> None:
    let_in(look, colleague)
    for path in PATHS:
        look.goto(path)
        assert_accessible(look)


def test_an_editor_and_somebody_without_a_department_read_them_too(
    look: Page, colleague: User
) -> None:
    let_in(look, PersonFactory(administrator=True))
    for path in ("/promises/", "/promises/links-0/", "/promises/links-8/"):
        look.goto(path)
        assert_accessible(look)


def test_a_colleague_finds_her_part_by_keyboard_without_javascript_on_a_phone(
    open_page: OpenPage, colleague: User
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, colleague)
    page.goto("/promises/")

    page.get_by_label("Find a promise").focus()
    page.keyboard.type("4 links")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 of 4 promises")).to_be_visible()
    assert_fits(page)
    page.get_by_role("link", name="With 4 links").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="My part:")).to_be_visible()
    assert_fits(page)


@pytest.mark.parametrize(("width", "is_down"), [(360, True), (1280, False)])
def test_the_thread_runs_down_on_a_phone_and_across_on_a_desk(
    open_page: OpenPage, colleague: User, width: int, is_down: bool
) -> None:
    page = open_page(width)
    let_in(page, colleague)
    page.goto("/promises/links-4/")

    boxes = [link.bounding_box() for link in page.locator(".thread > li").all()]
    corners = [(box["x"], box["y"]) for box in boxes if box]

    assert len(corners) == 5
    assert len({x for x, _y in corners}) == (1 if is_down else 5)
    assert len({y for _x, y in corners}) == (5 if is_down else 1)
    assert corners == sorted(corners)


def test_my_part_comes_before_the_thread_on_a_phone(open_page: OpenPage, colleague: User) -> None:
    page = open_page(360)
    let_in(page, colleague)
    page.goto("/promises/links-8/")

    mine = page.locator(".mine").bounding_box()
    thread = page.locator(".thread").bounding_box()

    assert mine
    assert thread
    assert mine["y"] + mine["height"] <= thread["y"]


def test_a_promise_prints_on_one_page(open_page: OpenPage, colleague: User) -> None:
    own = colleague.memberships.get().department
    chain = [own, *DepartmentFactory.create_batch(3)]
    promise = PromiseFactory(slug="plain", why_us=LONG, departments=chain)
    brief = BriefPage.objects.get()
    brief.promises = [promise]
    brief.save()
    page = open_page(1280)
    let_in(page, colleague)
    page.goto("/promises/plain/")

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
