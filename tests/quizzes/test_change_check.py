"""The check of a change, as a colleague meets it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import BriefPage, ModulePage
from portal.models import User
from quizzes.actions import NothingToCheck, QuizInstead, start_check
from quizzes.days import organisation_day
from quizzes.models import Answer, Attempt, Card, Question, Standing, StandingEvent
from tests.changing import changed, module_about, published_brief, who_passed
from tests.factories import A_DAY, AttemptFactory, QuestionFactory, answer_all, answer_one

pytestmark = pytest.mark.django_db

OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."
SOON = {"limit": NEW}


@pytest.fixture
def brief(at: datetime) -> BriefPage:
    return published_brief(at - 60 * A_DAY, limit=OLD, date="Refunds go out every Thursday.")


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


@pytest.fixture
def person(module: ModulePage, at: datetime) -> User:
    return who_passed(module, at - 2 * A_DAY)


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def standing_of(person: User) -> Standing:
    return Standing.objects.get(person=person)


def address(module: ModulePage, *place: int) -> str:
    name = "quizzes:check-question" if place else "quizzes:check-detail"
    return reverse(name, args=[module.slug, *place])


def read(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_passing_the_check_brings_exactly_the_earlier_dates_back(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    before = standing_of(person)
    changed(brief, SOON, at=at - A_DAY)

    answer_all(start_check(person=person, module=module, at=at), right=True, at=at)

    standing = standing_of(person)
    assert standing.dates == before.dates
    assert standing.own_ready_until is None
    assert not standing.is_unchecked
    assert standing.version == 2
    event = StandingEvent.objects.filter(person=person).last()
    assert event is not None
    assert event.kind == StandingEvent.Kind.CHECKED
    assert event.ready_to == standing.ready_until


def test_two_changes_and_a_try_that_went_wrong_leave_no_trace_on_the_date(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    before = standing_of(person)
    changed(brief, SOON, at=at - A_DAY)
    answer_all(start_check(person=person, module=module, at=at), right=False, at=at)
    changed(brief, {"date": "Every Friday."}, at=at + timedelta(hours=1), kind="now")

    later = at + timedelta(hours=2)
    answer_all(start_check(person=person, module=module, at=later), right=True, at=later)

    assert standing_of(person).dates == before.dates


def test_one_wrong_answer_leaves_the_change_unchecked(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    attempt = start_check(person=person, module=module, at=at)
    answers = list(attempt.answers.select_related("question"))

    for answer in answers:
        answer_one(answer, right=answer != answers[-1], at=at)

    assert standing_of(person).is_unchecked


def test_it_may_be_tried_again_at_once(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    answer_all(start_check(person=person, module=module, at=at), right=False, at=at)

    answer_all(start_check(person=person, module=module, at=at), right=True, at=at)

    assert not standing_of(person).is_unchecked


def test_a_check_feeds_no_memory(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    cards = list(Card.objects.order_by("pk").values())

    answer_all(start_check(person=person, module=module, at=at), right=False, at=at)

    assert list(Card.objects.order_by("pk").values()) == cards


def test_a_check_asks_the_contrast_first_and_then_about_what_changed(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)

    attempt = start_check(person=person, module=module, at=at)

    questions = [answer.question for answer in attempt.answers.all()]
    assert questions[0].contrasts is not None
    assert all(question.contrasts is None for question in questions[1:])
    assert {key.fact_key for one in questions for key in one.citations.all()} == {"limit"}
    assert len(questions) == 4


def test_where_every_question_was_retired_the_contrast_alone_is_asked(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY, choice="retire")

    attempt = start_check(person=person, module=module, at=at)

    assert attempt.answers.count() == 1


def test_where_no_question_is_left_having_read_it_is_the_check(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    before = standing_of(person)
    changed(brief, SOON, at=at - A_DAY, choice="retire")
    contrast = question_about_change(module)
    contrast.live = False
    contrast.save(update_fields=["live"])

    start_check(person=person, module=module, at=at)

    assert standing_of(person).dates == before.dates


def question_about_change(module: ModulePage) -> Question:
    question: Question = Question.objects.get(module=module, contrasts__isnull=False)
    return question


def test_whoever_missed_two_versions_is_asked_for_the_newest_words(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    changed(brief, {"limit": "You can agree up to £70 alone."}, at=at)

    attempt = start_check(person=person, module=module, at=at)

    options = attempt.answers.get(position=1).question.options.all()
    assert [option.text for option in options if option.is_right] == [
        "You can agree up to £70 alone."
    ]
    assert {option.text for option in options if not option.is_right} == {OLD, NEW}


def test_a_change_during_the_check_stays_to_be_checked(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    attempt = start_check(person=person, module=module, at=at)
    second = changed(brief, {"date": "Every Friday."}, at=at + timedelta(minutes=1), grace_days=2)

    answer_all(attempt, right=True, at=at + timedelta(minutes=2))

    standing = standing_of(person)
    assert standing.unchecked is not None
    assert standing.unchecked.change == second
    assert standing.ready_until == organisation_day(at) + 2 * A_DAY
    assert standing.version == 2


def test_an_open_check_of_superseded_words_is_begun_anew(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    old = start_check(person=person, module=module, at=at)
    changed(brief, {"date": "Every Friday."}, at=at + timedelta(minutes=1))

    new = start_check(person=person, module=module, at=at + timedelta(minutes=2))

    assert new != old
    assert Attempt.objects.get(pk=old.pk).finished_at is not None


def test_where_nothing_waits_there_is_nothing_to_check(
    module: ModulePage, person: User, at: datetime
) -> None:
    with pytest.raises(NothingToCheck):
        start_check(person=person, module=module, at=at)


def test_a_rewrite_asks_for_the_quiz_instead(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    before = standing_of(person)
    changed(brief, SOON, at=at - A_DAY, kind="rewrite")

    with pytest.raises(QuizInstead):
        start_check(person=person, module=module, at=at)
    AttemptFactory(person=person, module=module, at=at, passed=True)

    standing = standing_of(person)
    assert not standing.is_unchecked
    assert standing.ready_until is not None
    assert before.ready_until is not None
    assert standing.ready_until >= before.ready_until


def test_a_check_that_is_passed_after_the_own_date_brings_that_date_back(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    before = standing_of(person)
    changed(brief, SOON, at=at - A_DAY)
    much_later = at + 300 * A_DAY

    answer_all(start_check(person=person, module=module, at=much_later), right=True, at=much_later)

    assert standing_of(person).dates == before.dates


def test_the_start_page_shows_the_words_before_and_now(
    visitor: Client, brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)

    page = read(visitor, address(module))

    assert page.index("Was") < page.index(OLD) < page.index("Now") < page.index(NEW)
    assert "Since August, refunds go out once a week." in page
    assert "Every Thursday" not in page


def test_the_start_page_says_where_nothing_has_changed(visitor: Client, module: ModulePage) -> None:
    assert "Nothing has changed since you passed" in read(visitor, address(module))


def test_a_check_is_taken_from_the_start_page_to_the_date(
    visitor: Client, brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    visitor.post(address(module))
    for answer in Answer.objects.filter(attempt__kind=Attempt.Kind.CHECK):
        url = address(module, answer.position)
        assert "What changed, question" in read(visitor, url)
        right = answer.question.options.get(is_right=True)
        number = answer.option_order.index(right.pk) + 1
        response = visitor.post(url, {"answer": number, "sureness": "sure"}, follow=True)
        assert "Yes." in response.content.decode()

    page = read(visitor, reverse("quizzes:check-result", args=[module.slug]))

    assert "You’re up to date. Ready until" in page
    assert not standing_of(person).is_unchecked


def test_the_result_of_a_miss_names_the_facts_and_offers_another_try(
    visitor: Client, brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    answer_all(start_check(person=person, module=module, at=at), right=False, at=at)

    page = read(visitor, reverse("quizzes:check-result", args=[module.slug]))

    assert "try again whenever you like" in page
    assert NEW in page
    assert address(module) in page


def test_a_check_of_superseded_words_leads_back_to_what_changed(
    visitor: Client, brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    start_check(person=person, module=module, at=at - timedelta(hours=2))
    changed(brief, {"date": "Every Friday."}, at=at - timedelta(hours=1))

    for url in (address(module), address(module, 1)):
        assert "Every Friday." in read(visitor, url)


@pytest.mark.parametrize("kind", ["material", "now", "rewrite"])
def test_the_module_leads_to_the_check_of_what_changed(
    visitor: Client, brief: BriefPage, module: ModulePage, at: datetime, kind: str
) -> None:
    changed(brief, SOON, at=at, kind=kind)

    page = read(visitor, reverse("knowledge:module-detail", args=[module.slug]))

    assert f'class="button" href="{address(module)}"' in page


def test_a_longer_history_costs_no_more_queries(
    visitor: Client, brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(visitor, address(module))
        return len(captured)

    changed(brief, SOON, at=at - 5 * A_DAY)
    queries()
    few = queries()
    for number in range(6):
        QuestionFactory.create_batch(2, module=module, facts=[brief.facts.get(key="date")])
        changed(brief, {"limit": f"Up to £{number}.", "date": f"On day {number}."}, at=at)

    assert queries() == few
