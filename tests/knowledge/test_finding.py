"""The rules of searching, without a database."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.search.catalogue import LIMITS, REST, STATEMENT, Document, Passage, Section
from knowledge.search.excerpts import excerpt, marked
from knowledge.search.finding import Index
from knowledge.search.hits import Found
from knowledge.spelling import folded, tidied, words_in

LONG_WORDS = st.text(string.ascii_lowercase, min_size=7, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def document(
    title: str = "",
    statement: str = "",
    *,
    limits: str = "",
    context: str = "",
    section: Section = Section.FACTS,
) -> Document:
    return Document(
        section=section,
        title=title,
        url=f"/{section}/{title}/",
        passages=(Passage(statement, STATEMENT), Passage(limits, LIMITS)),
        label="",
        subject=1,
        context=context,
    )


def index_of(*documents: Document) -> Index:
    index = Index()
    for page, each in enumerate(documents):
        index.put(page, [each])
    return index


def titles(found: Found, section: Section = Section.FACTS) -> list[str]:
    return [hit.document.title for hit in found.hits[section]]


def found_in(query: str, *documents: Document) -> list[str]:
    return titles(index_of(*documents).find(query, most=10))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cafe", "Café"),
        ("cafe", "Cafe\u0301"),
        ("strasse", "Straße"),
        ("dont", "don’t"),
        ("ol", "Øl"),
        ("wifi", "Wi-Fi"),
        ("wi-fi", "Wi-Fi"),
        ("fi", "Wi-Fi"),
        ("24", "24-month"),
        ("38", "£38.50"),
    ],
)
def test_a_word_is_found_however_it_is_written(typed: str, written: str) -> None:
    assert found_in(tidied(typed), document(tidied(written)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refnd", "refund"),
        ("refudn", "refund"),
        ("custmer", "customer"),
        ("custommr", "customer"),
        ("prce", "price"),
        ("lcok", "lock"),
        ("efund", "refund"),
        ("prise", "price"),
        ("recieve", "receive"),
    ],
)
def test_a_slip_of_the_hand_is_forgiven_and_named(typed: str, meant: str) -> None:
    found = index_of(document("That", meant), document("Else", "fibre")).find(typed, most=10)

    assert titles(found) == ["That"]
    assert found.understood == meant


def test_a_slip_in_one_word_leaves_the_others_as_they_are() -> None:
    found = index_of(document("Price Lock 24")).find("prise lock", most=10)

    assert found.understood == "price lock"


@pytest.mark.parametrize(
    "typed", ["60", "pq", "zzzzzz", "take", "tare", "better", "cancel"], ids=str
)
def test_a_number_or_another_word_is_no_slip(typed: str) -> None:
    found = index_of(document("Up to £50", "pa make tape letter channel")).find(typed, most=10)

    assert titles(found) == []
    assert found.unknown == (typed,)


def test_of_two_words_as_near_the_more_frequent_is_meant() -> None:
    documents = [document("Prize"), document("Price"), document("Prices"), document("A price")]
    assert index_of(*documents).find("prise", most=10).understood == "price"


def test_a_word_that_nobody_wrote_is_left_out_and_named() -> None:
    found = index_of(document("A refund"), document("A bill")).find("refund zeppelin", most=10)

    assert titles(found) == ["A refund"]
    assert (found.understood, found.unknown) == ("refund", ("zeppelin",))


def test_what_is_written_so_is_not_corrected() -> None:
    found = index_of(document("Prize"), document("Price")).find("prize", most=10)

    assert titles(found) == ["Prize"]
    assert found.understood == ""


@pytest.mark.parametrize("beginning", ["refu", "refun", "re"])
def test_the_beginning_of_a_word_is_enough(beginning: str) -> None:
    assert found_in(beginning, document("Refund")) == ["Refund"]


def test_what_has_no_letter_once_it_is_folded_finds_nothing() -> None:
    """An Arabic vowel sign that stands alone counts as a letter, and folds to none."""
    assert found_in("\ufe70", document("Refund")) == []


def test_from_the_ninth_on_words_are_ignored() -> None:
    eight = "one two three four five six seven eight"
    terms = index_of(document(f"{eight} nine")).find(f"{eight} nine", most=9).terms
    assert [term.taken for term in terms] == eight.split()


def test_a_number_is_no_beginning_of_another() -> None:
    assert found_in("3", document("Home Fibre 300")) == []


def test_a_short_word_finds_itself_before_what_begins_with_it() -> None:
    assert found_in("car", document("A care plan"), document("A car")) == ["A car"]


def test_a_better_place_comes_first() -> None:
    order = found_in(
        "refund",
        document("Last", context="refund", statement="Refunding it"),
        document("Third", limits="No refund for that"),
        document("Second", "A refund is agreed"),
        document("The refunds"),
    )
    assert order == ["The refunds", "Second", "Last", "Third"]


def test_those_with_all_words_hide_those_with_some() -> None:
    both = document("A refund on a holiday")
    assert found_in("refund holiday", both, document("A refund")) == [both.title]


def test_a_section_without_all_words_shows_what_has_most_of_them() -> None:
    found = index_of(
        document("A refund on a holiday", section=Section.ANSWERS),
        document("A refund in days"),
        document("A late refund on some days"),
    ).find("late refund days holiday", most=10)

    assert titles(found) == ["A late refund on some days"]
    assert found.hits[Section.FACTS][0].missing == ["holiday"]


def test_where_nothing_has_most_of_the_words_any_will_do() -> None:
    refund, holiday = document("A refund"), document("A holiday")
    assert found_in("refund holiday", refund, holiday) == ["A holiday", "A refund"]


def test_the_rarer_word_counts_more() -> None:
    common = [document(f"Refund {number}") for number in range(5)]
    order = found_in("refund holiday", *common, document("Holiday"))
    assert order[0] == "Holiday"


def test_small_words_of_a_question_are_not_needed() -> None:
    assert found_in("How long does a refund take?", document("Refund")) == ["Refund"]


def test_small_words_of_a_question_help_to_choose() -> None:
    who, when = document("Who sends the money"), document("When the money arrives")
    assert found_in("when is the money there", who, when) == [when.title, who.title]
    assert found_in("who has the money", who, when) == [who.title, when.title]


def test_a_question_of_small_words_alone_needs_them() -> None:
    assert found_in("can I", document("Can I?"), document("Refund")) == ["Can I?"]


def test_two_slips_for_one_word_are_one_word() -> None:
    found = index_of(document("Refund")).find("refnd refudn", most=10)
    assert found.understood == "refund"


def test_the_title_above_lends_a_fact_its_words_but_not_all_of_them() -> None:
    fact = document("When the money arrives", context="Fair Refund")
    assert found_in("refund money", fact) == [fact.title]
    assert found_in("fair refund", fact) == []


def test_all_hits_are_counted_and_the_best_of_them_handed_out() -> None:
    found = index_of(*(document(f"Refund {number}") for number in range(30))).find("refund", most=7)

    assert found.counts[Section.FACTS] == 30
    assert len(found.hits[Section.FACTS]) == 7


@given(st.lists(LONG_WORDS, min_size=1, max_size=6, unique=True), st.data())
def test_a_document_is_found_by_each_of_its_words(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    assert found_in(word, document("Here", " ".join(words))) == ["Here"]


@given(LONG_WORDS, st.data())
def test_a_missing_letter_is_always_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:place] + word[place + 1 :]
    assume(slipped not in words_in("how when where which that"))
    assert found_in(slipped, document("Here", word)) == ["Here"]


@given(st.lists(LONG_WORDS, min_size=2, max_size=6, unique=True))
def test_what_was_taken_out_leaves_no_word_behind(words: list[str]) -> None:
    kept, *gone = words
    index = index_of(document("Kept", kept), document("Gone", " ".join(gone)))

    index.drop(1)

    fresh = index_of(document("Kept", kept))
    for word in words:
        assert index.find(word, most=10) == fresh.find(word, most=10)


@given(st.lists(LONG_WORDS, min_size=2, max_size=8, unique=True))
def test_a_page_that_is_put_again_takes_its_own_place(words: list[str]) -> None:
    index = index_of(document("First", words[0]))

    index.put(0, [document("Second", words[1])])

    assert titles(index.find(words[1], most=10)) == ["Second"]
    assert index.find(words[0], most=10).understood in {"", words[1]}


@given(LONG_WORDS, LONG_WORDS)
def test_a_title_comes_before_a_statement(word: str, other: str) -> None:
    assume(folded(word) not in folded(other))
    hits = found_in(word, document("0 statement", f"{word} {word} {word}"), document(f"z {word}"))
    assert hits == [f"z {word}", "0 statement"]


@given(TEXTS, TEXTS)
def test_no_text_and_no_query_breaks_the_search(text: str, query: str) -> None:
    index = index_of(document(text, text), document("Refund", "Price Lock"))
    found = index.find(tidied(query), most=10)
    for hit in found.hits[Section.FACTS]:
        marked(hit.document.title, hit.words)
        excerpt(hit.passage.text, hit.words)


def test_the_line_shown_is_the_one_with_the_words() -> None:
    found = index_of(document("Money", "It arrives.", limits="Not on a bank holiday.")).find(
        "holiday", most=10
    )
    assert found.hits[Section.FACTS][0].passage.text == "Not on a bank holiday."


def test_a_document_without_passages_has_an_empty_line() -> None:
    bare = Document(Section.BRIEFS, "Refund", "/", (), "Brief", 1)
    found = index_of(bare).find("refund", most=10)
    assert found.hits[Section.BRIEFS][0].passage == Passage("", REST)
