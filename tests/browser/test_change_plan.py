"""A fact changes and changes back, in a real browser on the demo company's data."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge.models import BriefPage, Fact
from portal.demo.loading import load_demo
from quizzes.days import organisation_day
from quizzes.models import Standing
from tests.browser.journeys import let_in, press
from tests.browser.test_journeys import MARKETER, person

# Wagtail asks Django for the way to send mail by its old name.
pytestmark = pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning")

SECOND = "beatriz.alderwick@wrenfield.example"
LIMIT = "£50"

type OpenPage = Callable[..., Page]


def fair_refund() -> BriefPage:
    brief: BriefPage = BriefPage.objects.get(slug="fair-refund")
    return brief


def dates(**which: Any) -> dict[int, tuple[Any, ...]]:
    rows = Standing.objects.filter(**which)
    columns = ("pk", "ready_until", "practice_from", "unchecked_id", "version")
    return {pk: tuple(row) for pk, *row in rows.values_list(*columns)}


def bring_back(page: Page, revision: int, statement: str, key: str) -> None:
    """Opens a revision in the editor, writes one fact anew, and presses Publish."""
    page.goto(reverse("wagtailadmin_pages:revisions_revert", args=[fair_refund().pk, revision]))
    facts = page.locator("textarea[name$=-statement]")
    place = [fact.key for fact in fair_refund().facts.all()].index(key)
    facts.nth(place).fill(statement)
    page.get_by_role("button", name="More actions").first.click()
    press(page, page.locator("[name=action-publish]"))


def ask_for_second_person(page: Page) -> None:
    page.get_by_label("Reason").fill("Finance trusts us with more.")
    for keep in page.locator("input[type=radio][value=keep]").all():
        keep.check()
    press(page, page.get_by_role("button", name="Ask for a second person"))
    expect(page.get_by_text("has asked for a second person.")).to_be_visible()


def approve(page: Page) -> None:
    page.goto(reverse("changes:plan", args=[fair_refund().pk]))
    press(page, page.get_by_role("button", name="Approve and publish"))
    expect(page.get_by_text("“Fair Refund” is published.")).to_be_visible()


@pytest.fixture
def wrenfield(portal_site: None) -> datetime:
    """The demo company, installed now: a real browser keeps real time."""
    at = timezone.now()
    load_demo(at=at)
    return at


@pytest.fixture
def marketing(open_page: OpenPage, wrenfield: datetime) -> tuple[Page, Page]:
    """Two marketers, each in a browser of her own. What is scheduled for the brief is taken back,
    since that would lock it."""
    author, second = open_page(1280), open_page(1280, javascript=False)
    let_in(author, person(MARKETER))
    let_in(second, person(SECOND))
    author.goto(reverse("wagtailadmin_pages:edit", args=[fair_refund().pk]))
    press(author, author.get_by_role("button", name="Cancel scheduled publish"))
    return author, second


def test_a_changed_limit_is_checked_by_whoever_proved_it_until_it_changes_back(
    marketing: tuple[Page, Page],
) -> None:
    author, second = marketing
    revision = fair_refund().live_revision_id
    limit = Fact.objects.get(brief=fair_refund(), statement__contains=LIMIT, kind="condition")
    before = dates()
    proved = dates(module__brief=fair_refund(), passed_on__isnull=False).keys()
    last_day = organisation_day(timezone.now()) + timedelta(days=7)

    bring_back(author, revision, limit.statement.replace(LIMIT, "£60"), limit.key)
    expect(author.get_by_text("Saved as a draft.")).to_be_visible()
    assert dates() == before
    ask_for_second_person(author)
    approve(second)
    after = dates()
    assert "£60" in Fact.objects.get(pk=limit.pk).statement
    assert {pk for pk, row in after.items() if row != before[pk]} <= proved
    assert all(after[pk][0] <= last_day and after[pk][2] for pk in proved)

    bring_back(author, revision, limit.statement, limit.key)
    ask_for_second_person(author)
    approve(second)
    assert Fact.objects.get(pk=limit.pk).statement == limit.statement
    assert dates() == before
