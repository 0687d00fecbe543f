"""The quiz as a browser meets it, without a script."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import ModulePage
from portal.models import User
from quizzes.forms import FORM_FOR_KIND
from quizzes.models import Answer, Attempt, Option, Question
from tests.factories import (
    A_DAY,
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    answer_one,
    module_with_questions,
)

pytestmark = pytest.mark.django_db

TRAITS = ("number_typed", "many", "text", "order", "scenario", "say", "reason", "match", "gaps")


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def read(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def quiz(module: ModulePage, *place: int) -> str:
    name = "quizzes:quiz-question" if place else "quizzes:quiz-detail"
    return reverse(name, args=[module.slug, *place])


TYPED = {
    Question.Kind.NUMBER: ("12", "50 Mbps"),
    Question.Kind.TEXT: ("monday", "thursday"),
    Question.Kind.SAY: ("You have it on Thursday.", "You have it on Thursday."),
}


def fill_in(question: Question, order: list[int], *, right: bool = True) -> dict[str, object]:
    """The form as a colleague fills it in; options are numbered as she sees them."""
    options = {option.pk: option for option in question.options.all()}
    shown = [options[pk] for pk in order]
    match question.kind:
        case Question.Kind.ORDER:
            answer = ordered(shown, list(options) if right else list(options)[::-1])
        case Question.Kind.MATCH:
            answer = matched(shown, right=right)
        case Question.Kind.GAPS:
            answer = filled(shown, right=right)
        case kind if kind in TYPED:
            answer = {"answer": TYPED[Question.Kind(kind)][right]}
        case _:
            chosen = [n for n, option in enumerate(shown, start=1) if option.is_right is right]
            answer = {"answer": chosen if question.kind == Question.Kind.MANY else chosen[0]}
    return {**answer, "sureness": "sure"}


def ordered(shown: list[Option], in_order: list[int]) -> dict[str, object]:
    return {
        f"place_{number}": in_order.index(option.pk) + 1
        for number, option in enumerate(shown, start=1)
    }


def matched(shown: list[Option], *, right: bool) -> dict[str, object]:
    """What there is to choose from stands in the order of the alphabet."""
    pairs = sorted({option.pair for option in shown}, key=str.casefold)
    choices = list(enumerate(pairs, start=1))
    return {
        f"match_{number}": next(n for n, pair in choices if (pair == premise.pair) is right)
        for number, premise in enumerate(shown, start=1)
        if premise.text
    }


def filled(shown: list[Option], *, right: bool) -> dict[str, object]:
    """The first gap is typed, the second chosen."""
    choices = ((n, option) for n, option in enumerate(shown, start=1) if option.pair == "2")
    fitting = next(n for n, option in choices if option.is_right is right)
    return {"gap_1": "five" if right else "six", "gap_2": fitting}


@pytest.mark.parametrize("trait", TRAITS)
@pytest.mark.parametrize("right", [True, False])
def test_every_type_is_answered_by_a_plain_form(
    visitor: Client, person: User, at: datetime, trait: str, right: bool
) -> None:
    module = module_with_questions(count=0)
    QuestionFactory(module=module, **{trait: True})
    visitor.post(quiz(module))
    answer = Answer.objects.select_related("question").get()

    visitor.post(quiz(module, 1), fill_in(answer.question, answer.option_order, right=right))
    if trait == "say":
        mark = reverse("quizzes:quiz-mark", args=[module.slug, 1])
        visitor.post(mark, {"mark": "yes" if right else "no"})

    answer.refresh_from_db()
    assert answer.is_right is right


@pytest.mark.parametrize("trait", [*TRAITS, ""])
def test_no_key_and_no_explanation_reach_the_page_before_the_answer(
    visitor: Client, trait: str
) -> None:
    module = module_with_questions(count=0)
    question = QuestionFactory(
        module=module,
        explanation="Canary-explanation.",
        model_answer="Canary-model.",
        **({trait: True} if trait else {}),
    )
    Option.objects.filter(question=question).update(feedback="Canary-feedback.")
    visitor.post(quiz(module))

    shown = read(visitor, quiz(module, 1))

    assert "Canary" not in shown
    assert "is_right" not in shown
    rows = {str(pk) for pk in question.options.values_list("pk", flat=True)}
    assert not rows & set(re.findall(r'value="(\d{2,})"', shown))
    visitor.post(quiz(module, 1), fill_in(question, Answer.objects.get().option_order, right=False))
    assert "Canary" in read(visitor, quiz(module, 1))


def test_nothing_chosen_is_asked_for_with_a_summary_and_stores_nothing(visitor: Client) -> None:
    module = module_with_questions()
    visitor.post(quiz(module))

    response = visitor.post(quiz(module, 1), {})

    shown = response.content.decode()
    assert "There’s a problem" in shown
    assert "Choose an answer" in shown
    assert "Say how sure you are" in shown
    assert not Answer.objects.exclude(answered_at=None).exists()


def test_words_where_a_number_is_asked_are_kept_and_explained(visitor: Client) -> None:
    module = module_with_questions(count=0)
    QuestionFactory(module=module, number_typed=True)
    visitor.post(quiz(module))

    shown = visitor.post(quiz(module, 1), {"answer": "quite fast", "sureness": "sure"})

    assert "Write one number in figures" in shown.content.decode()
    assert 'value="quite fast"' in shown.content.decode()


def test_two_steps_in_one_place_are_named(visitor: Client) -> None:
    module = module_with_questions(count=0)
    QuestionFactory(module=module, order=True)
    visitor.post(quiz(module))

    shown = visitor.post(
        quiz(module, 1), {"place_1": 1, "place_2": 1, "place_3": 2, "sureness": "sure"}
    )

    assert "Two steps have place 1" in shown.content.decode()


def test_the_quiz_goes_on_at_the_same_question_on_another_device(
    visitor: Client, person: User, at: datetime
) -> None:
    module = module_with_questions()
    attempt = AttemptFactory(person=person, module=module)
    for answer in list(attempt.answers.select_related("question"))[:2]:
        answer_one(answer, right=True, at=at)
    phone = Client()
    phone.force_login(person)

    response = phone.get(quiz(module))

    assert response["Location"] == quiz(module, 3)


def test_somebody_elses_attempt_is_not_there(client: Client) -> None:
    attempt = AttemptFactory()
    client.force_login(PersonFactory())

    assert client.get(quiz(attempt.module, 1)).status_code == 404


def test_a_pass_is_told_with_its_date(visitor: Client, person: User) -> None:
    attempt = AttemptFactory(person=person, passed=True)

    shown = read(visitor, reverse("quizzes:quiz-result", args=[attempt.module.slug]))

    assert "You’ve got it. Ready until" in shown
    assert "Two minutes on" in shown


def test_not_yet_names_the_facts_and_tomorrow(visitor: Client, person: User) -> None:
    attempt = AttemptFactory(person=person, passed=False)

    shown = read(visitor, reverse("quizzes:quiz-result", args=[attempt.module.slug]))

    assert "Not yet." in shown
    assert "opens tomorrow" in shown
    assert "A refund takes five working days." in shown


def test_the_door_says_that_the_next_quiz_opens_tomorrow(visitor: Client, person: User) -> None:
    attempt = AttemptFactory(person=person, passed=False)

    assert "The next quiz opens tomorrow" in read(visitor, quiz(attempt.module))


def test_a_module_without_questions_has_no_quiz_yet(visitor: Client) -> None:
    assert "isn’t ready yet" in read(visitor, quiz(module_with_questions(count=0)))


def test_starting_a_module_without_questions_starts_nothing(visitor: Client) -> None:
    visitor.post(quiz(module_with_questions(count=0)))

    assert not Attempt.objects.exists()


def test_practice_begins_with_the_module_whose_date_comes_first(
    visitor: Client, person: User, at: datetime
) -> None:
    later = AttemptFactory(person=person, passed=True, at=at).module
    sooner = AttemptFactory(person=person, passed=True, at=at - 10 * A_DAY).module

    shown = read(visitor, reverse("quizzes:practice-index"))

    assert f'value="{sooner.slug}"' in shown
    assert f'value="{later.slug}"' not in shown


def test_practice_leads_to_its_first_question(visitor: Client, person: User) -> None:
    module = AttemptFactory(person=person, passed=True).module

    response = visitor.post(reverse("quizzes:practice-index"), {"module": module.slug})

    assert response["Location"] == reverse("quizzes:practice-question", args=[module.slug, 1])


def test_handing_in_early_is_asked_for_first(visitor: Client, person: User) -> None:
    attempt = AttemptFactory(person=person)
    hand_in = reverse("quizzes:quiz-hand-in", args=[attempt.module.slug])

    assert "You’ve answered 0 of 6" in read(visitor, hand_in)
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_the_question_costs_the_same_in_a_larger_module(visitor: Client, person: User) -> None:
    counts = []
    for count in (6, 40):
        module = module_with_questions(count=count)
        AttemptFactory(person=person, module=module)
        read(visitor, quiz(module, 1))
        with CaptureQueriesContext(connection) as queries:
            read(visitor, quiz(module, 1))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_option_deleted_while_the_question_is_open_shifts_no_answer(visitor: Client) -> None:
    module = module_with_questions(count=0)
    question = QuestionFactory(module=module)
    visitor.post(quiz(module))
    answer = Answer.objects.get()
    filled_in = fill_in(question, answer.option_order)
    wrong = next(pk for pk in answer.option_order if pk != question.options.get(is_right=True).pk)
    Option.objects.filter(pk=wrong).delete()

    visitor.post(quiz(module, 1), filled_in)

    answer.refresh_from_db()
    assert answer.is_right is True


def test_a_sitting_of_an_unpublished_module_is_not_there(visitor: Client, person: User) -> None:
    attempt = AttemptFactory(person=person)
    attempt.module.unpublish()

    assert visitor.get(quiz(attempt.module, 1)).status_code == 404


def test_every_kind_of_question_has_a_form() -> None:
    assert set(FORM_FOR_KIND) == set(Question.Kind)


def test_an_old_pass_does_not_call_anybody_ready(
    visitor: Client, person: User, at: datetime
) -> None:
    attempt = AttemptFactory(person=person, passed=True, at=at - 90 * A_DAY)

    shown = read(visitor, reverse("quizzes:quiz-result", args=[attempt.module.slug]))

    assert "You’ve got it" not in shown
    assert "You were ready until" in shown
