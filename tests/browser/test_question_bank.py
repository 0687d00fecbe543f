"""A marketer finds the question that figures speak against, looks at it, and decides."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.models import ModulePage
from tests.browser.journeys import assert_accessible, let_in, press
from tests.factories import ModuleFactory, PersonFactory, QuestionFactory
from tests.quizzes.answering import against_the_rest, answered


@pytest.fixture
def suspect(portal_site: None) -> ModulePage:
    module: ModulePage = ModuleFactory(title="Refunds")
    for name in ("Wrong key", "Second", "Third"):
        QuestionFactory(module=module, name=name)
    answered(module, against_the_rest())
    return module


def test_a_question_that_needs_a_look_is_found_and_kept(look: Page, suspect: ModulePage) -> None:
    let_in(look, PersonFactory(groups=["Marketing"]))
    look.goto("/cms/reports/questions/")
    assert_accessible(look)
    press(look, look.get_by_role("link", name="Wrong key").first)
    expect(look.get_by_text("check the key.")).to_be_visible()
    assert_accessible(look)
    press(look, look.get_by_role("button", name="Keep"))
    expect(look.get_by_text("It stays as it is")).to_be_visible()


def test_questions_ticked_in_the_list_are_retired_after_a_question(
    desktop: Page, suspect: ModulePage
) -> None:
    let_in(desktop, PersonFactory(groups=["Marketing"]))
    desktop.goto("/cms/snippets/quizzes/question/")
    assert_accessible(desktop)
    row = desktop.get_by_role("row", name="Wrong key")
    row.get_by_role("checkbox").check()
    press(desktop, desktop.get_by_label("Retire the selected questions"))
    assert_accessible(desktop)
    press(desktop, desktop.get_by_role("button", name="Retire"))
    expect(desktop.get_by_text("Done for 1 question.")).to_be_visible()
    assert not suspect.questions.get(name="Wrong key").live
