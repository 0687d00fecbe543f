"""A marketer's first hour, as docs/marketing.md tells it, on an empty portal in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.models import User
from tests.browser.journeys import assert_accessible, let_in
from tests.factories import (
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    HeadshipFactory,
    LessonFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
)

type OpenPage = Callable[..., Page]

NARROW_DESK = 900
AUTOSAVED_AFTER = 700
FACTS = (
    ("When we come", "condition", "Evening visits are from 17:00 to 20:00, Monday to Thursday."),
    ("What it costs", "price", "An evening visit costs nothing extra."),
    ("Until when to book", "process", "Book by noon on the day before."),
    ("What it is not for", "condition", "Work in the street is not done in the evening."),
    ("If we don't come", "claim", "If we don't come, you get £25 without asking."),
)


@pytest.fixture
def marketer(portal_site: None) -> User:
    """Writes, and heads a department: so the requirement is hers to set too."""
    person: User = PersonFactory(groups=["Marketing"], first_name="Amara")
    department = DepartmentFactory(name="Customer Care")
    MembershipFactory(person=person, department=department)
    HeadshipFactory(person=person, department=department)
    return person


@pytest.fixture
def colleague(portal_site: None) -> User:
    person: User = PersonFactory()
    return person


def wait_until_saved(page: Page) -> None:
    """The editor saves drafts by itself, half a second after the last key."""
    page.wait_for_timeout(AUTOSAVED_AFTER)
    page.wait_for_load_state("networkidle")


def publish(page: Page) -> None:
    wait_until_saved(page)
    footer = page.locator("footer")
    footer.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        footer.get_by_role("button", name="Publish").click()


def follow(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=words).first.click()


def fill_blocks(page: Page, field: str, lines: list[str]) -> None:
    """Presses + under a field that takes lines, and writes one into each."""
    panel = page.locator(f"#panel-child-content-{field}-section")
    for number, line in enumerate(lines):
        panel.get_by_title("Insert a block").last.click()
        panel.locator("input[type=text]").nth(number).fill(line)


def add_block(page: Page, kind: str) -> Locator:
    panel = page.locator("#panel-child-content-body-section")
    panel.get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=kind).click()
    return panel.locator("[data-streamfield-child]").last


def add_row(page: Page, label: str) -> None:
    page.get_by_role("button", name=f"Add {label}", exact=False).click()


def write_promise(page: Page) -> None:
    follow(page, "Write a promise")
    page.get_by_placeholder("A short name").fill("Evening visits")
    page.locator("#id_sentence").fill("We come in the evening, and it costs you nothing extra.")
    page.locator("#id_claims-0-target").fill("95")
    page.locator("#id_claims-0-measure").fill("evening visits begin within the hour we named")
    add_row(page, "Link")
    page.locator("#id_links-0-department").select_option("Customer Care")
    page.locator("#id_links-0-part").fill("Offer the evening whenever somebody works by day.")
    choose_sponsor(page)
    publish(page)


def choose_sponsor(page: Page) -> None:
    sponsor = page.locator("[data-contentpath=sponsor]")
    sponsor.get_by_role("button", name="Choose a person").click()
    window = page.get_by_role("dialog")
    window.get_by_placeholder("Name").fill("Amara")
    window.get_by_role("link", name="Amara").first.click()
    expect(window).to_have_count(0)


def write_brief(page: Page) -> None:
    page.goto("/cms/")
    follow(page, "Write a brief")
    page.get_by_placeholder("What it is about").fill("Evening visits")
    page.get_by_label("One-breath line").fill(
        "We come until eight in the evening, at no extra cost."
    )
    page.get_by_label("Right for", exact=False).first.fill("Everybody who works by day.")
    page.locator("#id_not_right_for").fill("Work in the street: it is done by daylight.")
    for number, (title, kind, statement) in enumerate(FACTS):
        add_row(page, "Fact")
        page.locator(f"#id_facts-{number}-title").fill(title)
        page.locator(f"#id_facts-{number}-kind").select_option(kind)
        page.locator(f"#id_facts-{number}-statement").fill(statement)
    page.locator("#id_expectation").fill("I don't have to take a day off.")
    page.get_by_label("Evening visits", exact=True).check()
    publish(page)


def write_module(page: Page) -> None:
    follow(page, "Write a module for this brief")
    expect(page.locator("#id_brief option:checked")).to_have_text("Evening visits")
    page.get_by_placeholder("Name of the module").fill("Evening visits")
    page.locator("#id_intro").fill("Many customers work by day.")
    fill_blocks(page, "able_to_say", ["We come until eight.", "It costs nothing extra."])
    publish(page)


def write_lesson(page: Page) -> None:
    follow(page, "Add a lesson")
    page.get_by_placeholder("The one idea").fill("Offer the evening")
    text = add_block(page, "Text")
    text.get_by_role("textbox").fill("Ask when the customer is at home. " * 25)
    fact = add_block(page, "Fact")
    fact.get_by_role("combobox").select_option("Evening visits – When we come")
    page.locator("#id_one_breath").fill("Ask first, then offer the evening.")
    publish(page)


def write_question(page: Page) -> None:
    follow(page, "Add a question")
    expect(page.locator("#id_module option:checked")).to_have_text("Evening visits")
    page.locator("#id_stem").fill("Until when can a customer book an evening visit?")
    add_row(page, "Fact")
    page.locator("#id_citations-0-fact_key").select_option("Evening visits – Until when to book")
    for number, option in enumerate(("Noon on the day before", "Noon on the same day")):
        add_row(page, "Option")
        page.locator(f"#id_options-{number}-text").fill(option)
    page.locator("#id_options-0-is_right").check()
    page.locator("#id_explanation").fill("Until noon on the day before, as plans are made then.")
    publish(page)


def require(page: Page) -> None:
    page.goto("/team/")
    follow(page, "What your team must know")
    follow(page, "Ask for a module")
    page.get_by_label("Module").select_option("Evening visits")
    page.get_by_role("button", name="See what it means").click()
    page.get_by_role("button", name="Save").click()


def lead_through_the_first_hour(page: Page) -> None:
    page.goto("/cms/")
    write_promise(page)
    write_brief(page)
    write_module(page)
    write_lesson(page)
    write_question(page)


@pytest.mark.parametrize("width", [1280, NARROW_DESK])
def test_a_marketer_leads_five_facts_to_a_module_that_colleagues_take(
    open_page: OpenPage, marketer: User, colleague: User, width: int
) -> None:
    page = open_page(width)
    let_in(page, marketer)
    lead_through_the_first_hour(page)

    phone = open_page(360)
    let_in(phone, colleague)
    phone.goto("/learn/evening-visits/")
    phone.get_by_role("link", name="Offer the evening").click()
    expect(phone.get_by_text("17:00 to 20:00")).to_be_visible()
    assert_accessible(phone)
    phone.goto("/learn/evening-visits/quiz/")
    phone.get_by_role("button", name=re.compile("Start|Begin")).click()
    expect(phone.get_by_text("Until when can a customer book an evening visit?")).to_be_visible()
    assert_accessible(phone)


def test_a_marketer_who_heads_a_department_asks_for_the_module(
    desktop: Page, marketer: User
) -> None:
    module = ModuleFactory(title="Evening visits")
    QuestionFactory(module=module)
    let_in(desktop, marketer)
    desktop.goto(f"/cms/pages/{module.pk}/edit/")
    follow(desktop, "Say who must know it, and by when")
    require(desktop)
    desktop.goto(f"/cms/pages/{module.pk}/edit/")
    expect(desktop.get_by_text("Asked for by: Customer Care")).to_be_visible()


def test_a_lesson_is_previewed_at_the_width_of_a_phone(desktop: Page, marketer: User) -> None:
    lesson = LessonFactory(title="Offer the evening")
    let_in(desktop, marketer)
    desktop.goto(f"/cms/pages/{lesson.pk}/edit/")
    desktop.get_by_role("button", name="Toggle preview").click()
    preview = desktop.locator("iframe[title=Preview]").first.content_frame
    expect(preview.get_by_role("heading", name="Offer the evening", level=1)).to_be_visible()
    width: int = preview.locator("html").evaluate("html => html.clientWidth")
    assert width < 500


def test_the_editor_counts_the_words_of_a_lesson(desktop: Page, marketer: User) -> None:
    lesson = LessonFactory(body=[("prose", f"<p>{'word ' * 160}</p>")])
    let_in(desktop, marketer)
    desktop.goto(f"/cms/pages/{lesson.pk}/edit/")
    expect(desktop.get_by_text("160 words")).to_be_visible()
    desktop.get_by_role("button", name="Toggle checks").click()
    expect(desktop.locator("[data-content-word-count]")).to_have_text(re.compile(r"^1\d\d$"))


def test_an_error_leads_to_the_field_that_is_meant(desktop: Page, marketer: User) -> None:
    brief = BriefFactory(live=False, one_breath="word " * 28)
    FactFactory(brief=brief)
    let_in(desktop, marketer)
    desktop.goto(f"/cms/pages/{brief.pk}/edit/")
    publish(desktop)
    desktop.get_by_role("link", name="Go to the first error").or_(
        desktop.get_by_role("button", name="Go to the first error")
    ).click()
    expect(desktop.get_by_text("This has 28 words")).to_be_in_viewport()
