"""The editor under its content policy, in a real browser.

`open_page` fails whatever breaks the policy or runs into an error of a script.
"""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from knowledge.models import BriefPage, LessonPage, PortalImage
from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import let_in
from tests.factories import BriefFactory, FactFactory, LessonFactory, PersonFactory

TYPED = "Ask when the customer is at home."
COMMENTED = "Is this the new line?"


@pytest.fixture
def marketer(portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    return person


@pytest.fixture
def desk(desktop: Page, marketer: User) -> Page:
    let_in(desktop, marketer)
    return desktop


@pytest.fixture
def lesson(portal_site: None) -> LessonPage:
    page: LessonPage = LessonFactory(title="Offer the evening", body=[])
    return page


@pytest.fixture
def brief(portal_site: None) -> BriefPage:
    page: BriefPage = BriefFactory(title="Evening visits")
    FactFactory(brief=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def picture(portal_site: None) -> PortalImage:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    content = ContentFile(file.getvalue(), "bill.png")
    stored: PortalImage = PortalImage.objects.create(title="The bill", file=content)
    return stored


def edit(page: Page, edited: BriefPage | LessonPage) -> None:
    page.goto(f"/cms/pages/{edited.pk}/edit/")


def add_block(page: Page, kind: str) -> Locator:
    panel = page.locator("#panel-child-content-body-section")
    panel.get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=kind).click()
    return panel.locator("[data-streamfield-child]").last


def test_rich_text_is_typed_and_formatted_in_a_block(desk: Page, lesson: LessonPage) -> None:
    edit(desk, lesson)
    text = add_block(desk, "Text").get_by_role("textbox")
    text.fill(TYPED)
    text.press("ControlOrMeta+a")
    text.press("ControlOrMeta+b")
    expect(text.locator("strong, [style*=bold]").first).to_have_text(TYPED)


def test_a_link_to_a_page_is_chosen_in_a_window(
    desk: Page, lesson: LessonPage, brief: BriefPage
) -> None:
    edit(desk, lesson)
    text = add_block(desk, "Text").get_by_role("textbox")
    text.fill(TYPED)
    text.press("ControlOrMeta+a")
    desk.locator("button[name=LINK]").last.click()
    window = desk.get_by_role("dialog")
    window.get_by_placeholder("Search").first.fill("Evening visits")
    window.get_by_role("link", name="Evening visits").first.click()
    expect(text.locator("a, .TooltipEntity").first).to_have_text(TYPED)


def test_a_picture_is_chosen_in_a_window(
    desk: Page, lesson: LessonPage, picture: PortalImage
) -> None:
    edit(desk, lesson)
    block = add_block(desk, "Picture")
    block.get_by_role("button", name="Choose", exact=False).first.click()
    desk.get_by_role("dialog").get_by_role("link", name="The bill").click()
    expect(block.get_by_text("The bill").first).to_be_visible()


def test_a_person_is_chosen_in_a_window(desk: Page, brief: BriefPage) -> None:
    PersonFactory(first_name="Ada", last_name="Fernsby")
    edit(desk, brief)
    owner = desk.locator("#panel-child-content-owner-section, [data-contentpath=owner]").first
    owner.get_by_role("button", name="Choose a person").click()
    window = desk.get_by_role("dialog")
    window.get_by_placeholder("Name").fill("Fernsby")
    window.get_by_role("link", name="Ada Fernsby").click()
    expect(owner.get_by_text("Ada Fernsby")).to_be_visible()


def test_a_fact_is_added_and_a_comment_is_made(desk: Page, brief: BriefPage) -> None:
    edit(desk, brief)
    desk.get_by_role("button", name="Add Fact").click()
    expect(desk.locator("#id_facts-1-statement")).to_be_visible()
    desk.get_by_role("button", name="Toggle comments").click()
    line = desk.locator("[data-contentpath=one_breath]").first
    line.hover()
    line.get_by_role("button", name="Add comment").click()
    desk.get_by_placeholder("Enter your comments...").fill(COMMENTED)
    desk.get_by_role("button", name="Comment", exact=True).click()
    expect(desk.get_by_text(COMMENTED).first).to_be_visible()


def test_a_page_is_given_to_somebody_who_is_chosen_in_a_window(
    desk: Page, brief: BriefPage
) -> None:
    PersonFactory(first_name="Ada", last_name="Fernsby")
    desk.goto("/cms/reports/keeping/reassign/")
    desk.get_by_role("checkbox", name="Evening visits").check()
    desk.get_by_role("button", name="Choose a person").click()
    desk.get_by_role("dialog").get_by_role("link", name="Ada Fernsby").click()
    desk.get_by_role("button", name="Give her those that I ticked").click()
    expect(desk.get_by_text("Ada Fernsby now answers for 1 page.")).to_be_visible()


def test_an_editor_is_led_from_a_page_to_its_form(desk: Page, brief: BriefPage) -> None:
    desk.goto(f"/briefs/{brief.slug}/")
    desk.get_by_role("button", name="View Wagtail quick actions").click()
    desk.get_by_role("menuitem", name="Edit this page").click()
    desk.wait_for_url(f"**/cms/pages/{brief.pk}/edit/")


def test_a_colleague_sees_nothing_of_the_editor(open_page: OpenPage, brief: BriefPage) -> None:
    page = open_page()
    let_in(page, PersonFactory())
    page.goto(f"/briefs/{brief.slug}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("wagtail-userbar").count() == 0
