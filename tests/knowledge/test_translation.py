"""Pages in a second language: read at the same address, by the same identity."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Fact,
    LessonReading,
)
from knowledge.reports import module_progress
from portal.models import User
from quizzes.models import Attempt, Standing
from tests.factories import (
    AttemptFactory,
    LessonFactory,
    ModuleFactory,
    module_with_questions,
)
from tests.knowledge.reading import read
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages() -> Iterator[None]:
    with two_languages():
        yield


def test_a_brief_is_read_in_the_readers_language_at_the_same_address(
    reader: Client, english: Client, fact: Fact, french_brief: BriefPage
) -> None:
    shown = read(reader, fact.brief)

    assert "Remboursement juste" in shown
    assert "Jusqu’à 50 £." in shown
    assert "Remboursement juste" not in read(english, fact.brief)


def test_what_is_not_translated_is_shown_as_it_was_written(reader: Client, fact: Fact) -> None:
    assert "Up to £50." in read(reader, fact.brief)


def test_a_translation_that_is_not_published_is_nobodys_to_read(reader: Client, fact: Fact) -> None:
    french = Locale.objects.create(language_code="fr")
    draft = fact.brief.copy_for_translation(french, copy_parents=True)
    draft.title = "Encore un brouillon"
    draft.save_revision()

    assert "brouillon" not in read(reader, fact.brief)


def test_a_translation_behind_a_restriction_lends_no_words(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    PageViewRestriction.objects.create(page=french_brief, restriction_type="login")

    assert "Remboursement" not in read(reader, fact.brief)


def test_a_translation_is_closed_with_its_source(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    fact.brief.unpublish()

    assert reader.get(reverse("knowledge:brief-detail", args=["fair-refund"])).status_code == 404


def test_a_closed_page_is_open_to_its_group_and_to_nobody_else_in_any_language(
    reader: Client, person: User, fact: Fact, french_brief: BriefPage
) -> None:
    board = Group.objects.create(name="Board")
    restriction = PageViewRestriction.objects.create(page=fact.brief, restriction_type="groups")
    restriction.groups.add(board)
    address = reverse("knowledge:brief-detail", args=["fair-refund"])

    assert reader.get(address).status_code == 404

    person.groups.add(board)
    assert "Up to £50." in reader.get(address).content.decode()


@pytest.mark.parametrize("address", ["/home-fr/briefs/fair-refund/", "/fiches/juste/"])
def test_the_translated_tree_has_no_addresses_of_its_own(
    reader: Client, fact: Fact, french_brief: BriefPage, address: str
) -> None:
    BriefIndexPage.objects.filter(locale__language_code="fr").update(
        slug="fiches", url_path="/home-fr/fiches/"
    )
    BriefPage.objects.filter(pk=french_brief.pk).update(
        slug="juste", url_path="/home-fr/fiches/juste/"
    )
    fact.brief.unpublish()

    assert reader.get(address).status_code == 404


def test_a_translations_own_address_leads_to_the_one_that_all_share(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    BriefIndexPage.objects.filter(locale__language_code="fr").update(
        slug="fiches", url_path="/home-fr/fiches/"
    )

    response = reader.get("/fiches/fair-refund/")

    assert response["Location"].endswith("/briefs/fair-refund/")


def test_a_lesson_of_a_module_that_was_taken_back_is_closed_though_its_translation_is_live(
    reader: Client,
) -> None:
    lesson = LessonFactory(module=ModuleFactory(slug="refunds"))
    in_french(lesson.module)
    lesson.module.unpublish()

    closed = reverse("knowledge:lesson-detail", args=["refunds", lesson.slug])

    assert reader.get(closed).status_code == 404


def test_reading_a_lesson_in_french_is_reading_the_lesson(
    reader: Client, english: Client, person: User
) -> None:
    module = ModuleFactory()
    lesson = LessonFactory(module=module)
    french = in_french(lesson, title="Dites le jour")

    reader.post(reverse("knowledge:lesson-finish", args=[module.slug, lesson.slug]))

    assert list(LessonReading.objects.values_list("person", "lesson")) == [(person.pk, lesson.pk)]
    assert Standing.objects.get(person=person).module == module
    assert french.pk != lesson.pk
    assert module_progress(module, person).next_step is None


def test_the_quiz_of_a_translated_module_is_the_quiz_of_the_module(
    reader: Client, person: User
) -> None:
    module = module_with_questions()
    in_french(module, title="Le remboursement")

    shown = reader.get(reverse("quizzes:quiz-detail", args=[module.slug]))

    assert shown.status_code == 200
    assert "Le remboursement" in shown.content.decode()

    reader.post(reverse("quizzes:quiz-detail", args=[module.slug]))

    assert Attempt.objects.get(person=person).module == module


def test_a_standing_belongs_to_the_module_whatever_the_language(
    reader: Client, english: Client, person: User
) -> None:
    module = module_with_questions()
    in_french(module, title="Le remboursement")
    AttemptFactory(person=person, module=module, passed=True)

    for client in (reader, english):
        assert "Practise – 2 minutes" in read(client, module)
