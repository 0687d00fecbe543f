"""The server's part in losing nothing: drafts, late answers, and the day on which a quiz closes."""

import re
from datetime import date, datetime, time, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from knowledge.models import ModulePage
from portal.models import User
from quizzes.models import Answer, Attempt, LateAnswer
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
    module_with_questions,
)
from tests.quizzes.test_screens import fill_in

pytestmark = pytest.mark.django_db

AS_SCRIPT = {"Accept": "application/json"}
WORDS = {"answer": "You have it on Thursday.", "sureness": "sure"}


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def sitting(person: User) -> Attempt:
    return said_in_own_words(person)


def said_in_own_words(person: User) -> Attempt:
    module = module_with_questions(count=0)
    QuestionFactory(module=module, say=True)
    attempt: Attempt = AttemptFactory(person=person, module=module)
    return attempt


def place(attempt: Attempt, name: str = "question") -> str:
    return reverse(f"quizzes:{attempt.kind}-{name}", args=[attempt.module.slug, 1])


def shown(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def only(attempt: Attempt) -> Answer:
    return attempt.answers.select_related("question", "version").get()


def test_a_draft_comes_back_with_its_time(visitor: Client, sitting: Attempt) -> None:
    assert visitor.post(place(sitting, "draft"), WORDS).status_code == 204

    page = shown(visitor, place(sitting))

    assert "You have it on Thursday.</textarea>" in page
    assert re.search(r'value="sure"[^>]*\schecked', page)
    assert "We kept what you typed at" in page
    assert ">09:00</time>" in page


@pytest.mark.parametrize("trait", ["many", "order", "match", "gaps", "number_typed", ""])
def test_a_draft_fills_every_field_of_its_kind(visitor: Client, person: User, trait: str) -> None:
    module = module_with_questions(count=0)
    question = QuestionFactory(module=module, **({trait: True} if trait else {}))
    attempt = AttemptFactory(person=person, module=module)
    sent = fill_in(question, only(attempt).option_order)

    visitor.post(place(attempt, "draft"), sent)

    form = visitor.get(place(attempt)).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    assert filled == {name: as_typed(value) for name, value in sent.items()}


def as_typed(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def test_a_draft_keeps_the_fields_of_its_question_and_nothing_else(
    visitor: Client, sitting: Attempt
) -> None:
    visitor.post(place(sitting, "draft"), {**WORDS, "answer": "nul\0", "is_right": "1", "mark": 1})

    draft = only(sitting).draft or {}
    assert set(draft) == {"answer", "sureness", "kept_at"}
    assert draft["answer"] == "nul"


def test_a_draft_is_small(visitor: Client, sitting: Attempt) -> None:
    long = {"answer": "x" * 20_001}

    assert visitor.post(place(sitting, "draft"), long).status_code == 413
    assert only(sitting).draft is None


def test_an_answered_question_takes_no_draft(visitor: Client, sitting: Attempt) -> None:
    visitor.post(place(sitting), WORDS)

    assert visitor.post(place(sitting, "draft"), WORDS).status_code == 409
    assert only(sitting).draft is None


def test_nobody_writes_into_somebody_elses_draft(client: Client, sitting: Attempt) -> None:
    client.force_login(said_in_own_words(PersonFactory()).person)

    assert client.post(place(sitting, "draft"), WORDS).status_code == 404
    assert only(sitting).draft is None


def test_a_script_is_told_where_it_goes_on(visitor: Client, sitting: Attempt) -> None:
    reply = visitor.post(place(sitting), WORDS, headers=AS_SCRIPT)

    assert reply.json() == {"url": place(sitting)}
    assert only(sitting).response == WORDS["answer"]


def test_a_script_is_told_that_something_is_missing(visitor: Client, sitting: Attempt) -> None:
    reply = visitor.post(place(sitting), {"answer": "You have it."}, headers=AS_SCRIPT)

    assert (reply.status_code, reply.content) == (422, b"")


def test_the_screen_says_when_an_answer_was_stored(visitor: Client, sitting: Attempt) -> None:
    visitor.post(place(sitting), WORDS)

    assert "Saved <time data-clock" in shown(visitor, place(sitting))


def test_a_second_answer_is_told_and_the_same_form_again_is_not(
    visitor: Client, sitting: Attempt
) -> None:
    form = {**WORDS, "key": str(uuid4())}
    for sent in (form, form, {**form, "key": str(uuid4()), "answer": "On <b>Friday</b>."}):
        visitor.post(place(sitting), sent)

    page = shown(visitor, place(sitting))

    assert page.count("from another tab or device") == 1
    assert "you sent “On &lt;b&gt;Friday&lt;/b&gt;.”" in page
    assert only(sitting).response == WORDS["answer"]


def test_a_page_left_open_since_an_earlier_sitting_answers_nothing_of_the_newest(
    visitor: Client, person: User, at: datetime
) -> None:
    earlier = AttemptFactory(person=person, at=at - timedelta(days=2))
    answer_all(earlier, right=False, at=at - timedelta(days=2))
    newest = AttemptFactory(person=person, module=earlier.module, at=at)
    sent = {"answer": 1, "sureness": "sure", "sitting": earlier.pk}

    reply = visitor.post(place(newest), sent, follow=True)

    assert "an earlier sitting" in reply.content.decode()
    assert not newest.answers.exclude(answered_at=None).exists()
    assert LateAnswer.objects.get().answer.attempt_id == earlier.pk


def test_a_form_of_somebody_elses_sitting_is_refused(visitor: Client, sitting: Attempt) -> None:
    theirs = AttemptFactory(module=sitting.module)

    reply = visitor.post(place(sitting), {**WORDS, "sitting": theirs.pk})

    assert reply.status_code == 404
    assert not Answer.objects.exclude(answered_at=None).exists()


@pytest.fixture
def closing(person: User) -> Attempt:
    """A quiz that closes on the Friday at 17:00 in New York, begun in the morning."""
    module = module_with_questions(count=0)
    QuestionFactory(module=module, say=True)
    close_at(module, "America/New_York")
    attempt: Attempt = AttemptFactory(person=person, module=module)
    return attempt


def close_at(module: ModulePage, zone: str) -> None:
    module.closes_on, module.closes_at, module.closes_zone = date(2026, 11, 20), time(17), zone
    module.save_revision().publish()


AFTERWARDS = "2026-11-20T23:09:00Z"


def test_the_door_says_until_when_the_quiz_is_open(
    client: Client, closing: Attempt, clock: time_machine.Traveller
) -> None:
    client.force_login(PersonFactory())
    door = reverse("quizzes:quiz-detail", args=[closing.module.slug])

    assert "Open until Friday 20\u00a0November, 17:00 (America/New_York)" in shown(client, door)
    clock.move_to(AFTERWARDS)
    page = shown(client, door)
    assert "closed on Friday 20\u00a0November, 17:00 (America/New_York)" in page
    assert "You can go on practising." in page
    assert "closed on Friday" in client.post(door, follow=True).content.decode()
    assert Attempt.objects.count() == 1


def test_what_comes_after_the_closing_is_kept_and_told(
    visitor: Client, closing: Attempt, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)

    page = visitor.post(place(closing), WORDS, follow=True).content.decode()

    assert "This quiz closed on Friday 20\u00a0November, 17:00 (America/New_York). At" in page
    assert "you sent “You have it on Thursday.”" in page
    closing.refresh_from_db()
    assert closing.finished_at == closing.closes_at
    assert only(closing).answered_at is None


def test_a_quiz_whose_day_is_over_asks_nothing_more_before_any_sweep(
    visitor: Client, closing: Attempt, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)

    page = shown(visitor, place(closing))

    assert "Check answer" not in page
    assert "and was handed in as it was" in shown(
        visitor, reverse("quizzes:quiz-result", args=[closing.module.slug])
    )


def test_the_sweep_says_how_many_it_closed_and_finds_none_the_next_time(
    closing: Attempt, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)

    assert [swept(), swept()] == [1, 0]
    closing.refresh_from_db()
    assert closing.finished_at == closing.closes_at


def swept() -> int:
    said = StringIO()
    call_command("close_overdue", stdout=said)
    return int(said.getvalue().split()[-1])
