"""Did this help you with a customer? Asked once, stored once, shown in fives."""

from datetime import date

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from knowledge.models import ModulePage
from portal.models import User
from portal.reports.usefulness import usefulness_words
from quizzes.actions import NotAskedError, say_whether_it_helped
from quizzes.models import Usefulness
from quizzes.reports import Helped, helped, module_to_ask_about
from tests.factories import A_DAY, TODAY, ModuleFactory, PersonFactory, StandingFactory

pytestmark = pytest.mark.django_db

A_WEEK_AGO = TODAY - 7 * A_DAY


@pytest.fixture
def person() -> User:
    made: User = PersonFactory()
    return made


@pytest.fixture
def module() -> ModulePage:
    page: ModulePage = ModuleFactory(title="Fair Refund")
    return page


def passed(person: User, module: ModulePage, on: date = A_WEEK_AGO) -> None:
    StandingFactory(person=person, module=module, ready=True, passed_on=on)


def say(person: User, module: ModulePage, answer: str = "yes") -> Usefulness:
    return say_whether_it_helped(person=person, module=module, answer=answer, on=TODAY)


def all_said(module: ModulePage, *answers: str) -> None:
    for answer in answers:
        Usefulness.objects.create(person=PersonFactory(), module=module, answer=answer, on=TODAY)


@pytest.mark.parametrize(
    ("days_ago", "is_asked"), [(0, False), (6, False), (7, True), (60, True), (61, False)]
)
def test_it_is_asked_from_a_week_to_two_months_after(
    days_ago: int, is_asked: bool, person: User, module: ModulePage
) -> None:
    passed(person, module, TODAY - days_ago * A_DAY)
    assert (module_to_ask_about(person, TODAY) == module) is is_asked


def test_the_module_that_was_passed_first_is_asked_about_first(person: User) -> None:
    newer, older = ModuleFactory(), ModuleFactory()
    passed(person, newer, A_WEEK_AGO)
    passed(person, older, A_WEEK_AGO - A_DAY)
    assert module_to_ask_about(person, TODAY) == older


def test_nobody_is_asked_about_what_another_passed(person: User, module: ModulePage) -> None:
    passed(PersonFactory(), module)
    passed(person, ModuleFactory(), TODAY)
    assert module_to_ask_about(person, TODAY) is None


def test_a_closed_module_is_not_asked_about(person: User, module: ModulePage) -> None:
    passed(person, module)
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.GROUPS)
    assert module_to_ask_about(person, TODAY) is None


def test_it_is_asked_once(person: User, module: ModulePage) -> None:
    passed(person, module)
    say(person, module)
    assert module_to_ask_about(person, TODAY) is None


def test_the_first_answer_stands(person: User, module: ModulePage) -> None:
    passed(person, module)
    say(person, module, "no")
    say(person, module, "yes")
    assert Usefulness.objects.get().answer == "no"


def test_who_was_not_asked_can_not_answer(person: User, module: ModulePage) -> None:
    with pytest.raises(NotAskedError):
        say(person, module)


def test_the_form_thanks_and_leads_back(client: Client, person: User, module: ModulePage) -> None:
    passed(person, module)
    client.force_login(person)
    url = f"/learn/{module.slug}/quiz/helped/"
    answer = client.post(url, {"answer": "not-yet"}, follow=True)
    assert "Thank you." in answer.content.decode()
    assert Usefulness.objects.get().answer == "not-yet"


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_was_not_offered_is_refused(
    answer: str, client: Client, person: User, module: ModulePage
) -> None:
    passed(person, module)
    client.force_login(person)
    sent = client.post(f"/learn/{module.slug}/quiz/helped/", {"answer": answer})
    assert sent.status_code == 404


def test_four_answers_are_too_few_to_show(module: ModulePage) -> None:
    all_said(module, "yes", "yes", "no", "no")
    assert helped(module) is None
    assert usefulness_words(module) == "Helped with a customer: not enough answers to show"


def test_five_answers_are_shown_together(module: ModulePage) -> None:
    all_said(module, "yes", "yes", "yes", "not-yet", "no")
    all_said(ModuleFactory(), "no")
    assert helped(module) == Helped(yes=3, not_yet=1, no=1)
    assert usefulness_words(module) == "Helped with a customer: 3 of 5, 1 not yet"
