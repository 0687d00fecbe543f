"""Customers' words: the same thing under another name."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.models import CustomerWord
from knowledge.search.catalogue import Section
from knowledge.search.finding import Index
from knowledge.search.hits import Found
from knowledge.search.synonyms import MOST_READINGS, Synonyms
from tests.factories import FactFactory, PersonFactory
from tests.knowledge.searching import is_found, words_on
from tests.knowledge.test_finding import document, index_of, titles

MONEY_BACK = ("money back", "refund")
BOX = ("box", "router")


def asked_with(index: Index, query: str, *pairs: tuple[str, str]) -> Found:
    readings = Synonyms(pairs).readings(query, is_known=index.knows)
    return index.find(query, most=10, readings=readings)


def found_as(query: str, written: str, *pairs: tuple[str, str]) -> list[str]:
    return titles(asked_with(index_of(document(written)), query, *pairs))


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("money back", "Refunds"),
        ("Money-Back", "Refunds"),
        ("moneyback", "Refunds"),
        ("mony back", "Refunds"),
        ("how do I get my money back?", "Refunds"),
        ("refund", "When customers get money back"),
        ("refunded", "When customers get money back"),
    ],
)
def test_either_side_finds_the_other_however_it_is_typed(query: str, written: str) -> None:
    assert found_as(query, written, MONEY_BACK) == [written]


def test_accents_and_capitals_make_no_other_word() -> None:
    assert found_as("CAFÉ", "Bistro", ("café", "bistro")) == ["Bistro"]


@pytest.mark.parametrize("query", ["money", "back money", "money is back"])
def test_a_side_stands_for_the_other_only_as_a_whole(query: str) -> None:
    assert not found_as(query, "Refunds", MONEY_BACK)


def test_what_was_typed_stands_above_what_it_is_also_called() -> None:
    index = index_of(document("Refund"), document(limits="Your money comes back"))

    assert titles(asked_with(index, "money back", MONEY_BACK)) == ["", "Refund"]


def test_the_other_name_stands_above_half_of_what_was_typed() -> None:
    index = index_of(document("Money"), document("", "Refund"))

    assert titles(asked_with(index, "money back", MONEY_BACK)) == [""]


def test_the_rest_of_the_query_is_still_asked_for() -> None:
    index = index_of(document("Late refund"), document("Refund"))

    assert titles(asked_with(index, "late money back", MONEY_BACK)) == ["Late refund"]


def test_what_has_the_other_name_says_what_else_it_lacks() -> None:
    found = asked_with(index_of(document("Refund")), "late money back", MONEY_BACK)

    assert [hit.missing for hit in found.hits[Section.FACTS]] == [["late"]]


def test_the_rest_of_the_query_alone_is_no_hit_for_the_other_name() -> None:
    assert not asked_with(index_of(document("Late")), "late money back", MONEY_BACK).others


def test_the_other_name_counts_though_a_part_of_the_first_is_there() -> None:
    found = asked_with(index_of(document("Refund", "Money")), "money back", MONEY_BACK)

    assert [hit.missing for hit in found.hits[Section.FACTS]] == [[]]


def test_a_word_that_is_written_somewhere_is_no_slip_for_a_name() -> None:
    index = index_of(document("Monkey back"), document("Refund"))

    assert titles(asked_with(index, "monkey back", MONEY_BACK)) == ["Monkey back"]


def test_two_names_in_one_query_are_both_replaced() -> None:
    query = "money back for the box"

    assert found_as(query, "Refund for a router", MONEY_BACK, BOX) == ["Refund for a router"]


def test_a_word_with_another_name_is_neither_corrected_nor_unknown() -> None:
    index = index_of(document("Refund"), document("Telebox"))

    found = asked_with(index, "tellybox", ("tellybox", "refund"))

    assert titles(found) == ["Refund"]
    assert (found.understood, found.unknown, found.others) == ("", (), ("refund",))


def test_a_name_that_finds_nothing_is_not_spoken_of() -> None:
    found = asked_with(index_of(document("Telebox")), "tellybox", ("tellybox", "refund"))

    assert (titles(found), found.others) == (["Telebox"], ())


def test_names_are_not_passed_on() -> None:
    assert not found_as("dosh", "Refund", ("dosh", "money"), ("money", "refund"))


def test_a_word_with_many_names_is_read_in_a_few_ways() -> None:
    pairs = [(f"name{chr(97 + number)}", "refund") for number in range(20)]

    assert len(Synonyms(pairs).readings("refund", is_known=bool)) == MOST_READINGS


def test_a_pair_of_one_and_the_same_says_nothing() -> None:
    assert not Synonyms([("Refunds", "refund"), ("…", "refund")]).readings("refund", is_known=bool)


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


@pytest.mark.django_db
def test_a_word_holds_from_the_next_search_and_not_beyond_its_end(visitor: Client) -> None:
    FactFactory(title="When a refund arrives")
    assert not is_found(visitor, "zork gloop")

    word = CustomerWord.objects.create(theirs="zork gloop", ours="refund")
    assert "Also searched for refund" in words_on(visitor, "zork gloop")

    CustomerWord.objects.filter(pk=word.pk).update(theirs="plork")
    assert is_found(visitor, "plork")
    assert not is_found(visitor, "zork gloop")

    word.delete()
    assert not is_found(visitor, "plork")


@pytest.mark.django_db
def test_words_are_shown_as_words(visitor: Client) -> None:
    FactFactory(title="<b>Refund")
    CustomerWord.objects.create(theirs="money back", ours="<b>refund")

    shown = visitor.get("/search/", {"q": "money back"}).content.decode()

    assert "<q>&lt;b&gt;refund</q>" in shown


@pytest.mark.django_db
def test_a_search_costs_as_many_queries_however_many_words_there_are(visitor: Client) -> None:
    FactFactory(title="When a refund arrives")
    counts = []
    for number in range(2):
        CustomerWord.objects.bulk_create(
            CustomerWord(theirs=f"word {number} {other}", ours="refund")
            for other in range(1 + 20 * number)
        )
        words_on(visitor, "refund")
        with CaptureQueriesContext(connection) as queries:
            words_on(visitor, "refund")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("section", list(Section))
def test_another_name_counts_in_every_section(section: Section) -> None:
    found = asked_with(index_of(document("Refund", section=section)), "money back", MONEY_BACK)

    assert found.counts[section] == 1
