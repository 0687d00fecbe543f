"""Today and my own page: what became of what I asked, and what I am asked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions import make_remark, reply_to_remark
from knowledge.models import BriefPage, Remark
from knowledge.reports import Passage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    person: User = PersonFactory()
    return person


@pytest.fixture
def kept(owner: User) -> BriefPage:
    brief: BriefPage = BriefFactory(title="Fair Refund", owner=owner)
    return brief


@pytest.fixture
def person() -> User:
    colleague: User = MembershipFactory().person
    return colleague


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def read(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def asked(person: User, page: Any, words: str = "From which day on?") -> Remark:
    return make_remark(
        person=person, page=page, kind="question", words=words, passage=Passage(), at=NOW
    )


def answered(remark: Remark, by: User) -> None:
    reply_to_remark(remark=remark, by=by, outcome="answered", reply="From Monday.", at=NOW)


def test_my_page_says_by_when_a_reply_comes(visitor: Client, person: User, kept: BriefPage) -> None:
    asked(person, kept)
    page = read(visitor, "/me/")
    assert "From which day on?" in page
    assert "You have a reply by Tuesday 24 November." in page


def test_today_tells_of_a_reply_until_i_have_looked(
    visitor: Client, person: User, owner: User, kept: BriefPage
) -> None:
    answered(asked(person, kept), owner)
    assert "There is a reply to what you asked." in read(visitor)

    page = read(visitor, "/me/")
    assert "<b>We answered it.</b> From Monday." in page
    assert "New." in page
    assert "There is a reply" not in read(visitor)
    assert "New." not in read(visitor, "/me/")


def test_what_another_asked_is_not_on_my_page(
    visitor: Client, owner: User, kept: BriefPage
) -> None:
    answered(asked(PersonFactory(), kept), owner)
    assert "From which day on?" not in read(visitor, "/me/")
    assert "There is a reply" not in read(visitor)


def test_today_tells_an_owner_what_waits(client: Client, owner: User, kept: BriefPage) -> None:
    asked(PersonFactory(), kept)
    client.force_login(owner)
    assert "A colleague waits for a reply from you." in read(client)


def test_today_asks_whether_a_module_helped(visitor: Client, person: User) -> None:
    StandingFactory(
        person=person,
        module=ModuleFactory(title="Fair Refund"),
        ready=True,
        passed_on=TODAY - 7 * A_DAY,
    )
    assert "Fair Refund: did this help you with a customer?" in read(visitor)


def test_today_asks_nothing_before_a_week_is_over(visitor: Client, person: User) -> None:
    StandingFactory(person=person, ready=True, passed_on=TODAY - 6 * A_DAY)
    assert "did this help you" not in read(visitor)


def test_my_page_costs_as_much_for_many_questions_as_for_one(
    visitor: Client, person: User, kept: BriefPage
) -> None:
    def queries() -> int:
        read(visitor, "/me/")
        with CaptureQueriesContext(connection) as found:
            read(visitor, "/me/")
        return len(found)

    asked(person, kept)
    few = queries()
    for number in range(8):
        asked(person, BriefFactory(), str(number))
    assert queries() == few


def test_today_tells_the_head_who_follows_an_owner_that_left(client: Client) -> None:
    department = DepartmentFactory()
    gone = MembershipFactory(department=department, left=True).person
    head = HeadshipFactory(department=department).person
    asked(PersonFactory(), BriefFactory(owner=gone))
    client.force_login(head)
    assert "A colleague waits for a reply from you." in read(client)


def test_today_tells_a_carer_what_waits(client: Client) -> None:
    carer = PersonFactory()
    asked(PersonFactory(), BriefFactory(carer=carer))
    client.force_login(carer)
    assert "A colleague waits for a reply from you." in read(client)
