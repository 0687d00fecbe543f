"""A brief with all that it can hold, and what changed in it, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge.models import BriefPage, Change, Channel, Product, Segment, SegmentMessage
from portal.models import User
from tests.browser.journeys import assert_accessible, assert_fits, let_in, press
from tests.factories import (
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)
from tests.knowledge.versions import restate, version_of

type OpenPage = Callable[..., Page]

LONG = "Say the day on which the money arrives, then text it, and never the number of days. " * 2
UNBROKEN = "Geldrückerstattungsvereinbarungsbestätigungsschreiben" * 2


@pytest.fixture
def changed(portal_site: None) -> BriefPage:
    brief: BriefPage = BriefFactory(
        title="Fair Refund",
        slug="fair-refund",
        expectation=LONG,
        embargo_until=timezone.localdate() + timedelta(days=9),
        valid_until=timezone.localdate() - timedelta(days=1),
        owner=PersonFactory(first_name=UNBROKEN[:60]),
        sponsor=PersonFactory(),
        carer=PersonFactory(),
        product=Product.objects.create(
            name="Refunds", state=Product.State.PILOT, for_whom=LONG[:160], is_what=LONG[:160]
        ),
    )
    FactFactory(brief=brief, key="day", title="The day", statement="It takes three days.")
    FactFactory(brief=brief, key="long", title=UNBROKEN[:110], statement=UNBROKEN, limits=LONG)
    version_of(brief, 1, kind=Change.Kind.FIRST, at=timezone.now() - timedelta(days=400))
    restate(brief, "day", statement=f"It comes on Thursday. {UNBROKEN}")
    restate(brief, "long", statement=LONG)
    brief.expectation = UNBROKEN
    version_of(brief, 2, reason=LONG, grace_days=7, at=timezone.now(), author=brief.sponsor)
    messages: Any = brief.segment_messages
    messages.add(SegmentMessage(segment=Segment.objects.create(name="Movers"), message=LONG))
    brief.channels = [Channel.objects.create(name=UNBROKEN[:60]), Channel.objects.create(name="A")]
    brief.replaced_by = BriefFactory(title="Fair Refund, simpler")
    brief.promises = [PromiseFactory(departments=[DepartmentFactory(name="Care")])]
    brief.save()
    ModuleFactory(brief=brief, title="Fair Refund")
    return brief


@pytest.fixture
def colleague(changed: BriefPage) -> User:
    promise = changed.promises.get()
    person: User = MembershipFactory(department=promise.links.get().department).person
    return person


def test_a_full_brief_and_its_changes_are_accessible(look: Page, colleague: User) -> None:
    let_in(look, colleague)
    for path in ("/", "/briefs/fair-refund/", "/briefs/fair-refund/changes/1..2/"):
        look.goto(path)
        assert_accessible(look)
    look.goto("/briefs/fair-refund/changes/2..2/")
    assert_accessible(look)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_goes_from_today_to_was_and_now_without_javascript(
    open_page: OpenPage, colleague: User, width: int
) -> None:
    page = open_page(width, javascript=False)
    let_in(page, colleague)
    page.goto("/")

    changes = page.get_by_role("region", name="What changed this week")
    press(page, changes.get_by_role("link", name="Fair Refund"))

    expect(page.get_by_text("It takes three days.")).to_be_visible()
    expect(page.get_by_text("It comes on Thursday.")).to_be_visible()
    assert_fits(page)
    press(page, page.get_by_role("link", name="Read the brief"))
    expect(page.get_by_role("heading", name="Fair Refund", level=1)).to_be_visible()
    press(page, page.get_by_role("link", name="See what changed"))
    expect(page.get_by_role("heading", name="What changed", level=1)).to_be_visible()


@pytest.mark.parametrize(("width", "is_below"), [(360, True), (1280, False)])
def test_was_stands_above_now_on_a_phone_and_beside_it_on_a_desk(
    open_page: OpenPage, colleague: User, width: int, is_below: bool
) -> None:
    page = open_page(width)
    let_in(page, colleague)
    page.goto("/briefs/fair-refund/changes/1..2/")

    was = page.locator(".diff__was").first.bounding_box()
    now = page.locator(".diff__now").first.bounding_box()

    assert was
    assert now
    assert (now["y"] >= was["y"] + was["height"]) is is_below
    assert (now["x"] == was["x"]) is is_below


def test_my_part_comes_before_the_facts_on_a_phone(open_page: OpenPage, colleague: User) -> None:
    page = open_page(360)
    let_in(page, colleague)
    page.goto("/briefs/fair-refund/")

    mine = page.locator(".mine").bounding_box()
    facts = page.locator(".facts").first.bounding_box()

    assert mine
    assert facts
    assert mine["y"] < facts["y"]
