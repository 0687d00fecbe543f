"""Briefs, modules and lessons as a colleague meets them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge.models import Fact, LessonPage, LessonReading, ModulePage
from portal.models import User
from quizzes.models import Standing
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def lesson_url(lesson: LessonPage) -> str:
    return reverse("knowledge:lesson-detail", args=[lesson.module.slug, lesson.slug])


def module_with_lessons(count: int) -> ModulePage:
    module: ModulePage = ModuleFactory()
    LessonFactory.create_batch(count, module=module)
    return module


def test_a_lesson_shows_the_fact_of_the_brief_and_changes_with_it(visitor: Client) -> None:
    fact = FactFactory(statement="Refunds go out on Thursday.")
    lesson = LessonFactory(module=ModuleFactory(brief=fact.brief), facts=[fact])
    assert "Refunds go out on Thursday." in read(visitor, lesson_url(lesson))

    Fact.objects.filter(pk=fact.pk).update(statement="Refunds go out every working day.")

    shown = read(visitor, lesson_url(lesson))
    assert "Refunds go out every working day." in shown
    assert "Thursday." not in shown


def test_a_lesson_says_where_in_the_module_it_stands(visitor: Client) -> None:
    module = module_with_lessons(4)
    second = LessonPage.objects.child_of(module).order_by("path")[1]

    assert "Lesson 2 of 4" in read(visitor, lesson_url(second))


def test_next_notes_the_reading_and_leads_to_the_next_lesson(visitor: Client, person: User) -> None:
    module = module_with_lessons(2)
    first, second = LessonPage.objects.child_of(module).order_by("path")

    response = visitor.post(reverse("knowledge:lesson-finish", args=[module.slug, first.slug]))

    assert response["Location"] == lesson_url(second)
    assert LessonReading.objects.filter(person=person, lesson=first).exists()
    assert Standing.objects.get(person=person, module=module).ready_until is None


def test_the_last_lesson_leads_to_the_quiz(visitor: Client) -> None:
    lesson = LessonFactory()

    response = visitor.post(
        reverse("knowledge:lesson-finish", args=[lesson.module.slug, lesson.slug])
    )

    assert response["Location"] == reverse("quizzes:quiz-detail", args=[lesson.module.slug])


def test_the_button_names_what_comes_next(visitor: Client) -> None:
    module = module_with_lessons(2)
    first, second = LessonPage.objects.child_of(module).order_by("path")
    visitor.post(reverse("knowledge:lesson-finish", args=[module.slug, first.slug]))

    assert f"Next: {second.title}" in read(visitor, lesson_url(first))
    assert "Next: the quiz" in read(visitor, lesson_url(second))


def test_a_last_lesson_names_the_one_that_was_left_out(visitor: Client) -> None:
    module = module_with_lessons(2)
    first, second = LessonPage.objects.child_of(module).order_by("path")

    assert f"Next: {first.title}" in read(visitor, lesson_url(second))


@pytest.mark.parametrize(("valid_days", "is_offered"), [(None, True), (365, False)])
def test_a_lapsed_module_offers_practice_where_practice_can_help(
    visitor: Client, person: User, valid_days: int | None, is_offered: bool
) -> None:
    module = ModuleFactory(valid_days=valid_days)
    StandingFactory(person=person, module=module, lapsed=True)

    shown = read(visitor, reverse("knowledge:module-detail", args=[module.slug]))

    assert ("Practise" in shown) is is_offered
    assert "Take the quiz again" in shown
    assert "you were ready until" in shown


def test_a_module_says_nothing_of_a_brief_that_is_a_draft(visitor: Client) -> None:
    module = ModuleFactory()
    module.brief.unpublish()

    shown = read(visitor, reverse("knowledge:module-detail", args=[module.slug]))

    assert module.brief.one_breath not in shown


def test_a_lesson_read_twice_is_read_once(visitor: Client, person: User) -> None:
    lesson = LessonFactory()
    for _time in range(2):
        visitor.post(reverse("knowledge:lesson-finish", args=[lesson.module.slug, lesson.slug]))

    assert LessonReading.objects.filter(person=person).count() == 1


def test_a_module_goes_on_at_the_first_lesson_that_is_not_read(visitor: Client) -> None:
    module = module_with_lessons(3)
    first = LessonPage.objects.child_of(module).order_by("path")[0]
    visitor.post(reverse("knowledge:lesson-finish", args=[module.slug, first.slug]))

    shown = read(visitor, reverse("knowledge:module-detail", args=[module.slug]))

    assert "Carry on with lesson 2" in shown


def test_a_module_without_lessons_points_to_the_brief(visitor: Client) -> None:
    module = ModuleFactory()

    shown = read(visitor, reverse("knowledge:module-detail", args=[module.slug]))

    assert "hasn’t added lessons yet" in shown


def test_a_draft_lesson_is_not_there(visitor: Client) -> None:
    lesson = LessonFactory()
    url = lesson_url(lesson)
    lesson.unpublish()

    assert visitor.get(url).status_code == 404


def test_a_lesson_of_a_module_that_is_a_draft_can_be_neither_read_nor_finished(
    visitor: Client, person: User
) -> None:
    lesson = LessonFactory()
    url = lesson.get_url()
    lesson.module.unpublish()

    assert visitor.get(url).status_code == 404
    assert visitor.post(f"{url}done/").status_code == 404
    assert not LessonReading.objects.exists()


def test_a_lesson_below_a_restricted_module_is_not_shown_to_the_others(visitor: Client) -> None:
    lesson = LessonFactory()
    restriction = PageViewRestriction.objects.create(
        page=lesson.module, restriction_type=PageViewRestriction.GROUPS
    )

    assert visitor.get(lesson_url(lesson)).status_code != 200
    restriction.delete()
    assert visitor.get(lesson_url(lesson)).status_code == 200


def test_a_brief_names_its_facts_with_their_anchors(visitor: Client) -> None:
    fact = FactFactory(key="the-day", title="When the money arrives")

    shown = read(visitor, reverse("knowledge:brief-detail", args=[fact.brief.slug]))

    assert 'id="the-day"' in shown
    assert "When the money arrives" in shown


@pytest.mark.parametrize("name", ["brief-index", "learn-index"])
def test_the_index_pages_list_what_is_published(
    visitor: Client, portal_site: None, name: str
) -> None:
    brief = BriefFactory(title="Fair Refund")
    ModuleFactory(brief=brief, title="Fair Refund")

    assert "Fair Refund" in read(visitor, reverse(f"knowledge:{name}"))


def test_a_module_of_mine_is_not_listed_again(
    visitor: Client, person: User, portal_site: None
) -> None:
    mine = RequirementFactory(department=MembershipFactory(person=person).department).module
    url = reverse("knowledge:module-detail", args=[mine.slug])

    shown = read(visitor, reverse("knowledge:learn-index"))

    assert shown.count(f'href="{url}"') == 1
    assert "Other modules" not in shown


def test_a_lesson_costs_eight_queries_in_a_module_of_any_size(visitor: Client) -> None:
    counts = []
    for size in (1, 60):
        module = module_with_lessons(size)
        facts = FactFactory.create_batch(2, brief=module.brief)
        lesson = LessonFactory(module=module, facts=facts)
        read(visitor, lesson_url(lesson))
        with CaptureQueriesContext(connection) as queries:
            shown = read(visitor, lesson_url(lesson))
        counts.append(len(queries))
        assert len(shown.encode()) < 25_000 or size == 60

    assert counts[0] == counts[1] <= 8
