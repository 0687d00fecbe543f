"""How a brief reads from where a customer stands: counted, and told in the editor."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models import BriefIndexPage, BriefPage, CustomerWord
from knowledge.reports import outside_in_reading
from knowledge.wording import FEWEST_WORDS, OLDEST, YOUNGEST, outside_in, syllables
from tests.factories import BriefFactory, FactFactory, PersonFactory

A_WALL = (
    "Notwithstanding anticipatory contractual considerations, organisational reimbursement "
    "methodologies necessitate comprehensive administrative authorisation procedures preceding "
    "international disbursement"
)


def test_speaking_of_the_reader_and_of_the_writer_is_counted_in_every_form() -> None:
    counted = outside_in(["You'll see yours. Your bill, YOUR day.", "We’re ours, our, us, we."])

    assert (counted.you, counted.we) == (4, 5)


@pytest.mark.parametrize("text", ["Youth owes us", "A bus thus weds", "Jus, hours, wee, hello"])
def test_a_word_that_only_holds_one_of_these_is_none(text: str) -> None:
    counted = outside_in([text])

    assert (counted.you, counted.we) == (0, int(" us" in text))


def test_more_of_us_than_of_the_customer_is_told() -> None:
    assert outside_in(["We sell our line."]).is_about_us
    assert not outside_in(["You and we."]).is_about_us


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("One two. Three four!", 2),
        ("It costs £38.50 a month.", 5),
        ("Line one\nline two", 2),
        ("“Is it?” she said.", 2),
        ("Wait… what?", 1),
        ("– · –", 0),
        ("", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_pauses(text: str, length: int) -> None:
    assert outside_in([text]).words_a_sentence == length


@pytest.mark.parametrize(
    ("word", "beats"),
    [
        ("cat", 1),
        ("the", 1),
        ("make", 1),
        ("table", 2),
        ("fee", 1),
        ("refund", 2),
        ("customer", 3),
        ("we’re", 1),
        ("£38", 1),
        ("–", 0),
        ("hmm", 1),
    ],
)
def test_syllables_are_groups_of_vowels(word: str, beats: int) -> None:
    assert syllables(word) == beats


def test_the_age_is_the_published_formula_and_five_years() -> None:
    # 4 sentences of 6 words, 8 syllables each: 0.39 · 6 + 11.8 · 8/6 - 15.59 = 2.48.
    easy = " ".join(["You get the money on Friday."] * 4)
    assert outside_in([easy]).age == 7

    # 20 words of 2 syllables in one sentence: 0.39 · 20 + 11.8 · 2 - 15.59 = 15.81.
    assert outside_in([" ".join(["refund"] * 20)]).age == 21


def test_long_words_in_long_sentences_need_an_older_reader() -> None:
    assert outside_in([A_WALL * 2]).age == OLDEST


def test_a_few_words_tell_no_age() -> None:
    assert outside_in(["refund " * (FEWEST_WORDS - 1)]).age is None
    assert outside_in(["refund " * FEWEST_WORDS]).age is not None


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_has_counts_within_bounds(texts: list[str]) -> None:
    counted = outside_in(texts)

    assert counted.you + counted.we >= 0
    assert counted.age is None or YOUNGEST <= counted.age <= OLDEST


@pytest.fixture
def desk(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def brief(db: None) -> BriefPage:
    page: BriefPage = BriefFactory(
        one_breath="We give our customers a refund.", expectation="I hear when it comes."
    )
    return page


def lines(brief: BriefPage) -> list[str]:
    return list(outside_in_reading(brief).lines)


@pytest.mark.django_db
def test_a_brief_tells_what_to_change(brief: BriefPage) -> None:
    told = lines(brief)

    assert "“You” 0 times, “we” 2 times." in told
    assert "Say more of the customer, and less of us." in told
    assert told[-1] == "One breath: 6 of 25 words."


@pytest.mark.django_db
def test_what_is_for_colleagues_alone_is_not_counted(brief: Any) -> None:
    before = lines(brief)
    brief.right_for = brief.not_right_for = "We, we and us."
    brief.dont_say = [("line", "We never say we.")]

    assert lines(brief) == before


@pytest.mark.django_db
def test_facts_lines_and_answers_are_counted(brief: Any) -> None:
    FactFactory(brief=brief, statement="You, you.", limits="Your day.", proof="Yours.")
    brief.say = [("line", "You choose.")]
    brief.answers = [("answer", {"question": "Who?", "answer": "<p>You decide.</p>"})]

    assert "“You” 5 times, “we” 2 times." in lines(brief)


@pytest.mark.django_db
def test_customers_words_stand_next_to_ours(brief: BriefPage) -> None:
    CustomerWord.objects.create(theirs="money back", ours="Refunds")
    CustomerWord.objects.create(theirs="customer", ours="customers")
    CustomerWord.objects.create(theirs="box", ours="router")
    CustomerWord.objects.create(theirs="fun", ours="fund")

    words = outside_in_reading(brief).words

    assert [(word.theirs, word.is_used) for word in words] == [
        ("customer", True),
        ("money back", False),
    ]


@pytest.mark.django_db
def test_the_editor_shows_the_counts_of_the_draft(desk: Client, brief: BriefPage) -> None:
    CustomerWord.objects.create(theirs="<b>money back", ours="refund")
    brief.one_breath = "You get your refund."
    brief.save_revision()

    shown = desk.get(reverse("wagtailadmin_pages:edit", args=[brief.pk])).content.decode()

    assert "Read it as a customer would" in shown
    assert "One breath: 4 of 25 words." in shown
    assert "Customers also say “&lt;b&gt;money back”." in shown


@pytest.mark.django_db
def test_a_new_brief_has_nothing_to_count_yet(desk: Client, portal_site: None) -> None:
    index = BriefIndexPage.objects.get()

    url = reverse("wagtailadmin_pages:add", args=["knowledge", "briefpage", index.pk])

    assert "Read it as a customer would" not in desk.get(url).content.decode()


@pytest.mark.django_db
def test_reading_a_brief_costs_as_many_queries_however_many_words_there_are() -> None:
    counts = []
    for size in (1, 20):
        brief = BriefFactory()
        FactFactory.create_batch(size, brief=brief)
        CustomerWord.objects.bulk_create(
            CustomerWord(theirs=f"{size} {number}", ours="refund") for number in range(size)
        )
        brief = BriefPage.objects.get(pk=brief.pk)
        with CaptureQueriesContext(connection) as queries:
            outside_in_reading(brief)
        counts.append(len(queries))

    assert counts[0] == counts[1]
