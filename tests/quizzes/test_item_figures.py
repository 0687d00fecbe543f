"""What raw answers say about questions, and what is held back for it."""

from datetime import datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import ModulePage
from quizzes.actions import start_practice, start_quiz
from quizzes.actions.reviewing import ReviewIsClosed, close_review, review_questions
from quizzes.items import Figures
from quizzes.models import Answer, Attempt, ItemReview, Question, QuizSettings, Standing
from quizzes.reports import traces_of
from quizzes.reports.first_answers import figures_by_version
from quizzes.reports.items import State, items_of, versions_of
from tests.factories import (
    A_DAY,
    AttemptFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
    answer_one,
    module_with_questions,
)
from tests.quizzes.answering import against_the_rest, answered, many_people
from tests.second_opinion import opinions

pytestmark = pytest.mark.django_db

Decision = ItemReview.Decision


def first_figures(module: ModulePage) -> Figures:
    """Of the first question in its present words."""
    question = module.questions.prefetch_related("options").order_by("pk")[0]
    return items_of([question])[question.pk].figures


def held(at: datetime) -> list[str]:
    return [review.version.question.name for review in review_questions(at)]


@pytest.fixture
def suspect() -> ModulePage:
    """A module whose first question disagrees with the rest, as twenty people answered it."""
    module: ModulePage = ModuleFactory(title="Refunds")
    for name in ("Wrong key", "Second", "Third"):
        QuestionFactory(module=module, name=name)
    answered(module, against_the_rest())
    return module


def test_a_second_script_reckons_the_same_from_a_played_portal(at: datetime) -> None:
    QuizSettings.objects.update_or_create(defaults={"questions_drawn": 4})
    module = ModuleFactory()
    for kind in ("many", "match", "gaps", "order", "one"):
        QuestionFactory(module=module, kind=kind)
    chance = Random(11)
    played = []
    for _person in range(30):
        attempt = start_quiz(person=PersonFactory(), module=module, at=at, rng=chance)
        skill = chance.random()
        for answer in attempt.answers.select_related("question"):
            answer_one(answer, right=chance.random() < skill, at=at)
        played.append(attempt)
    answer_all(start_practice(person=played[0].person, module=module, at=at), right=True, at=at)
    later = at + 2 * A_DAY
    answer_all(start_quiz(person=played[1].person, module=module, at=later), right=False, at=later)
    start_quiz(person=PersonFactory(), module=module, at=at)

    ours = figures_by_version([module.pk])

    assert len(ours) == 5
    for version, found in ours.items():
        first = {sitting.person_id: sitting.pk for sitting in reversed(sittings_with(version))}
        rows: Any = Answer.objects.filter(attempt__in=first.values())
        theirs = opinions(rows.values("attempt", "version", "mark"))[str(version)]
        mine = (found.facility, found.discrimination, found.efficiency)
        assert mine == pytest.approx(tuple(theirs), abs=1e-4)


def sittings_with(version: int) -> list[Attempt]:
    """Quizzes that were handed in, the earliest first."""
    sittings = Attempt.objects.filter(kind="quiz", answers__version=version)
    return list(sittings.exclude(finished_at=None).order_by("finished_at", "pk"))


def test_what_was_left_open_or_voided_is_no_answer_at_all(suspect: ModulePage) -> None:
    before = first_figures(suspect)
    answered(suspect, [[None, 1, 1]] * 5)
    for attempt in answered(suspect, [[1, 1, 1]] * 5):
        attempt.answers.filter(position=1).update(is_void=True)

    assert first_figures(suspect) == before


def test_an_answer_left_open_is_no_part_of_the_rest() -> None:
    module = module_with_questions(3)
    answered(module, [[1, 1, None]] * 10 + [[0, 0, 1]] * 10)
    found = first_figures(module)

    assert found.discrimination == pytest.approx(100)


def test_only_the_first_sitting_of_a_person_counts() -> None:
    module = module_with_questions(3)
    people = many_people(20)
    answered(module, [[0, 1, 1]] * 20, people=people)
    answered(module, [[1, 1, 1]] * 20, people=people, at=datetime(2027, 1, 1).astimezone())

    assert first_figures(module).facility == 0


def test_figures_tell_how_often_each_option_was_chosen_and_who_was_sure(
    suspect: ModulePage,
) -> None:
    question = suspect.questions.order_by("pk")[0]
    (version,) = versions_of(question)

    assert [(line.text, line.percent) for line in version.options] == [
        ("Five days", 50),
        ("Six days", 50),
        ("Seven days", 50),
    ]
    assert version.figures.sure_and_wrong == 0.5


def test_nineteen_answers_say_nothing() -> None:
    module = module_with_questions(3)
    answered(module, against_the_rest()[:19])
    question = module.questions.prefetch_related("options").order_by("pk")[0]
    item = items_of([question])[question.pk]

    assert item.state is State.TOO_FEW
    assert item.figures == Figures(19)


def test_an_edited_question_starts_afresh(suspect: ModulePage) -> None:
    question = suspect.questions.order_by("pk")[0]
    question.stem = "How many days does a refund take?"
    question.save()

    assert items_of([question])[question.pk].state is State.NEVER


def test_no_query_is_added_by_more_questions_and_answers(suspect: ModulePage) -> None:
    def queries() -> int:
        questions = Question.objects.prefetch_related("options")
        with CaptureQueriesContext(connection) as captured:
            items_of(list(questions))
        return len(captured)

    before = queries()
    answered(module_with_questions(9), [[1] * 9] * 25)

    assert queries() == before


def test_what_disagrees_with_the_rest_is_asked_no_more(suspect: ModulePage, at: datetime) -> None:
    assert held(at) == ["Wrong key"]
    attempt = AttemptFactory(module=suspect)
    assert "Wrong key" not in attempt.answers.values_list("question__name", flat=True)
    assert held(at) == []


def test_a_few_slips_at_an_easy_question_hold_nothing_back(at: datetime) -> None:
    module = module_with_questions(3)
    answered(module, [[0, 1, 1]] * 4 + [[1, 0, 1]] * 4 + [[1, 1, 1]] * 20)

    assert (first_figures(module).discrimination or 0) < 0
    assert held(at) == []


def test_what_is_held_back_lowers_no_date(suspect: ModulePage, at: datetime) -> None:
    person = AttemptFactory(module=suspect, passed=True).person
    before = Standing.objects.get(person=person, module=suspect)
    review_questions(at)
    after = Standing.objects.get(person=person, module=suspect)
    practice = start_practice(person=person, module=suspect, at=at + timedelta(days=4))
    answer_all(practice, right=True, at=at + timedelta(days=4))
    later = Standing.objects.get(person=person, module=suspect)

    assert (after.ready_until, after.practice_from) == (before.ready_until, before.practice_from)
    assert len(traces_of(person.pk, suspect)) == 2
    assert before.ready_until
    assert later.ready_until
    assert later.ready_until >= before.ready_until


def test_a_question_that_was_kept_is_asked_again(suspect: ModulePage, at: datetime) -> None:
    (review,) = review_questions(at)
    close_review(review=review, decision=Decision.KEEP, by=PersonFactory(), at=at)

    names = AttemptFactory(module=suspect).answers.values_list("question__name", flat=True)
    assert "Wrong key" in names


def test_a_kept_question_is_held_back_again_once_twice_as_many_have_answered(
    suspect: ModulePage, at: datetime
) -> None:
    (review,) = review_questions(at)
    close_review(review=review, decision=Decision.KEEP, by=PersonFactory(), at=at)
    answered(suspect, against_the_rest(18))
    assert held(at) == []
    answered(suspect, against_the_rest(2))
    assert held(at) == ["Wrong key"]


def test_a_retired_question_is_live_no_more(suspect: ModulePage, at: datetime) -> None:
    (review,) = review_questions(at)
    close_review(review=review, decision=Decision.RETIRE, by=PersonFactory(), at=at)

    assert not Question.objects.get(name="Wrong key").live


def test_only_the_first_decision_holds(suspect: ModulePage, at: datetime) -> None:
    (review,) = review_questions(at)
    close_review(review=review, decision=Decision.KEEP, by=PersonFactory(), at=at)

    with pytest.raises(ReviewIsClosed):
        close_review(review=review, decision=Decision.RETIRE, by=PersonFactory(), at=at)
    assert Question.objects.get(name="Wrong key").live


def test_publishing_another_wording_ends_the_review(suspect: ModulePage, at: datetime) -> None:
    (review,) = review_questions(at)
    question = review.version.question
    question.options.set(question.options.all()[:2])
    question.save_revision().publish()

    review.refresh_from_db()
    assert review.decision == Decision.EDIT
    assert Question.objects.counted().filter(pk=question.pk).exists()


def test_publishing_the_same_words_leaves_the_question_held_back(
    suspect: ModulePage, at: datetime
) -> None:
    (review,) = review_questions(at)
    review.version.question.save_revision().publish()

    assert not Question.objects.counted().filter(name="Wrong key").exists()


def test_an_old_wording_holds_nothing_back(suspect: ModulePage, at: datetime) -> None:
    Question.objects.filter(name="Wrong key").update(stem="How many days does a refund take?")

    assert held(at) == []


def test_the_command_names_what_it_holds_back(suspect: ModulePage) -> None:
    out = StringIO()
    call_command("review_questions", stdout=out)

    assert out.getvalue().splitlines() == ["Refunds: Wrong key", "Held back: 1"]
