"""How good the dates are, and what people are wrongly sure of: on a phone and on a desk."""

import pytest
from playwright.sync_api import Page, expect

from quizzes.models import QuizSettings
from tests.browser.journeys import assert_accessible, let_in, press
from tests.departments.test_misconceptions_told import OURS, believe
from tests.factories import DepartmentFactory, PersonFactory, QuestionFactory
from tests.quizzes.test_dates_screen import foretell


@pytest.fixture
def answers(portal_site: None) -> None:
    foretell(15, expected=0.45, right=8)
    foretell(300, expected=0.8, right=262)
    question = QuestionFactory(pairs=[("On the Thursday after", True), (OURS, False)])
    believe(question, DepartmentFactory(name="Care"), wrong=8, right=22)


def test_the_dates_are_stretched_after_a_look_at_what_that_does(look: Page, answers: None) -> None:
    let_in(look, PersonFactory(administrator=True))
    look.goto("/cms/dates/")
    expect(look.get_by_role("img", name="Expected and right")).to_be_visible()
    look.get_by_text("See as table").click()
    expect(look.get_by_role("row", name="40 %–50 %")).to_contain_text("(few)")
    assert_accessible(look)

    look.get_by_label("Reason").fill("Ten months of answers say so.")
    press(look, look.get_by_role("button", name="Stretch all new dates by"))
    expect(look.get_by_role("cell", name="Ten months of answers say so.")).to_be_visible()
    assert QuizSettings.load().stretch > 1

    look.goto("/cms/misconceptions/")
    expect(look.get_by_role("heading", name=f"Eight of 30 are sure: “{OURS}”")).to_be_visible()
    assert_accessible(look)
