"""Search, as colleagues meet it: only what is open, as it stands now, on both databases."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.search import library
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)
from tests.knowledge.searching import is_found, page_for, words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def test_a_fact_leads_to_its_place_in_its_brief(visitor: Client) -> None:
    fact = FactFactory(key="the-day", title="When the money arrives")

    shown = page_for(visitor, "money")

    address = reverse("knowledge:brief-detail", args=[fact.brief.slug])
    assert f'href="{address}#the-day"' in shown


def test_facts_come_first_then_briefs_answers_modules_and_promises(visitor: Client) -> None:
    answers = [("answer", {"question": "When is my refund?", "answer": "<p>On Thursday.</p>"})]
    brief = BriefFactory(title="Fair Refund", answers=answers)
    FactFactory(brief=brief, title="When a refund arrives")
    ModuleFactory(brief=brief, title="Refunds")
    PromiseFactory(sentence="You get your refund on the day we name.")

    shown = words_on(visitor, "refund")

    order = ["Facts", "Briefs", "Questions and answers", "Modules and lessons", "Promises"]
    places = [shown.index(f"{heading} 1") for heading in order]
    assert places == sorted(places)


@pytest.mark.parametrize("field", ["one_breath", "right_for", "not_right_for", "expectation"])
def test_a_brief_is_found_by_the_words_of_its_lines(visitor: Client, field: str) -> None:
    BriefFactory(**{field: "Nobody waits for a zeppelin."})

    assert "zeppelin" in words_on(visitor, "zeppelin")


def test_a_line_that_must_not_be_said_carries_its_label(visitor: Client) -> None:
    BriefFactory(dont_say=[("line", "A zeppelin brings it tomorrow")])

    assert "Don’t say: A zeppelin brings it" in words_on(visitor, "zeppelin")


@pytest.mark.parametrize("field", ["statement", "limits", "proof"])
def test_a_fact_is_found_by_all_its_lines(visitor: Client, field: str) -> None:
    FactFactory(**{field: "Nobody waits for a zeppelin."})

    assert "Facts 1" in words_on(visitor, "zeppelin")


def test_a_lesson_is_found_by_its_prose(visitor: Client) -> None:
    lesson = LessonFactory(body=[("prose", "<p>Mind the <b>zeppelin</b> &amp; wave.</p>")])

    shown = words_on(visitor, "zeppelin")

    assert "Mind the zeppelin & wave." in shown
    assert f"Lesson in {lesson.module.title}" in shown


def test_a_fact_that_a_lesson_shows_is_found_in_its_brief_alone(visitor: Client) -> None:
    fact = FactFactory(statement="Nobody waits for a zeppelin.")
    LessonFactory(module=ModuleFactory(brief=fact.brief), facts=[fact])

    shown = words_on(visitor, "zeppelin")

    assert "Facts 1" in shown
    assert "Modules and lessons" not in shown


def test_a_promise_is_found_by_its_claim(visitor: Client) -> None:
    PromiseFactory()

    assert "Promises 1" in words_on(visitor, "refunds arrive")


def test_an_answer_is_found_by_the_question(visitor: Client) -> None:
    answer = ("answer", {"question": "May I pay by zeppelin?", "answer": "<p>By card only.</p>"})
    BriefFactory(answers=[answer])

    assert "By card only." in words_on(visitor, "zeppelin")


def test_an_answer_leads_to_the_answers_of_its_brief(visitor: Client) -> None:
    answer = ("answer", {"question": "May I pay by zeppelin?", "answer": "<p>By card only.</p>"})
    brief = BriefFactory(answers=[answer])

    assert f'href="/briefs/{brief.slug}/#answers"' in page_for(visitor, "zeppelin")


def test_many_pages_are_all_read_though_not_all_at_once(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "READ_AT_ONCE", 2)
    FactFactory.create_batch(5, statement="Nobody waits for a zeppelin.")

    assert "Facts 5" in words_on(visitor, "zeppelin")


def test_a_slip_is_forgiven_and_said_so(visitor: Client) -> None:
    FactFactory(title="When a refund arrives")

    assert "Showing what we have for “refund”." in words_on(visitor, "refnd")


def test_a_word_that_nothing_has_is_named_and_left_out(visitor: Client) -> None:
    FactFactory(title="When a refund arrives")

    shown = words_on(visitor, "refund zeppelin")

    assert "Showing what we have for “refund”. We have nothing yet for “zeppelin”." in shown


def test_a_hit_says_which_of_the_words_it_has_not_got(visitor: Client) -> None:
    FactFactory(title="A late refund in days")
    BriefFactory(title="Holiday")

    assert "Without: holiday" in words_on(visitor, "late refund days holiday")


def test_nothing_found_says_what_to_do(visitor: Client) -> None:
    BriefFactory()

    shown = words_on(visitor, "zeppelin")

    assert "Nothing found for “zeppelin”." in shown
    assert "Try fewer words" in shown


def test_the_empty_page_gives_examples_that_find_something(visitor: Client) -> None:
    BriefFactory(title="Fair Refund")

    assert 'href="/search/?q=Fair%20Refund"' in page_for(visitor, " ")
    assert is_found(visitor, "Fair Refund")


def test_words_are_shown_and_never_run(visitor: Client) -> None:
    FactFactory(title="<script>alert(1)</script>", statement="<b>zeppelin</b>")

    shown = page_for(visitor, "<script>alert zeppelin")

    assert "<script>alert" not in shown
    assert "&lt;b&gt;<mark>zeppelin</mark>&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    "query", ["\x00", "a\x00b", "%", "'\"--", "\ud800", "🙂", "(((((", "x" * 1_000_000, "é" * 9999]
)
def test_nothing_typed_breaks_the_page(visitor: Client, query: str) -> None:
    response = visitor.get(f"/search/?q={query.encode('utf-8', 'replace').hex('%')}")
    assert response.status_code == 200
    assert visitor.get("/search/", {"q": query.encode("utf-8", "replace")}).status_code == 200


def content_about(words: str, *, size: int) -> None:
    for fact in FactFactory.create_batch(size, title=words):
        LessonFactory(module=ModuleFactory(brief=fact.brief), title=words)
    PromiseFactory.create_batch(size, title=words)


@pytest.mark.parametrize("is_read_before", [True, False])
def test_a_search_costs_as_many_queries_however_much_there_is(
    visitor: Client, is_read_before: bool
) -> None:
    page_for(visitor, "refund")
    counts = []
    for size in (1, 20):
        content_about("Refund", size=size)
        if is_read_before:
            page_for(visitor, "refund")
        with CaptureQueriesContext(connection) as queries:
            page_for(visitor, "refund")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_every_page_offers_the_search(visitor: Client) -> None:
    assert 'action="/search/"' in visitor.get("/").content.decode()


def test_nobody_searches_without_signing_in(client: Client) -> None:
    assert client.get("/search/", {"q": "refund"}).status_code == 302
