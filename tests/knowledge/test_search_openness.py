"""What a search may find: pages that are open, as they stand now, with what may not be told yet."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from knowledge.models import BriefPage, KnowledgePage, ModulePage
from tests.conftest import NOW
from tests.factories import BriefFactory, FactFactory, LessonFactory, ModuleFactory, PersonFactory
from tests.knowledge.searching import is_found, page_for, words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def published(page: KnowledgePage, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page_published_again_is_found_by_its_new_words_only(visitor: Client) -> None:
    brief = BriefFactory(one_breath="We come by airship.")
    assert is_found(visitor, "airship")

    published(brief, one_breath="We come by zeppelin.")

    assert is_found(visitor, "zeppelin")
    assert not is_found(visitor, "airship")


def test_a_draft_is_not_found_nor_are_the_words_of_a_changed_draft(visitor: Client) -> None:
    brief = BriefFactory(title="Airship")
    brief.title = "Zeppelin"
    brief.save_revision()
    BriefFactory(title="Zeppelin two", live=False)

    assert is_found(visitor, "airship")
    assert not is_found(visitor, "zeppelin")


def closed_by_unpublishing(page: KnowledgePage) -> None:
    page.unpublish()


def closed_by_restriction(page: KnowledgePage) -> None:
    groups = PageViewRestriction.GROUPS
    PageViewRestriction.objects.create(page=page, restriction_type=groups)


def closed_from_above(page: KnowledgePage) -> None:
    closed_by_restriction(page.get_parent())


def closed_by_deletion(page: KnowledgePage) -> None:
    page.delete()


@pytest.mark.parametrize(
    "close", [closed_by_unpublishing, closed_by_restriction, closed_from_above, closed_by_deletion]
)
def test_a_page_that_is_closed_is_gone_with_all_its_words(visitor: Client, close: Any) -> None:
    answer = ("answer", {"question": "Zeppelin?", "answer": "<p>Yes.</p>"})
    brief: BriefPage = BriefFactory(title="Zeppelin", answers=[answer])
    FactFactory(brief=brief, title="Zeppelin")
    published(brief)
    assert is_found(visitor, "zeppelin")

    close(brief)

    assert not is_found(visitor, "zeppelin")
    assert "zeppelin" not in words_on(visitor, "zepelin").lower()
    assert "Zeppelin" not in page_for(visitor, "")


def test_a_page_that_opens_again_is_found_again(visitor: Client) -> None:
    module: ModulePage = ModuleFactory(title="Zeppelin")
    closed_by_unpublishing(module)
    assert not is_found(visitor, "zeppelin")

    published(module)

    assert is_found(visitor, "zeppelin")


def test_a_lesson_is_closed_with_its_module(visitor: Client) -> None:
    lesson = LessonFactory(title="Zeppelin")
    assert is_found(visitor, "zeppelin")

    ModulePage.objects.filter(pk=lesson.module.pk).update(live=False)

    assert not is_found(visitor, "zeppelin")


def test_a_lesson_names_its_module_as_it_is_called_now(visitor: Client) -> None:
    lesson = LessonFactory(title="Zeppelin")
    page_for(visitor, "zeppelin")

    published(lesson.module, title="Airships")

    assert "Lesson in Airships" in words_on(visitor, "zeppelin")


def test_a_lesson_goes_with_its_module_to_another_address(visitor: Client) -> None:
    lesson = LessonFactory(title="Zeppelin")
    page_for(visitor, "zeppelin")

    published(lesson.module, slug="airships")

    assert f'href="/learn/airships/{lesson.slug}/"' in page_for(visitor, "zeppelin")


def test_a_lesson_that_moves_to_another_module_is_found_there(visitor: Client) -> None:
    lesson, other = LessonFactory(title="Zeppelin"), ModuleFactory(slug="airships")
    page_for(visitor, "zeppelin")

    lesson.move(other, pos="last-child")

    assert f'href="/learn/airships/{lesson.slug}/"' in page_for(visitor, "zeppelin")


@pytest.mark.parametrize(
    ("days", "is_told"), [(14, True), (1, True), (0, False), (-1, False)], ids=str
)
def test_what_customers_may_not_hear_yet_says_so_on_every_hit(
    visitor: Client, days: int, is_told: bool
) -> None:
    answer = ("answer", {"question": "Zeppelin?", "answer": "<p>Yes.</p>"})
    brief = BriefFactory(
        title="Zeppelin", embargo_until=NOW.date() + timedelta(days), answers=[answer]
    )
    FactFactory(brief=brief, title="Zeppelin")
    LessonFactory(module=ModuleFactory(brief=brief, title="Zeppelin"), title="Zeppelin")

    assert words_on(visitor, "zeppelin").count("Staff only until") == (5 if is_told else 0)


def test_an_embargo_holds_for_a_module_whose_brief_is_a_draft(visitor: Client) -> None:
    day = NOW.date() + timedelta(days=14)
    ModuleFactory(title="Zeppelin", brief=BriefFactory(embargo_until=day, live=False))

    assert "Staff only until Friday 4 December" in words_on(visitor, "zeppelin")


def test_what_customers_may_not_hear_yet_is_no_example(visitor: Client) -> None:
    BriefFactory(title="Zeppelin", embargo_until=NOW.date() + timedelta(days=14))

    assert "Zeppelin" not in page_for(visitor, "")


def test_an_embargo_that_was_lifted_is_lifted_at_once(visitor: Client) -> None:
    brief = BriefFactory(title="Zeppelin", embargo_until=NOW.date() + timedelta(days=14))
    assert "Staff only until" in words_on(visitor, "zeppelin")

    BriefPage.objects.filter(pk=brief.pk).update(embargo_until=None)

    assert "Staff only until" not in words_on(visitor, "zeppelin")
