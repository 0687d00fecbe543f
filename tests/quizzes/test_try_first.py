"""Three questions before reading: an offer that is never held against anybody."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import ModulePage
from quizzes.actions import NothingToTry, start_practice, start_quiz, start_try
from quizzes.models import Attempt, Card, Question, StandingEvent
from quizzes.reports import running_attempt
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
    module_with_questions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> ModulePage:
    return module_with_questions(6)


def test_three_questions_are_asked_and_no_must_know_among_them(
    module: ModulePage, at: datetime
) -> None:
    QuestionFactory(module=module, must_know=True)
    QuestionFactory(module=module, look_up=True)

    attempt = start_try(person=PersonFactory(), module=module, at=at)

    questions = [answer.question for answer in attempt.answers.select_related("question")]
    assert len(questions) == 3
    assert not any(question.is_must_know or question.is_look_up for question in questions)


def test_what_is_wrong_before_reading_is_forgotten(module: ModulePage, at: datetime) -> None:
    person = PersonFactory()
    answer_all(start_try(person=person, module=module, at=at), right=False, at=at)

    assert not Card.objects.exists()
    assert [event.kind for event in StandingEvent.objects.all()] == [StandingEvent.Kind.STARTED]


def test_what_is_right_before_reading_is_remembered(module: ModulePage, at: datetime) -> None:
    person = PersonFactory()
    attempt = start_try(person=person, module=module, at=at)

    answer_all(attempt, right=True, at=at)

    assert Card.objects.filter(person=person).count() == 3
    assert Attempt.objects.get().is_passed is True


def test_the_quiz_of_the_same_day_asks_something_else_first(
    module: ModulePage, at: datetime
) -> None:
    for _more in range(3):
        QuestionFactory(module=module)
    person = PersonFactory()
    tried = start_try(person=person, module=module, at=at)
    answer_all(tried, right=False, at=at)

    quiz = start_quiz(person=person, module=module, at=at + timedelta(minutes=5))

    asked = set(quiz.answers.values_list("question", flat=True))
    assert asked.isdisjoint(tried.answers.values_list("question", flat=True))


def test_what_was_tried_in_vain_tells_nothing_of_memory_that_day(at: datetime) -> None:
    module, person = module_with_questions(3), PersonFactory()
    answer_all(start_try(person=person, module=module, at=at), right=False, at=at)

    answer_all(start_quiz(person=person, module=module, at=at), right=True, at=at)

    assert not Card.objects.exists()
    assert Attempt.objects.get(kind=Attempt.Kind.QUIZ).is_passed is True


@pytest.mark.parametrize("start", [start_quiz, start_practice, start_try])
def test_whoever_was_asked_before_has_nothing_to_try(
    start: object, module: ModulePage, at: datetime
) -> None:
    person = PersonFactory()
    answer_all(start(person=person, module=module, at=at), right=False, at=at)  # type: ignore[operator]

    with pytest.raises(NothingToTry):
        start_try(person=person, module=module, at=at)


def test_a_module_of_must_knows_has_nothing_to_try(module: ModulePage, at: datetime) -> None:
    Question.objects.update(is_must_know=True)

    with pytest.raises(NothingToTry):
        start_try(person=PersonFactory(), module=module, at=at)


def test_nobody_is_reminded_of_an_offer(module: ModulePage, at: datetime) -> None:
    person = PersonFactory()
    start_try(person=person, module=module, at=at)

    assert running_attempt(person, [module.slug]) is None


def test_a_newcomer_tries_and_is_led_to_the_lessons(module: ModulePage, client: Client) -> None:
    person = PersonFactory()
    client.force_login(person)
    door = reverse("quizzes:try-detail", args=[module.slug])
    assert door in client.get(module.url).text

    first = client.post(door, follow=True)
    assert "Try first, question 1 of 3" in first.text
    answer_all(Attempt.objects.get(), right=False, at=Attempt.objects.get().started_at)

    result = client.get(reverse("quizzes:try-result", args=[module.slug]))
    assert "0 of 3 right. None of it counts" in result.text
    assert door not in client.get(module.url).text
    assert client.post(door)["Location"] == reverse("knowledge:module-detail", args=[module.slug])


def test_whoever_knew_it_all_is_led_to_the_quiz(client: Client, at: datetime) -> None:
    attempt = AttemptFactory()
    person = PersonFactory()
    client.force_login(person)
    answer_all(start_try(person=person, module=attempt.module, at=at), right=True, at=at)

    result = client.get(reverse("quizzes:try-result", args=[attempt.module.slug]))

    assert "You know this already." in result.text
    assert reverse("quizzes:quiz-detail", args=[attempt.module.slug]) in result.text


@pytest.mark.parametrize(
    ("start", "words"), [(start_try, "Carry on trying"), (start_quiz, "Carry on with the quiz")]
)
def test_what_was_begun_is_gone_on_with_from_the_module(
    start: object, words: str, module: ModulePage, client: Client, at: datetime
) -> None:
    person = PersonFactory()
    client.force_login(person)
    start(person=person, module=module, at=at)  # type: ignore[operator]

    assert words in client.get(module.url).text
