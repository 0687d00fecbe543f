"""Lists and the search in a second language: each page once, in the reader's words."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from knowledge.models import (
    BriefPage,
    Claim,
    Fact,
    PromisePage,
)
from knowledge.reports import found_modules, module_progress
from portal.models import User
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PromiseFactory,
)
from tests.knowledge.reading import listed, queries_for, read
from tests.knowledge.searching import words_on
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages() -> Iterator[None]:
    with two_languages():
        yield


def test_a_list_shows_each_brief_once_in_the_readers_words(
    reader: Client, french_brief: BriefPage
) -> None:
    BriefFactory(title="Quiet Hours")

    shown = listed(reader, "brief-index")

    assert shown.count("<h3") == 2
    assert "Remboursement juste" in shown
    assert "Quiet Hours" in shown


def test_a_list_finds_a_page_by_the_words_of_its_translation(
    reader: Client, french_brief: BriefPage
) -> None:
    BriefFactory(title="Quiet Hours")

    shown = listed(reader, "brief-index", q="remboursement")

    assert "Remboursement juste" in shown
    assert "Quiet Hours" not in shown


def test_modules_are_listed_once_with_lessons_in_the_readers_words(person: User) -> None:
    module = ModuleFactory(title="Refunds")
    lesson = LessonFactory(module=module, title="Say the day")
    in_french(module, title="Les remboursements")
    in_french(lesson, title="Dites le jour")

    with translation.override("fr"):
        (found,) = found_modules(words="dites")
        (step,) = module_progress(found, person).steps

    assert (found.pk, found.title) == (module.pk, "Les remboursements")
    assert step.title == "Dites le jour"


def test_claims_and_links_are_read_in_the_readers_words(reader: Client) -> None:
    promise: PromisePage = PromiseFactory(sentence="You get it.")
    claim = Claim.objects.get()
    in_french(
        promise,
        parts={f"{claim.key}-fr": "remboursements arrivent en trois jours"},
        sentence="Vous l’aurez.",
    )

    shown = read(reader, promise)

    assert "Vous l’aurez." in shown
    assert "remboursements arrivent en trois jours" in shown
    assert "remboursements arrivent en trois jours" in listed(reader, "promise-index")


def test_search_finds_each_page_in_the_readers_language(
    reader: Client, english: Client, french_brief: BriefPage
) -> None:
    assert "Remboursement juste" in words_on(reader, "remboursement")
    assert "Remboursement" not in words_on(english, "refund")
    assert "Fair Refund" not in words_on(reader, "fair")


def test_search_forgets_the_words_of_a_translation_that_was_taken_back(
    reader: Client, french_brief: BriefPage
) -> None:
    assert "Remboursement juste" in words_on(reader, "remboursement")

    french_brief.unpublish()

    assert "Remboursement juste" not in words_on(reader, "remboursement")


def test_a_second_language_costs_the_same_queries_however_much_is_translated(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    before = queries_for(reader, fact.brief)
    longer = BriefFactory(title="Quiet Hours")
    keys = [FactFactory(brief=longer).key for _number in range(6)]
    in_french(longer, parts={f"{key}-fr": "Chaque jour." for key in keys}, title="Silence")

    assert queries_for(reader, longer) == before


def test_a_list_costs_the_same_queries_however_much_is_translated(reader: Client) -> None:
    counts = []
    for _page in range(2):
        for title in ("Un", "Deux", "Trois"):
            in_french(BriefFactory(), title=title)
        listed(reader, "brief-index")
        with CaptureQueriesContext(connection) as queries:
            listed(reader, "brief-index")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_search_in_one_language_leaves_the_other_ready(
    reader: Client, english: Client, french_brief: BriefPage
) -> None:
    words_on(reader, "remboursement")
    words_on(english, "refund")
    with CaptureQueriesContext(connection) as queries:
        words_on(reader, "remboursement")

    assert not [query for query in queries if "knowledge_fact" in query["sql"]]


def test_a_module_is_listed_with_the_line_of_its_brief_in_the_readers_words(
    reader: Client, fact: Fact, french_brief: BriefPage
) -> None:
    ModuleFactory(brief=fact.brief)

    assert "Vous récupérez votre argent." in listed(reader, "learn-index")
