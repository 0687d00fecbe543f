"""Facts in a second language: their keys, and when their words hold."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from knowledge.models import (
    BriefPage,
    Change,
    Fact,
    LessonPage,
)
from knowledge.models.languages import LentWordsError, in_readers_words
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    LessonFactory,
    ModuleFactory,
)
from tests.knowledge.reading import read
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages() -> Iterator[None]:
    with two_languages():
        yield


def lesson_page(client: Client, lesson: LessonPage) -> str:
    address = reverse("knowledge:lesson-detail", args=[lesson.module.slug, lesson.slug])
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def next_version(brief: BriefPage, kind: Change.Kind) -> None:
    Change.objects.create(brief=brief, version=1, kind=Change.Kind.FIRST, at=NOW - A_DAY)
    Change.objects.create(brief=brief, version=2, kind=kind, at=NOW + A_DAY)


def test_the_readers_words_never_become_the_sources_own(
    fact: Fact, french_brief: BriefPage
) -> None:
    with translation.override("fr"):
        (brief,) = BriefPage.objects.open_to_colleagues().in_readers_words()
        (part,) = in_readers_words(Fact.objects.filter(pk=fact.pk))

    for write in (brief.save, brief.save_revision, part.save):
        with pytest.raises(LentWordsError):
            write()
    assert BriefPage.objects.get(pk=brief.pk).title == "Fair Refund"


def test_a_translated_fact_has_a_key_of_its_own_and_the_source_keeps_hers(
    fact: Fact, french_brief: BriefPage
) -> None:
    assert list(fact.brief.facts.values_list("key", flat=True)) == ["refund-limit"]
    assert list(french_brief.facts.values_list("key", flat=True)) == ["refund-limit-fr"]


def test_a_translated_fact_keeps_its_key_when_it_is_published_again(
    fact: Fact, french_brief: BriefPage
) -> None:
    french_brief.save_revision().publish()

    assert list(Fact.objects.values_list("key", flat=True).order_by("key")) == [
        "refund-limit",
        "refund-limit-fr",
    ]


def test_a_fact_is_linked_to_by_one_key_in_every_language(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    shown = read(reader, fact.brief)

    assert 'id="refund-limit"' in shown
    assert "refund-limit-fr" not in shown


def test_an_old_price_is_not_shown_because_it_is_in_french(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement="Up to £40.")
    next_version(fact.brief, Change.Kind.MATERIAL)

    shown = read(reader, fact.brief)

    assert "Up to £40." in shown
    assert "Jusqu’à 50" not in shown


def test_an_old_price_stays_away_though_its_translation_is_published_once_more(
    reader: Client, fact: Fact, french_brief: BriefPage, clock: time_machine.Traveller
) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement="Up to £40.")
    next_version(fact.brief, Change.Kind.MATERIAL)
    clock.move_to(NOW + 2 * A_DAY)
    french_brief.title = "Remboursement juste"
    french_brief.save_revision().publish()

    assert "Jusqu’à 50" not in read(reader, fact.brief)


def test_a_new_wording_leaves_the_translation_as_it_is(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    next_version(fact.brief, Change.Kind.WORDING)

    assert "Jusqu’à 50 £." in read(reader, fact.brief)


def test_a_fact_that_only_a_translation_has_keeps_its_key_from_draft_to_draft(
    french_brief: BriefPage,
) -> None:
    draft = french_brief
    keys: list[str] = []
    for _save in range(2):
        if not keys:
            draft.facts.add(Fact(title="Ici", statement="En France seulement."))
        draft = draft.save_revision().as_object()
        keys.append([each.key for each in draft.facts.all()][-1])

    assert keys[0] == keys[1]


def test_a_lesson_in_french_shows_the_fact_in_french(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    lesson = LessonFactory(module=ModuleFactory(brief=fact.brief), facts=[fact])
    in_french(lesson, title="Dites le jour")

    shown = lesson_page(reader, lesson)

    assert "Dites le jour" in shown
    assert "Jusqu’à 50 £." in shown
