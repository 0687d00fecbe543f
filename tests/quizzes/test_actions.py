"""What a sitting does to a standing, through the actions and the real database."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from knowledge.models import ModulePage
from quizzes.actions import hand_in, start_practice, start_quiz, submit_answer
from quizzes.days import organisation_day
from quizzes.drawing import OpensTomorrow
from quizzes.models import Answer, Attempt, Card, Option, Standing, StandingEvent
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
    answer_one,
    module_with_questions,
    right_response,
)

pytestmark = pytest.mark.django_db


def standing(attempt: Attempt) -> Standing:
    return Standing.objects.get(person=attempt.person, module=attempt.module)


def test_a_pass_gives_a_date_and_an_event(at: datetime) -> None:
    attempt = AttemptFactory(passed=True)

    event = StandingEvent.objects.get(person=attempt.person, kind=StandingEvent.Kind.PASSED)
    assert attempt.is_passed
    assert standing(attempt).ready_until == event.ready_to
    assert event.ready_to is not None
    assert event.ready_to >= organisation_day(at) + timedelta(days=14)


def test_an_attempt_with_too_few_right_gives_no_date() -> None:
    attempt = AttemptFactory(passed=False)

    assert attempt.is_passed is False
    assert standing(attempt).ready_until is None


def test_an_answer_given_twice_is_stored_once(at: datetime) -> None:
    attempt = AttemptFactory()
    answer = attempt.answers.select_related("question").first()
    submit = {"attempt": attempt, "position": answer.position, "sureness": "sure", "at": at}
    submit_answer(**submit, response=right_response(answer.question))

    second = submit_answer(**submit, response=[])

    assert second.is_right is True
    assert Card.objects.filter(person=attempt.person).count() == 1


def test_the_draw_is_frozen_when_a_question_is_added_later(at: datetime) -> None:
    attempt = AttemptFactory()
    drawn = list(attempt.answers.values_list("question", flat=True))
    QuestionFactory(module=attempt.module)

    again = start_quiz(person=attempt.person, module=attempt.module, at=at)

    assert again == attempt
    assert list(again.answers.values_list("question", flat=True)) == drawn


def test_what_is_not_answered_counts_as_not_right(at: datetime) -> None:
    attempt = AttemptFactory()
    for answer in list(attempt.answers.select_related("question"))[:4]:
        answer_one(answer, right=True, at=at)

    finished = hand_in(attempt=attempt, at=at)

    assert finished.is_passed is False


def test_an_answer_after_handing_in_changes_nothing(at: datetime) -> None:
    attempt = AttemptFactory()
    hand_in(attempt=attempt, at=at)

    answer = submit_answer(attempt=attempt, position=1, response=[1], sureness="sure", at=at)

    assert answer.answered_at is None


def test_the_database_allows_one_open_attempt_a_person_and_module() -> None:
    attempt = AttemptFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            person=attempt.person,
            module=attempt.module,
            version=1,
            started_at=attempt.started_at,
        )


def test_a_missed_must_know_is_no_pass_and_closes_the_quiz_until_tomorrow(at: datetime) -> None:
    module = module_with_questions(count=12)
    vital = QuestionFactory(module=module, must_know=True)
    person = PersonFactory()
    attempt = start_quiz(person=person, module=module, at=at)
    for answer in attempt.answers.select_related("question"):
        answer_one(answer, right=answer.question != vital, at=at)

    with pytest.raises(OpensTomorrow):
        start_quiz(person=person, module=module, at=at)

    attempt.refresh_from_db()
    assert attempt.is_passed is False
    assert start_quiz(person=person, module=module, at=at + timedelta(days=1))


def test_a_refused_start_leaves_no_open_attempt(at: datetime) -> None:
    attempt = AttemptFactory(passed=False)

    with pytest.raises(OpensTomorrow):
        start_quiz(person=attempt.person, module=attempt.module, at=at)

    assert not Attempt.objects.open().exists()


def test_a_retake_on_the_same_day_asks_only_what_was_not_answered_today(at: datetime) -> None:
    module = module_with_questions(count=12)
    first = AttemptFactory(module=module, passed=False)

    second = start_quiz(person=first.person, module=module, at=at)

    asked = {
        set_of: set(attempt.answers.values_list("question", flat=True))
        for set_of, attempt in (("first", first), ("second", second))
    }
    assert not asked["first"] & asked["second"]


def test_a_second_pass_on_the_same_day_never_moves_the_date(at: datetime) -> None:
    module = module_with_questions(count=12)
    first = AttemptFactory(module=module, passed=True)
    before = standing(first).dates

    AttemptFactory(person=first.person, module=module, passed=True)

    assert standing(first).dates == before


def test_practice_on_the_third_day_moves_the_date(at: datetime) -> None:
    attempt = AttemptFactory(passed=True)
    before = standing(attempt).ready_until

    AttemptFactory(
        person=attempt.person,
        module=attempt.module,
        practice=True,
        passed=True,
        at=at + timedelta(days=3),
    )

    assert before is not None
    assert (standing(attempt).ready_until or before) > before + timedelta(days=14)


def test_practising_twice_on_one_day_moves_the_date_once(at: datetime) -> None:
    attempt = AttemptFactory(passed=True)
    later = {"practice": True, "passed": True, "at": at + timedelta(days=3)}
    AttemptFactory(person=attempt.person, module=attempt.module, **later)
    once = standing(attempt).dates
    answered_before = set(Answer.objects.filter(attempt__kind="practice").values_list("question"))

    practice = AttemptFactory(person=attempt.person, module=attempt.module, **later)

    is_all_old = set(practice.answers.values_list("question")) <= answered_before
    assert standing(attempt).dates == once or not is_all_old


def test_practice_before_a_pass_gives_no_date(at: datetime) -> None:
    attempt = AttemptFactory(passed=False)

    AttemptFactory(person=attempt.person, module=attempt.module, practice=True, passed=True)

    assert standing(attempt).ready_until is None


def test_practising_first_does_not_close_the_quiz(at: datetime) -> None:
    module = module_with_questions()
    person = PersonFactory()
    AttemptFactory(person=person, module=module, practice=True, passed=False)

    quiz = start_quiz(person=person, module=module, at=at)

    assert quiz.answers.count() == 6


def test_a_question_to_look_up_is_never_practised(at: datetime) -> None:
    module = module_with_questions(count=2)
    look_up = QuestionFactory(module=module, look_up=True)

    practice = start_practice(person=PersonFactory(), module=module, at=at)

    assert not practice.answers.filter(question=look_up).exists()


def test_a_retired_question_leaves_the_date(at: datetime) -> None:
    attempt = AttemptFactory(passed=True)
    person, module = attempt.person, attempt.module
    weak = attempt.answers.select_related("question").first().question
    Card.objects.filter(person=person, question=weak).update(stability=0.01)
    weak.unpublish()

    AttemptFactory(
        person=person, module=module, practice=True, passed=True, at=at + timedelta(days=3)
    )

    practised = standing(attempt).ready_until
    assert practised is not None
    assert practised > organisation_day(at) + timedelta(days=45)


def test_a_fixed_validity_sets_the_date_by_the_calendar(at: datetime) -> None:
    module: ModulePage = module_with_questions()
    ModulePage.objects.filter(pk=module.pk).update(valid_days=365)
    module.refresh_from_db()

    attempt = AttemptFactory(module=module, passed=True)

    assert standing(attempt).ready_until == organisation_day(at) + timedelta(days=365)


def test_an_answer_just_before_midnight_belongs_to_the_day_in_the_organisations_zone() -> None:
    summer_night = datetime.fromisoformat("2026-07-01T23:30:00+00:00")

    assert organisation_day(summer_night).isoformat() == "2026-07-02"


def test_answering_costs_the_same_however_many_questions_there_are(
    at: datetime, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    costs = []
    for count in (6, 30):
        attempt = AttemptFactory(module=module_with_questions(count=count))
        first = attempt.answers.select_related("question").first()
        with django_assert_max_num_queries(14) as queries:  # type: ignore[operator]  # a context manager
            answer_one(first, right=True, at=at)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_everything_answered_finishes_the_attempt(at: datetime) -> None:
    attempt = AttemptFactory()

    answer_all(attempt, right=True, at=at)

    attempt.refresh_from_db()
    assert attempt.finished_at == at


def test_handing_in_an_empty_quiz_closes_it_until_tomorrow(at: datetime) -> None:
    attempt = AttemptFactory(module=module_with_questions(count=8))
    hand_in(attempt=attempt, at=at)

    with pytest.raises(OpensTomorrow):
        start_quiz(person=attempt.person, module=attempt.module, at=at)


def test_a_must_know_that_was_left_out_closes_the_quiz_until_tomorrow(at: datetime) -> None:
    module = module_with_questions(count=20)
    QuestionFactory(module=module, must_know=True)
    attempt = AttemptFactory(module=module)
    hand_in(attempt=attempt, at=at)

    with pytest.raises(OpensTomorrow):
        start_quiz(person=attempt.person, module=module, at=at)


def test_answers_of_a_quiz_that_waited_too_long_vouch_for_nothing(at: datetime) -> None:
    attempt = AttemptFactory()
    *most, last = attempt.answers.select_related("question")
    for answer in most:
        answer_one(answer, right=True, at=at)

    answer_one(last, right=True, at=at + timedelta(days=15))

    attempt.refresh_from_db()
    assert attempt.is_passed is False


def test_an_option_that_is_added_meanwhile_takes_nothing_from_a_right_answer(
    at: datetime,
) -> None:
    module = module_with_questions(count=0)
    question = QuestionFactory(module=module, many=True)
    attempt = AttemptFactory(module=module)
    chosen = right_response(question)
    question.options.add(Option(text="The hour", is_right=True))
    question.save()

    answer = submit_answer(attempt=attempt, position=1, response=chosen, sureness="sure", at=at)

    assert answer.is_right is True
