from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring import (
    AnswerKey,
    ChooseKey,
    NumberKey,
    OrderKey,
    SayKey,
    TextKey,
    is_right,
    parse_number,
    slips_between,
)

ids = st.integers(1, 12)
keys = st.one_of(
    st.builds(ChooseKey, right=st.frozensets(ids)),
    st.builds(
        NumberKey,
        value=st.decimals(allow_nan=False, allow_infinity=False),
        tolerance=st.decimals(0, 100, allow_nan=False),
    ),
    st.builds(TextKey, accepted=st.lists(st.text()).map(tuple), slips=st.integers(0, 3)),
    st.builds(OrderKey, order=st.lists(ids, unique=True).map(tuple)),
    st.just(SayKey()),
)
any_text = st.text(st.characters(exclude_categories=()))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
)


@given(key=keys, response=json_like)
def test_no_response_whatever_makes_judging_raise(key: AnswerKey, response: object) -> None:
    assert is_right(key, response) in {True, False}


@pytest.mark.parametrize("response", [None, [], {}, "", "1", 0, True, [True], ["1"], [1.0], [[1]]])
@pytest.mark.parametrize(
    "key",
    [
        ChooseKey(frozenset({1})),
        ChooseKey(frozenset()),
        OrderKey((1,)),
        OrderKey(()),
        TextKey(("one",)),
        TextKey(("",)),
        NumberKey(Decimal(7)),
    ],
)
def test_a_malformed_or_empty_response_is_never_right(key: AnswerKey, response: object) -> None:
    assert not is_right(key, response)


@pytest.mark.parametrize(
    ("response", "expected"),
    [([1, 3], True), ([3, 1], True), ([1], False), ([1, 3, 4], False), ([1, 1, 3], False)],
)
def test_a_choice_is_right_when_it_is_exactly_the_right_ones(
    response: list[int], expected: bool
) -> None:
    assert is_right(ChooseKey(frozenset({1, 3})), response) is expected


@given(right=st.frozensets(ids, min_size=1), chosen=st.lists(ids, unique=True), rng=st.randoms())
def test_the_order_of_the_options_changes_nothing(
    right: frozenset[int], chosen: list[int], rng: Random
) -> None:
    shuffled = list(chosen)
    rng.shuffle(shuffled)
    key = ChooseKey(right)
    assert is_right(key, shuffled) is is_right(key, chosen) is (set(chosen) == right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", "50"),
        ("  50 ", "50"),
        ("£50", "50"),
        ("£ 50", "50"),
        ("50 €", "50"),
        ("EUR 50", "50"),
        ("50.0", "50"),
        ("50.", "50"),
        (".5", "0.5"),
        ("2,5", "2.5"),
        ("2,50", "2.5"),
        ("0,500", "0.5"),
        ("1.000", "1"),
        ("1,000", "1000"),
        ("1,000.5", "1000.5"),
        ("1.000,5", "1000.5"),
        ("1.000.000", "1000000"),
        ("12,345,678", "12345678"),
        ("1 000", "1000"),
        ("1\N{NO-BREAK SPACE}000,5", "1000.5"),
        ("1'000", "1000"),
        ("250 Mbps", "250"),
        ("140 m²", "140"),
        ("140m2", "140"),
        ("140 m2 in all", "140"),
        ("95%", "95"),
        ("3 working days", "3"),
        ("-5", "-5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("-£5", "-5"),
        ("+5", "5"),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "£",
        "three",
        "not 3",
        "5 or 6",
        "5-6",
        "1/2",
        "1,00,0",
        "10,00,000.5",
        "1.2.3",
        "2026-12-04",
        "50 5",
        "NaN",
        "Infinity",
        "1e5",
        "9" * 201,
    ],
)
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    assert parse_number(text) is None


@given(number=st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_read_as_it_is_printed(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number


@given(number=st.integers(0, 10**12))
def test_a_number_is_read_with_its_thousands_grouped(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [("247.9", False), ("248", True), ("250", True), ("252", True), ("252.1", False), ("x", False)],
)
def test_a_number_may_be_off_by_the_tolerance_and_no_more(text: str, expected: bool) -> None:
    assert is_right(NumberKey(Decimal(250), tolerance=Decimal(2)), text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Thursday",
        "thursday",
        " THURSDAY! ",
        "on Thursday",
        "On the Thursday.",
        "Thúrsday",
        "\N{FULLWIDTH LATIN CAPITAL LETTER T}hursday",
    ],
)
def test_a_text_is_compared_by_its_bare_words(text: str) -> None:
    assert is_right(TextKey(("Thursday",)), text)


@pytest.mark.parametrize("text", ["pricelock", "price-lock", "Price  Lock", "price lock\n"])
def test_blanks_and_hyphens_alone_do_not_matter(text: str) -> None:
    assert is_right(TextKey(("Price Lock",)), text)


def test_an_apostrophe_may_be_typed_left_out_or_curly() -> None:
    key = TextKey(("don't",))
    assert all(
        is_right(key, text) for text in ("don't", "dont", "don\N{RIGHT SINGLE QUOTATION MARK}t")
    )


def test_a_missing_accent_or_apostrophe_uses_up_no_slip() -> None:
    assert is_right(TextKey(("Zoë's garage",), slips=1), "Zoes garaeg")


@pytest.mark.parametrize("text", ["wired", "by cable", "cable"])
def test_any_accepted_wording_is_right(text: str) -> None:
    assert is_right(TextKey(("wired", "cable", "by cable")), text)


@pytest.mark.parametrize(
    ("text", "slips", "expected"),
    [
        ("thrusday", 0, False),
        ("thrusday", 1, True),
        ("thursdy", 1, True),
        ("thurssday", 1, True),
        ("tuesday", 1, False),
        ("thrusdya", 1, False),
        ("thrusdya", 2, True),
    ],
)
def test_as_many_slips_are_forgiven_as_the_key_allows(
    text: str, slips: int, expected: bool
) -> None:
    assert is_right(TextKey(("Thursday",), slips=slips), text) is expected


@pytest.mark.parametrize(
    ("accepted", "text"),
    [("no", "on"), ("cat", "car"), ("8 to 8", "8 to 9"), ("year 2026", "year 2025")],
)
def test_short_words_and_figures_take_no_slips(accepted: str, text: str) -> None:
    assert not is_right(TextKey((accepted,), slips=2), text)


def test_slips_add_up_over_the_words() -> None:
    key = TextKey(("daily payment",), slips=1)
    assert is_right(key, "dialy payment")
    assert not is_right(key, "dialy paymnet")


def test_a_missing_word_is_not_a_slip() -> None:
    assert not is_right(TextKey(("home fibre",), slips=3), "fibre")


def test_an_endless_text_is_not_right() -> None:
    assert not is_right(TextKey(("wired",)), "the " * 100 + "wired")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("care", "care", 0),
        ("care", "core", 1),
        ("care", "acre", 1),
        ("kitten", "sitting", 3),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted_as_optimal_string_alignment(one: str, other: str, expected: int) -> None:
    assert slips_between(one, other) == expected


@given(one=st.text(max_size=12), other=st.text(max_size=12))
def test_slips_are_the_same_both_ways_and_never_more_than_the_longer_word(
    one: str, other: str
) -> None:
    assert slips_between(one, other) == slips_between(other, one) <= max(len(one), len(other))


@given(order=st.permutations([1, 2, 3, 4]))
def test_an_order_is_right_in_that_order_only(order: list[int]) -> None:
    assert is_right(OrderKey((1, 2, 3, 4)), order) is (order == [1, 2, 3, 4])


@pytest.mark.parametrize(
    ("response", "expected"), [(True, True), (False, False), (1, False), ("true", False)]
)
def test_a_said_answer_is_right_when_its_speaker_says_so(response: object, expected: bool) -> None:
    assert is_right(SayKey(), response) is expected
