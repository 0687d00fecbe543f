"""Flags on pages and on Today: who is told, and what can be done there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions.flags import MOST_FLAGS_A_DAY, reply_to_flag
from departments.models import Department, Flag, FlagReply
from departments.templatetags.flags import flags_waiting
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.departments.flagging import TEXT, answered, flag_by, kept_promise
from tests.drafting import signed_in
from tests.factories import A_DAY, MembershipFactory, PersonFactory, PromiseFactory

pytestmark = pytest.mark.django_db

NAMED = {"text": TEXT, "name": "named", "tells_department": "on"}


@pytest.fixture
def promise(care: Department) -> PromisePage:
    return kept_promise(care)


@pytest.fixture
def amara(care: Department) -> User:
    person: User = MembershipFactory(department=care, person__first_name="Amara").person
    return person


def address_of(promise: PromisePage) -> str:
    return reverse("departments:flag-list", args=[promise.slug])


def page_of(flag: Flag) -> str:
    return reverse("departments:flag-detail", args=[flag.pk])


def shown(person: User, address: str, **sent: str) -> str:
    client = signed_in(person)
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def drawn(tag: str, promise: PromisePage, person: User) -> str:
    request = RequestFactory().get("/")
    context = {"page": promise, "person": person, "request": request}
    return Template("{% load flags %}" + tag).render(Context(context))


def test_whoever_raises_a_flag_is_thanked_and_told_who_answers_by_when(
    promise: PromisePage, amara: User
) -> None:
    page = shown(amara, address_of(promise), **NAMED)

    assert "Thank you for saying so. Grace Owner answers by Tuesday 24 November." in page
    assert TEXT in page


def test_a_flag_without_words_is_refused_with_what_to_do(promise: PromisePage, amara: User) -> None:
    page = shown(amara, address_of(promise), **NAMED | {"text": " "})

    assert "Say what keeps you from it" in page
    assert not Flag.objects.exists()


def test_an_eleventh_flag_is_put_off_kindly_and_its_words_stay(
    promise: PromisePage, amara: User
) -> None:
    for number in range(MOST_FLAGS_A_DAY):
        flag_by(amara, promise, text=str(number))

    page = shown(amara, address_of(promise), **NAMED)

    assert "Please raise the next one tomorrow." in page
    assert TEXT in page


def test_flags_of_a_promise_that_is_not_out_are_not_there(
    promise: PromisePage, amara: User
) -> None:
    flag = flag_by(amara, promise)
    promise.unpublish()

    client = signed_in(amara)
    assert client.get(address_of(promise)).status_code == 404
    assert client.get(page_of(flag)).status_code == 404


def test_a_flag_that_waits_too_long_says_since_when(promise: PromisePage, amara: User) -> None:
    flag_by(amara, promise, at=NOW - 78 * A_DAY)

    assert "Waiting since Thursday 3 September" in shown(amara, address_of(promise))


def test_everybody_reads_the_answer_and_how_long_it_took(promise: PromisePage, amara: User) -> None:
    answered(flag_by(amara, promise, at=NOW - 78 * A_DAY), after=timedelta(days=41))

    page = shown(PersonFactory(), address_of(promise))

    assert "it waited 41 days" in page
    assert "From Monday." in page


def test_the_keeper_answers_on_the_flags_page(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)

    page = shown(promise.owner, page_of(flag), text="From Monday.", kind="answer")

    assert "Your answer is sent." in page
    assert not Flag.objects.get().is_open


def test_a_colleagues_answer_is_refused_without_losing_its_words(
    promise: PromisePage, amara: User
) -> None:
    flag = flag_by(amara, promise)

    page = shown(amara, page_of(flag), text="I say so.", kind="answer")

    assert "You can add a remark." in page
    assert "I say so." in page
    assert not FlagReply.objects.exists()


def test_the_author_says_that_this_does_not_answer_it(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    answered(flag)

    page = shown(amara, page_of(flag), text="And on Fridays?", kind="reopened")

    assert "The flag is open again." in page
    assert Flag.objects.get().is_open


def test_a_list_of_flags_costs_as_much_for_many(promise: PromisePage, amara: User) -> None:
    client = signed_in(amara)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of(promise))
        return len(queries)

    answered(flag_by(amara, promise, text="first"))
    flag_by(amara, promise, text="second")
    cost()
    before = cost()
    for number in range(5):
        flag = flag_by(PersonFactory(), promise, text=str(number))
        reply_to_flag(flag=flag, text="Here too.", by=amara, at=NOW)

    assert cost() == before


def test_the_promises_page_shows_three_open_flags_and_the_last_answer(
    promise: PromisePage, amara: User
) -> None:
    answered(flag_by(amara, promise, text="answered", at=NOW - 3 * A_DAY), after=2 * A_DAY)
    for number in range(4):
        flag_by(amara, promise, text=f"open {number}")

    with CaptureQueriesContext(connection) as queries:
        block = drawn("{% flags page person %}", promise, amara)

    assert [f"open {number}" in block for number in range(4)] == [True, True, True, False]
    assert "All flags: 4 open" in block
    assert "it waited 2 days" in block
    assert len(queries) == 2


def test_the_owner_is_told_on_today_what_waits_for_an_answer(
    promise: PromisePage, amara: User
) -> None:
    flag = flag_by(amara, promise)
    flag_by(amara, PromiseFactory())

    with CaptureQueriesContext(connection) as queries:
        waiting = flags_waiting(User.objects.with_roles().get(pk=promise.owner_id))["waiting"]

    assert [line.flag for line in waiting.to_answer] == [flag]
    assert len(queries) == 2


def test_who_follows_an_owner_that_has_left_is_told_instead(
    care: Department, amara: User, head: User
) -> None:
    left = MembershipFactory(department=care, left=True).person
    flag = flag_by(amara, kept_promise(owner=left))

    waiting = flags_waiting(User.objects.with_roles().get(pk=head.pk))["waiting"]

    assert [line.flag for line in waiting.to_answer] == [flag]


def test_the_author_is_told_of_the_answer_for_a_week(promise: PromisePage, amara: User) -> None:
    answered(flag_by(amara, promise, text="older", at=NOW - 9 * A_DAY))
    answered(flag_by(amara, promise, text="newer", at=NOW - 6 * A_DAY))

    waiting = flags_waiting(User.objects.with_roles().get(pk=amara.pk))["waiting"]

    assert [line.flag.text for line in waiting.answered] == ["newer"]
    assert waiting.to_answer == ()


def test_a_colleague_whom_no_flag_concerns_is_told_nothing_in_one_query(
    promise: PromisePage, amara: User
) -> None:
    flag_by(amara, promise)
    other = User.objects.with_roles().get(pk=PersonFactory().pk)

    with CaptureQueriesContext(connection) as queries:
        told = drawn("{% flags_waiting person %}", promise, other)

    assert (told.strip(), len(queries)) == ("", 1)
