"""What somebody was asked stays as it was, whatever becomes of the question."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from quizzes import memory
from quizzes.actions import hand_in, start_practice, start_quiz, submit_answer
from quizzes.asking import Asked, AskedOption, Kind, asked_from, fingerprint, gaps_of
from quizzes.days import organisation_day
from quizzes.models import (
    Answer,
    Attempt,
    ItemReview,
    LateAnswer,
    Question,
    QuestionVersion,
    QuizSettings,
    Standing,
)
from quizzes.reports import traces_of
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    answer_all,
    answer_one,
    module_with_questions,
    right_response,
)

database = pytest.mark.django_db

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
OPTIONS = st.builds(
    AskedOption, pk=st.integers(1, 99), text=WORDS, is_right=st.booleans(), pair=WORDS
)
FIGURES = st.decimals(-9999, 9999, places=4)
ASKED = st.builds(
    Asked,
    kind=st.sampled_from(Kind),
    stem=WORDS,
    situation=WORDS,
    picture=st.none() | st.integers(1, 9),
    options=st.lists(OPTIONS, max_size=4).map(tuple),
    number=st.none() | FIGURES,
    tolerance=FIGURES.map(abs),
    unit=WORDS,
    slips=st.integers(0, 3),
    model_answer=WORDS,
    explanation=WORDS,
)


@given(ASKED)
def test_words_that_were_kept_come_back_as_they_were(asked: Asked) -> None:
    assert asked_from(asked.asked_json, asked.told_json) == asked


@given(ASKED, st.integers(100, 200))
def test_the_rows_of_the_options_make_no_other_version(asked: Asked, first: int) -> None:
    moved = [
        {**option, "pk": first + place} for place, option in enumerate(asked.asked_json["options"])
    ]
    assert fingerprint({**asked.asked_json, "options": moved}) == fingerprint(asked.asked_json)


def test_a_gap_is_found_once_however_often_it_stands_there() -> None:
    assert gaps_of("[2] then [1], then [2] again [x]") == [2, 1]


def drawn(attempt: Attempt) -> Answer:
    answer: Answer = attempt.answers.select_related("question", "version").order_by("position")[0]
    return answer


def edit(question: Question, *, stem: str = "", explanation: str = "") -> None:
    question = Question.objects.get(pk=question.pk)
    question.stem = stem or question.stem
    question.explanation = explanation or question.explanation
    question.save_revision().publish()


def turn_key(question: Question) -> None:
    """Marks as right what was wrong, and the other way round."""
    question = Question.objects.get(pk=question.pk)
    for option in question.options.all():
        option.is_right = not option.is_right
        option.save()


@database
def test_a_sitting_shows_the_words_with_which_it_began(at: datetime) -> None:
    attempt = AttemptFactory()
    before = drawn(attempt).asked.stem

    edit(drawn(attempt).question, stem="Other words?")

    assert drawn(attempt).asked.stem == before


@database
def test_an_answer_is_marked_by_the_key_of_the_words_that_were_shown(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = drawn(attempt)
    right = right_response(answer.question)
    turn_key(answer.question)

    submit_answer(attempt=attempt, position=answer.position, response=right, sureness="sure", at=at)

    assert drawn(attempt).is_right is True


@database
def test_an_edit_makes_a_version_once_somebody_is_asked_it(at: datetime) -> None:
    attempt = AttemptFactory(passed=False)
    question = drawn(attempt).question

    edit(question, stem="Better words?")
    assert question.versions.count() == 1
    start_quiz(
        person=attempt.person, module=attempt.module, at=attempt.finished_at + timedelta(days=1)
    )

    assert [version.number for version in question.versions.all()] == [1, 2]


@database
def test_a_better_explanation_makes_no_other_version(at: datetime) -> None:
    attempt = AttemptFactory(passed=False)
    question = drawn(attempt).question

    edit(question, explanation="Five days, because the bank needs two.")
    start_quiz(person=PersonFactory(), module=attempt.module, at=at)

    assert question.versions.get().asked.explanation == "Five days, because the bank needs two."


@database
def test_words_that_come_back_are_the_version_that_they_were(at: datetime) -> None:
    module = module_with_questions()
    question = module.questions.first()
    first = question.stem
    for stem in (first, "Other words?", first):
        edit(question, stem=stem)
        start_quiz(person=PersonFactory(), module=module, at=at)

    assert QuestionVersion.objects.filter(question=question).count() == 2


@database
def test_the_same_form_sent_again_is_no_second_answer(at: datetime) -> None:
    attempt = AttemptFactory()
    answer, key = drawn(attempt), uuid4()
    sent: dict[str, Any] = {
        "attempt": attempt,
        "position": answer.position,
        "sureness": "sure",
        "key": key,
    }
    right = right_response(answer.question)

    submit_answer(**sent, response=right, at=at)
    submit_answer(**sent, response=right, at=at)

    assert not LateAnswer.objects.exists()


@database
def test_another_answer_to_the_same_question_is_kept_and_changes_nothing(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = drawn(attempt)
    sent: dict[str, Any] = {
        "attempt": attempt,
        "position": answer.position,
        "sureness": "sure",
        "at": at,
    }
    submit_answer(**sent, response=right_response(answer.question), key=uuid4())

    for _retry in range(2):
        submit_answer(**sent, response=[], key=(key := uuid4()))
        submit_answer(**sent, response=[], key=key)

    assert drawn(attempt).is_right is True
    assert LateAnswer.objects.filter(answer=answer, response=[]).count() == 2


@database
def test_other_words_from_the_same_form_are_kept_too(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = drawn(attempt)
    sent: dict[str, Any] = {
        "attempt": attempt,
        "position": answer.position,
        "at": at,
        "key": uuid4(),
    }
    submit_answer(**sent, response=right_response(answer.question), sureness="sure")

    for sureness in ("guessing", "guessing", "fairly-sure"):
        submit_answer(**sent, response=[], sureness=sureness)

    assert LateAnswer.objects.filter(answer=answer).count() == 2


@database
def test_a_question_of_another_kind_since_is_marked_as_what_was_asked(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = drawn(attempt)
    right = right_response(answer.question)
    Question.objects.update(kind=Question.Kind.SAY, model_answer="Say this.")

    submit_answer(attempt=attempt, position=answer.position, response=right, sureness="sure", at=at)

    assert drawn(attempt).is_right is True


@database
@pytest.mark.parametrize("kind", ["quiz", "practice"])
def test_handing_in_empty_shows_no_key(client: Client, at: datetime, kind: str) -> None:
    attempt = AttemptFactory(practice=kind == "practice")
    answer = drawn(attempt)
    hand_in(attempt=attempt, at=at)
    client.force_login(attempt.person)

    url = reverse(f"quizzes:{kind}-question", args=[attempt.module.slug, answer.position])
    page = client.get(url).text

    assert "Not answered." in page
    assert answer.asked.explanation not in page
    assert not any(option.text in page for option in answer.asked.options)


@database
def test_a_held_back_question_carries_no_date_even_if_it_is_answered_last(at: datetime) -> None:
    attempt = AttemptFactory()
    answers = list(attempt.answers.select_related("question", "version"))
    ItemReview.objects.create(version=answers[-1].version, opened_at=at, figures={"n": 0})

    for answer in answers:
        answer_one(answer, right=answer != answers[-1], at=at)

    traces = traces_of(attempt.person_id, attempt.module)
    expected = memory.dates_after_pass(
        traces, on=organisation_day(at), rules=QuizSettings.load().rules
    )
    standing = Standing.objects.get(person=attempt.person)
    assert standing.ready_until == expected.ready_until


@database
def test_two_options_stand_in_either_order(at: datetime) -> None:
    module = module_with_questions(1)
    module.questions.get().options.last().delete()
    orders = {
        tuple(
            start_quiz(person=PersonFactory(), module=module, at=at, rng=Random(seed))
            .answers.get()
            .option_order
        )
        for seed in range(12)
    }

    assert len(orders) == 2


@database
def test_what_comes_after_handing_in_is_kept(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = drawn(attempt)
    hand_in(attempt=attempt, at=at)

    submit_answer(attempt=attempt, position=answer.position, response=[], sureness="sure", at=at)

    assert LateAnswer.objects.get().answer == answer
    assert drawn(attempt).answered_at is None


@database
def test_an_answer_knows_what_memory_expected_of_it(at: datetime) -> None:
    attempt = AttemptFactory(passed=True)
    later = at + timedelta(days=20)

    practice = start_practice(person=attempt.person, module=attempt.module, at=later)
    answer_all(practice, right=True, at=later)

    assert set(attempt.answers.values_list("expected", flat=True)) == {None}
    expected = [answer.expected for answer in practice.answers.all()]
    assert all(share and 0.5 < share < 0.9 for share in expected)


@database
def test_a_half_right_answer_gives_half_a_mark(at: datetime) -> None:
    module = module_with_questions(1)
    question = Question.objects.get()
    question.kind = Question.Kind.MANY
    question.save()
    wrong = question.options.filter(is_right=False).first()
    wrong.is_right = True
    wrong.save()
    right = [option.pk for option in question.options.filter(is_right=True)]
    attempt = start_quiz(person=PersonFactory(), module=module, at=at)

    submit_answer(attempt=attempt, position=1, response=right[:1], sureness="sure", at=at)

    assert drawn(attempt).mark == 0.5
    assert drawn(attempt).is_right is False
