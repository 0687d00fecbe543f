"""A marketer in a hurry writes a campaign; the gate says what it lacks, in a real browser."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.models import User
from strategy.models import Campaign
from tests.browser.journeys import let_in, violations
from tests.browser.test_marketing import follow, wait_until_saved
from tests.factories import BriefFactory, PersonFactory, PromiseFactory

HEARS = "Your money back in three days. Promised."
LAUNCH_DAY = timezone.localdate() + timedelta(weeks=60)


def choose(page: Page, words: str, field: str, name: str) -> None:
    """Finds one thing in the window of the next chooser that is still empty."""
    page.get_by_role("button", name=words).first.click()
    window = page.get_by_role("dialog")
    window.get_by_placeholder(field).first.fill(name)
    window.get_by_role("link", name=name).first.click()
    expect(window).to_have_count(0)


def launch(page: Page, words: str) -> None:
    wait_until_saved(page)
    page.locator("footer").get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name=words).click()


def write(page: Page) -> None:
    """All that a campaign needs, from the editor's first page on."""
    page.goto("/cms/")
    follow(page, "Campaigns")
    follow(page, "Add campaign")
    page.locator("#id_title").fill("Money back in three days")
    page.locator("#id_hears").fill(HEARS)
    page.locator("#id_expectation").fill("It's in my account by Thursday.")
    page.get_by_label("Money back", exact=True).check()
    choose(page, "Choose a page", "Search", "Fair Refund")
    page.locator("#id_launches_on").fill(LAUNCH_DAY.isoformat())
    page.keyboard.press("Tab")
    choose(page, "Choose a person", "Name", "Ines Callow")
    choose(page, "Choose a person", "Name", "Ines Callow")


def test_a_hurried_marketer_is_held_and_keeps_the_draft(desktop: Page, portal_site: None) -> None:
    marketer: User = PersonFactory(groups=["Marketing"], first_name="Ines", last_name="Callow")
    promise = PromiseFactory(title="Money back")
    BriefFactory(title="Fair Refund")
    let_in(desktop, marketer)
    write(desktop)
    launch(desktop, "Launch, or schedule it")

    day = rf"{LAUNCH_DAY:%A}\s{LAUNCH_DAY.day}\s{LAUNCH_DAY:%B}"
    held = re.compile(rf"Saved as a draft\.\s{day}.*: Not yet\. 1 of 4 checks are met\.")
    expect(desktop.get_by_text(held)).to_be_visible()
    kept = Campaign.objects.get()
    assert (kept.live, kept.hears, kept.slug) == (False, HEARS, "money-back-in-three-days")
    assert list(kept.promises.all()) == [promise]
    desktop.get_by_role("button", name="Toggle the launch gate").click()
    expect(desktop.get_by_text("Know: Can't say")).to_be_visible()
    # Wagtail's own page for snippets begins with a heading of the second level.
    assert [fault for fault in violations(desktop) if "page-has-heading-one" not in fault] == []
    follow(desktop, "Open gate")
    expect(desktop.get_by_text("Not yet.").first).to_be_visible()
