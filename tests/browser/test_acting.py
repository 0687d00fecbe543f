"""A head waives a module for three people and nudges the others; one of them reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from departments.models import Department, Exemption, Nudge
from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, assert_fits, let_in, press
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
)

LONG = "Customer Operations and Donaudampfschifffahrtselektrizitätenhauptbetriebswerk, North-West"


@pytest.fixture
def team(portal_site: None) -> Department:
    team: Department = DepartmentFactory(name=LONG)
    RequirementFactory(department=team, module=ModuleFactory(title="Fair Refund"))
    RequirementFactory(department=team, module=ModuleFactory(title="Price Lock 24"))
    for number in range(5):
        MembershipFactory(
            department=team,
            person__first_name="Maximiliana-Konstantina",
            person__last_name=f"Featherstonehaugh-Cholmondeley {number}",
        )
    return team


@pytest.fixture
def head(team: Department) -> User:
    person: User = HeadshipFactory(department=team).person
    return person


def look_at(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


def test_a_head_waives_for_three_people_on_a_phone_without_a_script(
    open_page: OpenPage, team: Department, head: User
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, head)
    page.goto(f"/team/{team.pk}/act/")
    assert_fits(page)
    for place in range(3):
        page.locator("input[name=person]").nth(place).check()
    page.get_by_label("Fair Refund").last.check()
    press(page, page.get_by_role("button", name="Waive"))
    page.get_by_label("Not counted until").fill("2099-01-01")
    page.get_by_label("Reason").fill("On a project")
    press(page, page.get_by_role("button", name="See what it means"))
    expect(page.get_by_role("main")).to_contain_text("Choose a day in the next three years")
    page.get_by_label("Not counted until").fill(
        (timezone.localdate() + timedelta(days=30)).isoformat()
    )
    press(page, page.get_by_role("button", name="See what it means"))
    expect(page.locator("h1")).to_contain_text("3 people aren’t counted until")
    assert_fits(page)
    press(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("status")).to_contain_text("Saved for 3 people.")
    assert Exemption.objects.count() == 3


def test_everybody_is_nudged_and_reads_it_on_her_first_page(
    open_page: OpenPage, team: Department, head: User
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, head)
    page.goto(f"/team/{team.pk}/act/")
    page.get_by_label("Everybody").check()
    press(page, page.get_by_role("button", name="Send a nudge"))
    press(page, page.get_by_role("button", name="See what it means"))
    expect(page.locator("h1")).to_have_text("Your nudge goes to 5 people.")
    press(page, page.get_by_role("button", name="Send it"))
    expect(page.get_by_role("status")).to_contain_text("5 people were nudged.")
    let_in(page, Nudge.objects.earliest("pk").person)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Could you have a look at this")


def test_no_screen_of_acting_has_an_accessibility_violation(
    look: Page, team: Department, head: User
) -> None:
    let_in(look, head)
    for path in ("act", "given", "time", "log"):
        look.goto(f"/team/{team.pk}/{path}/")
        look_at(look)
    look.goto(f"/team/{team.pk}/act/")
    look.get_by_label("Everybody").check()
    press(look, look.get_by_role("button", name="Send a nudge"))
    look_at(look)
    press(look, look.get_by_role("button", name="See what it means"))
    look_at(look)
