"""What becomes of the questions about a fact that changes, before it may go out."""

from datetime import datetime, timedelta

import pytest

from knowledge.actions import approve_change
from knowledge.models import BriefPage, ChangePlan, ModulePage
from knowledge.reports import drafted_change, obstacles_for, plan_url
from quizzes.actions import decide_question
from quizzes.models import Question
from quizzes.reports import modules_touched, questions_citing
from tests.changing import (
    decided,
    module_about,
    planned,
    published_brief,
    question_about,
    redrafted,
)
from tests.factories import A_DAY, PersonFactory, QuestionFactory

pytestmark = pytest.mark.django_db

SOON = {"limit": "You can agree up to £60 alone."}


@pytest.fixture
def brief(at: datetime) -> BriefPage:
    return published_brief(at - 60 * A_DAY, limit="Up to £50.", date="On Thursdays.")


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


@pytest.fixture
def draft(brief: BriefPage, module: ModulePage) -> BriefPage:
    return redrafted(brief, SOON)


@pytest.fixture
def plan(draft: BriefPage, at: datetime) -> ChangePlan:
    return planned(draft, at=at)


def obstacles(draft: BriefPage) -> list[str]:
    """Those of the questions; the second person's word is another's matter."""
    told = [str(obstacle.text) for obstacle in obstacles_for(drafted_change(draft))]
    return [text for text in told if "question" in text]


def test_every_question_about_a_changed_fact_has_to_be_decided(
    draft: BriefPage, plan: ChangePlan
) -> None:
    assert obstacles(draft) == ["3 questions still teach the old words: keep, edit or retire them."]


def test_the_obstacle_leads_to_the_plan(draft: BriefPage, plan: ChangePlan) -> None:
    urls = {obstacle.url for obstacle in obstacles_for(drafted_change(draft))}
    assert urls == {plan_url(draft.pk)}


@pytest.mark.parametrize("choice", ["keep", "retire"])
def test_what_is_kept_or_retired_is_decided(
    draft: BriefPage, plan: ChangePlan, at: datetime, choice: str
) -> None:
    decided(plan, draft, choice, at=at)
    assert obstacles(draft) == []


def test_what_is_to_be_edited_needs_a_draft(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "edit", at=at)
    assert obstacles(draft)[0].startswith("3 questions are to be edited")


def test_a_finished_draft_is_all_that_an_edited_question_needs(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "edit", at=at)
    for question in Question.objects.live():
        question.stem = "How much may you agree alone?"
        question.save_revision()
    assert obstacles(draft) == []


def test_a_draft_that_lacks_its_explanation_is_not_finished(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "edit", at=at)
    for question in Question.objects.live():
        question.explanation = ""
        question.save_revision()
    assert obstacles(draft)[0].startswith("3 questions are to be edited")


def test_an_edited_question_may_go_out_before_the_change(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "edit", at=at)
    for question in Question.objects.live():
        question.save_revision().publish()
        later = at + timedelta(hours=1)
        Question.objects.filter(pk=question.pk).update(last_published_at=later)
    assert obstacles(draft) == []


def test_a_question_that_came_after_the_others_has_to_be_decided_too(
    module: ModulePage, draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "keep", at=at)
    QuestionFactory(module=module, facts=[draft.facts.get(key="limit")])
    assert obstacles(draft) == ["1 question still teaches the old words: keep, edit or retire it."]


def test_where_only_the_wording_changes_no_question_is_asked_about(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    draft = redrafted(brief, SOON)
    planned(draft, "wording", at=at)
    assert obstacles(draft) == []


def test_another_choice_after_the_approval_has_to_be_approved_again(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "keep", at=at)
    approve_change(plan=plan, by=PersonFactory(), at=at)

    decided(plan, draft, "retire", at=at)

    plan.refresh_from_db()
    assert not plan.is_approved


def test_the_same_choice_once_more_leaves_the_approval(
    draft: BriefPage, plan: ChangePlan, at: datetime
) -> None:
    decided(plan, draft, "keep", at=at)
    approve_change(plan=plan, by=PersonFactory(), at=at)

    decided(plan, draft, "keep", at=at)

    plan.refresh_from_db()
    assert plan.is_approved


def test_a_line_tells_the_question_its_module_and_what_was_decided(
    draft: BriefPage, plan: ChangePlan, module: ModulePage, at: datetime
) -> None:
    question = question_about("limit")
    decide_question(plan=plan, question=question, choice="keep", by=PersonFactory(), at=at)

    rows = questions_citing(drafted_change(draft).changes, plan)

    told = {row.question: (row.module_title, row.facts, row.choice) for row in rows}
    assert told[question] == (module.title, ("Limit",), "keep")
    assert len(told) == 3


def test_modules_are_touched_by_facts_that_their_live_questions_ask_for(
    draft: BriefPage, module: ModulePage
) -> None:
    module_about(published_brief(draft.last_published_at, price="It costs £20."))
    assert modules_touched(drafted_change(draft).changes) == [module]
