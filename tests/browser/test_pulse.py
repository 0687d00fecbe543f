"""The month's question on a phone: nobody needs a mouse or a script to answer it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from departments.actions.pulse import close_pulse
from departments.models import Pulse, PulseAnswer
from portal.models import User
from tests.browser.conftest import OpenPage
from tests.browser.journeys import let_in, press, violations
from tests.departments.pulses import answer_all, company_of, people_in, pulse_about

WEEK = timedelta(days=7)


@pytest.fixture
def colleague(portal_site: None) -> User:
    """One whose question is open, while one of an earlier month is answered."""
    today = timezone.localdate()
    departments = company_of(Care=12, Field=6, Digital=4)
    before = pulse_about(month=(today - 5 * WEEK).replace(day=1), opens_on=today - 5 * WEEK)
    Pulse.objects.update(closes_on=today + WEEK)
    counts = {"Care": (5, 3, 4), "Field": (2, 2, 2), "Digital": (2, 1, 1)}
    answer_all(before, counts, departments, at=timezone.now())
    Pulse.objects.update(closes_on=today - timedelta(days=1))
    close_pulse(before)
    pulse_about(before.promise, month=today.replace(day=1), opens_on=today, closes_on=today + WEEK)
    return people_in(departments["Care"])[0]


def test_an_answer_is_given_by_keyboard_without_a_script(
    open_page: OpenPage, colleague: User
) -> None:
    page = open_page(360, javascript=False)
    let_in(page, colleague)
    page.goto("/pulse/")
    page.get_by_label("Yes").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("A daily run.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send my answer").press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you.")
    assert PulseAnswer.objects.filter(belief="not-yet", pulse__closes_on__gt=timezone.localdate())


def test_no_screen_of_the_question_has_an_accessibility_violation(
    look: Page, colleague: User
) -> None:
    let_in(look, colleague)
    look.goto("/pulse/")
    faults = violations(look)
    answers = [look.locator(".choice").nth(number).bounding_box() for number in range(3)]
    assert all(box and box["height"] >= 56 for box in answers)
    look.get_by_role("button", name="Send my answer").click()
    expect(look.get_by_role("alert")).to_be_focused()
    faults += violations(look)
    look.get_by_label("No", exact=True).check()
    press(look, look.get_by_role("button", name="Send my answer"))
    faults += violations(look)
    press(look, look.get_by_role("link", name="What customers say"))
    faults += violations(look)
    look.goto("/pulse/results/")
    faults += violations(look)
    assert faults == []
