"""How words are spelled and marked, without a database."""

import string
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.excerpts import LETTERS, excerpt, marked
from knowledge.spelling import distance, stem, tidied, words_in

LONG_WORDS = st.text(string.ascii_lowercase, min_size=7, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    "forms",
    [
        ("refund", "refunds", "refunded", "refunding"),
        ("call", "calls", "called", "calling"),
        ("price", "prices", "priced", "pricing"),
        ("plan", "plans", "planned", "planning"),
        ("company", "companies"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("switch", "switches", "switched", "switching"),
        ("use", "uses", "used", "using"),
        ("try", "tries", "tried", "trying"),
        ("process", "processes", "processed"),
        ("need", "needs", "needed"),
        ("proceed", "proceeds", "proceeded"),
        ("move", "moves", "moved", "moving"),
        ("pay", "pays", "paying"),
        ("tie", "ties", "tied"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: Sequence[str]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bill", "bell"),
        ("thing", "the"),
        ("red", "re"),
        ("care", "car"),
        ("lock", "look"),
        ("status", "stat"),
    ],
)
def test_words_that_only_look_alike_keep_their_own_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) is (one == other)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("  a \t b\n", "a b"), ("a\x00b", "a b"), ("x" * 5000, "x" * 200), ("\x00", "")],
)
def test_what_was_typed_is_brought_onto_one_short_line(typed: str, expected: str) -> None:
    assert tidied(typed) == expected


@given(TEXTS, st.frozensets(LONG_WORDS))
def test_marking_changes_no_letter(text: str, words: frozenset[str]) -> None:
    segments = marked(text, words | words_in(text[:20]))
    assert "".join(segment.text for segment in segments) == text


def test_the_words_that_were_looked_for_are_marked() -> None:
    segments = marked("A Refund, or Wi-Fi?", {"refund", "wifi"})
    assert [segment.text for segment in segments if segment.is_marked] == ["Refund", "Wi-Fi"]


def test_an_excerpt_says_where_it_was_cut() -> None:
    segments = excerpt("before " * 60 + "zeppelin" + " after" * 60, {"zeppelin"})
    shown = "".join(segment.text for segment in segments)
    assert shown.startswith("… ")
    assert shown.endswith(" …")


@given(st.lists(LONG_WORDS, min_size=30, max_size=80), st.data())
def test_an_excerpt_shows_the_word_that_was_looked_for(
    words: list[str], data: st.DataObject
) -> None:
    wanted = data.draw(st.sampled_from(words))
    segments = excerpt(" ".join(words), {wanted})
    shown = "".join(segment.text for segment in segments)
    assert any(segment.is_marked for segment in segments)
    assert len(shown) <= LETTERS + len("… " + " …")
