"""A head says what her team must know; nobody needs a mouse or a script for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from departments.models import Department, Requirement
from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, assert_fits, let_in, violations
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)

LONG = "Customer Operations and Donaudampfschifffahrtselektrizitätenhauptbetriebswerk, North-West"
MOST_PRESSES = 40


@pytest.fixture
def team(portal_site: None) -> Department:
    company = DepartmentFactory(name="Company")
    RequirementFactory(department=company, module=ModuleFactory(title="Our five promises"))
    team = DepartmentFactory(name=LONG, parent=company)
    RequirementFactory(department=team, module=ModuleFactory(title="Price Lock 24"))
    RequirementFactory(
        department=DepartmentFactory(name="Evening shift", parent=team),
        module=ModuleFactory(title="Switch in Five"),
    )
    MembershipFactory.create_batch(3, department=team)
    ModuleFactory(title="Fair Refund", slug="fair-refund")
    return team


@pytest.fixture
def head(team: Department) -> User:
    person: User = HeadshipFactory(department=team).person
    return person


def press_to(page: Page, target: Locator) -> None:
    for _press in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    message = f"{target} can't be reached with the tab key."
    raise AssertionError(message)


def press(page: Page, target: Locator) -> None:
    press_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_head_asks_for_a_module_by_keyboard_without_a_script_on_a_phone(
    open_page: OpenPage, team: Department, head: User
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, head)
    page.goto("/team/")
    press(page, page.get_by_role("link", name="What your team must know"))
    press(page, page.get_by_role("link", name="Ask for a module"))
    press_to(page, page.get_by_label("Module"))
    page.keyboard.type("Fair")
    press_to(page, page.get_by_label("30 days"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Another number", exact=True)).to_be_checked()
    press_to(page, page.get_by_label("Another number of days for joiners"))
    page.keyboard.type("14")
    press(page, page.get_by_role("button", name="See what it means"))
    assert_fits(page)
    expect(page.locator("h1")).to_have_text("3 people will have to know Fair Refund.")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    requirement = Requirement.objects.get(module__slug="fair-refund")
    assert (requirement.department, requirement.joiner_days) == (team, 14)


def test_the_summary_of_problems_leads_to_the_day(
    phone: Page, team: Department, head: User
) -> None:
    let_in(phone, head)
    phone.goto(f"/team/{team.pk}/requirements/add/")
    yesterday = timezone.localdate() - timedelta(days=1)
    phone.get_by_label("Ready by").fill(yesterday.isoformat())
    phone.get_by_role("button", name="See what it means").click()
    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_accessible(phone)
    summary.get_by_role("link", name="Choose today or a day to come").click()
    expect(phone.get_by_label("Ready by")).to_be_focused()


def test_a_head_brings_in_a_file(phone: Page, team: Department, head: User) -> None:
    let_in(phone, head)
    phone.goto("/team/requirements/import/")
    text = f'department,module,due\n"Company/{team.name}",fair-refund,14 days\n'
    file: Any = {"name": "ours.csv", "mimeType": "text/csv", "buffer": text.encode()}
    phone.get_by_label("File").set_input_files(file)
    phone.get_by_role("button", name="See what it would change").click()
    expect(phone.get_by_role("main")).to_contain_text("3 people")
    assert violations(phone) == []
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("status")).to_contain_text("Saved. 1 requirement")


def test_no_screen_has_an_accessibility_violation(look: Page, team: Department, head: User) -> None:
    stored = Requirement.objects.get(department=team)
    own = f"/team/{team.pk}/requirements/"
    faults = []
    administrator: User = PersonFactory(administrator=True)
    screens = {
        head: (
            own,
            f"{own}add/",
            f"{own}add/?module=fair-refund&due_on=2020-01-01&joiner_days=0",
            f"{own}add/?module=fair-refund&due_on=&joiner_days=30",
            f"{own}{stored.pk}/?due_on=&joiner_days=7",
            f"{own}{stored.pk}/remove/",
            "/team/requirements/import/",
        ),
        administrator: ("/team/", own),
    }
    for person, paths in screens.items():
        let_in(look, person)
        for path in paths:
            look.goto(path)
            faults += violations(look)
    assert faults == []
