import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring import Explanation, Rule, TextKey, explain, is_right, slips_between


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("home fibre", Explanation(1.0, 1, 1)),
        ("hoem fibre", Explanation(1.0, 1, 1, 0, Rule.SPELLING, slips=1)),
        ("heom fibrre", Explanation(0.0, 0, 1, 1, Rule.SPELLING)),
        (" ?", Explanation(0.0, 0, 1)),
    ],
)
def test_forgiven_slips_are_counted_against_the_nearest_wording(
    text: str, expected: Explanation
) -> None:
    assert explain(TextKey(("fibre at home", "home fibre"), slips=1), text) == expected


def test_a_key_that_forgives_no_slip_speaks_of_none() -> None:
    assert explain(TextKey(("Thursday",)), "Friday").rule is Rule.ALL_OR_NOTHING
