"""Colleagues ask and flag; whoever keeps the page is told, once, in good time."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from knowledge.actions import TooManyRemarksError, make_remark
from knowledge.actions.remarks import MOST_A_DAY
from knowledge.models import BriefPage, Change, Fact, LessonPage, Remark
from knowledge.reports import Passage, ask_address
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    person: User = PersonFactory(first_name="Grace", last_name="Owner")
    return person


@pytest.fixture
def kept(owner: User) -> BriefPage:
    brief: BriefPage = BriefFactory(title="Fair Refund", owner=owner)
    return brief


@pytest.fixture
def fact(kept: BriefPage) -> Fact:
    made: Fact = FactFactory(brief=kept, title="How long", statement="Five working days.")
    return made


@pytest.fixture
def lesson(owner: User, fact: Fact) -> LessonPage:
    module = ModuleFactory(brief=fact.brief, owner=owner)
    page: LessonPage = LessonFactory(
        module=module, body=[("prose", "<p>Say &amp; keep <b>the day</b>.</p>"), ("fact", fact.key)]
    )
    stored: LessonPage = LessonPage.objects.get(pk=page.pk)
    return stored


@pytest.fixture
def colleague() -> User:
    person: User = PersonFactory(first_name="Amara")
    return person


@pytest.fixture
def visitor(client: Client, colleague: User) -> Client:
    client.force_login(colleague)
    return client


def ask(client: Client, url: str, **said: str) -> Any:
    return client.post(url, {"kind": "question", "words": "From which day on?", **said})


def shown(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def remark_of(person: User, page: BriefPage, **said: Any) -> Remark:
    given: dict[str, Any] = {"kind": "outdated", "words": "", "at": NOW}
    return make_remark(person=person, page=page, passage=Passage(), **given | said)


def test_the_page_quotes_the_fact_that_it_is_about(visitor: Client, fact: Fact) -> None:
    page = shown(visitor.get(ask_address(fact.brief, about=fact.key)))
    assert "How long: Five working days." in page


def test_a_flagged_fact_reaches_the_owners_list(
    visitor: Client, colleague: User, fact: Fact
) -> None:
    ask(visitor, ask_address(fact.brief, about=fact.key), kind="outdated")

    remark = Remark.objects.get()
    assert (remark.fact_key, remark.kind, remark.person) == (fact.key, "outdated", colleague)


def test_a_paragraph_of_a_lesson_is_quoted_in_plain_words(
    visitor: Client, lesson: LessonPage
) -> None:
    ask(visitor, ask_address(lesson, about=lesson.body[0].id))
    assert Remark.objects.get().quote == "Say & keep the day ."


def test_a_lesson_offers_to_ask_about_its_fact_where_the_fact_is_kept(
    visitor: Client, lesson: LessonPage, fact: Fact
) -> None:
    page = shown(visitor.get(f"/learn/{lesson.module.slug}/{lesson.slug}/"))
    assert f'href="{ask_address(fact.brief, about=fact.key)}"' in page


def test_what_has_gone_since_is_asked_about_the_page(visitor: Client, kept: BriefPage) -> None:
    ask(visitor, ask_address(kept, about="gone"))
    assert Remark.objects.get().quote == ""


def test_the_asker_is_told_who_replies_by_when(visitor: Client, kept: BriefPage) -> None:
    answer = visitor.post(ask_address(kept), {"kind": "unclear"}, follow=True)
    assert "Thank you. Grace Owner replies by Tuesday 24 November." in shown(answer)


def test_a_question_needs_words(visitor: Client, kept: BriefPage) -> None:
    assert "Write your question" in shown(ask(visitor, ask_address(kept), words=" "))
    assert not Remark.objects.exists()


def test_sending_twice_makes_one(visitor: Client, kept: BriefPage) -> None:
    for _time in range(2):
        ask(visitor, ask_address(kept))
    assert Remark.objects.count() == 1


def test_asking_again_after_a_reply_is_new(colleague: User, kept: BriefPage) -> None:
    first = remark_of(colleague, kept)
    Remark.objects.filter(pk=first.pk).update(replied_at=NOW, outcome="kept")
    assert remark_of(colleague, kept) != first


def test_there_is_room_for_so_many_a_day(visitor: Client, colleague: User, kept: BriefPage) -> None:
    for number in range(MOST_A_DAY):
        remark_of(colleague, kept, words=str(number))
    assert "Say the rest tomorrow" in shown(ask(visitor, ask_address(kept)))
    assert Remark.objects.count() == MOST_A_DAY


def test_the_next_day_has_room_again(colleague: User, kept: BriefPage) -> None:
    for number in range(MOST_A_DAY):
        remark_of(colleague, kept, words=str(number))
    with pytest.raises(TooManyRemarksError):
        remark_of(colleague, kept, words="one more")
    assert remark_of(colleague, kept, words="one more", at=NOW + A_DAY)


def test_a_draft_can_not_be_asked_about(visitor: Client, kept: BriefPage) -> None:
    address = ask_address(kept)
    kept.unpublish()
    assert visitor.get(address).status_code == 404
    assert ask(visitor, address).status_code == 404


def test_a_closed_page_can_not_be_asked_about(visitor: Client, lesson: LessonPage) -> None:
    PageViewRestriction.objects.create(
        page=lesson.module, restriction_type=PageViewRestriction.GROUPS
    )
    assert ask(visitor, ask_address(lesson)).status_code == 404


def test_a_draft_offers_no_way_to_ask() -> None:
    assert ask_address(BriefPage(title="New", slug="new", live=False)) == ""


def test_a_change_is_called_immaterial_by_its_version(visitor: Client, kept: BriefPage) -> None:
    change = Change.objects.create(brief=kept, version=7, kind="material", at=NOW)
    page = shown(visitor.get(ask_address(kept, change="7", kind="not-material")))
    assert 'value="not-material" id="id_kind_1" checked' in page

    ask(visitor, ask_address(kept, change="7"), kind="not-material")
    assert Remark.objects.get().change == change


@pytest.mark.parametrize("version", ["99", "x", "-1"])
def test_a_change_that_is_not_there_can_not_be_spoken_of(
    version: str, visitor: Client, kept: BriefPage
) -> None:
    assert visitor.get(ask_address(kept, change=version)).status_code == 404


def test_the_owner_has_one_mail(
    colleague: User,
    kept: BriefPage,
    owner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            remark = remark_of(colleague, kept, words="It's six & more.")
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert "It's six & more." in message.body
    assert "Tuesday 24\u00a0November" in message.body
    assert reverse("knowledge:remark-reply", args=[remark.pk]) in message.body


def test_an_owner_of_nothing_has_no_mail(
    colleague: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        remark_of(colleague, BriefFactory(owner=None))
    assert mail.outbox == []


def test_an_owner_is_not_mailed_her_own_words(
    kept: BriefPage, owner: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        remark_of(owner, kept)
    assert mail.outbox == []
