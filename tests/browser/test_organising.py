"""An administrator moves somebody, and a head names who stands in for her."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from departments.models import Department, Headship, Membership
from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, assert_fits, let_in
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)


@pytest.fixture
def ada(portal_site: None) -> User:
    company = DepartmentFactory(name="Wrenfield")
    care = DepartmentFactory(name="Care", parent=company)
    sales = DepartmentFactory(name="Sales", parent=company)
    RequirementFactory(department=sales, module=ModuleFactory(title="Price Lock 24"))
    HeadshipFactory(department=care)
    person: User = MembershipFactory(
        department=care, person__first_name="Ada", person__last_name="Wrayburn"
    ).person
    return person


def look_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def test_a_person_is_moved_on_a_phone_without_a_script(open_page: OpenPage, ada: User) -> None:
    page = open_page(360, javascript=False)
    let_in(page, PersonFactory(administrator=True))
    page.goto("/team/")
    page.get_by_role("link", name="Who works where").click()
    assert_fits(page)
    page.get_by_role("link", name="People and their places").click()
    page.get_by_label("Name or e-mail").fill("wrayburn")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Ada Wrayburn").click()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("To").select_option(label="Wrenfield / Sales")
    page.get_by_role("button", name="See what it means").click()
    expect(page.locator("h1")).to_have_text(
        "Ada Wrayburn will be asked for 1 more module: Price Lock 24."
    )
    assert_fits(page)
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    home = Membership.objects.current(on=timezone.localdate()).get(person=ada)
    assert home.department.name == "Sales"


def test_a_head_names_a_deputy_until_a_day(desktop: Page, ada: User) -> None:
    head = Headship.objects.get().person
    care = Department.objects.get(name="Care")
    let_in(desktop, head)
    desktop.goto(f"/team/{care.pk}/deputies/")
    look_at(desktop)
    desktop.get_by_role("link", name="Name a deputy").click()
    desktop.get_by_role("button", name="See what it means").click()
    expect(desktop.get_by_role("alert")).to_be_focused()
    look_at(desktop)
    desktop.get_by_label("Who").fill("Ada Wrayburn")
    desktop.get_by_label("Last day").fill(timezone.localdate().isoformat())
    desktop.get_by_role("button", name="See what it means").click()
    look_at(desktop)
    desktop.get_by_role("button", name="Name her").click()
    expect(desktop.get_by_role("main")).to_contain_text("Ada Wrayburn")
    assert Headship.objects.get(person=ada).ends_on == timezone.localdate()


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_the_organisations_screens_have_no_accessibility_violation(
    width: int, theme: str, open_page: OpenPage, ada: User
) -> None:
    page = open_page(width, theme)
    let_in(page, PersonFactory(administrator=True))
    care = Department.objects.get(name="Care")
    for address in (
        "",
        f"{care.pk}/",
        f"{care.pk}/merge/",
        "people/",
        f"people/{ada.pk}/",
        f"people/{ada.pk}/leaving/?look=1&last_day={timezone.localdate().isoformat()}",
    ):
        page.goto(f"/team/organisation/{address}")
        look_at(page)
