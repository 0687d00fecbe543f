"""What gives a right option away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.giveaways import Choice, Giveaway, giveaways

texts = st.text(min_size=1, max_size=40)


def choices(right: str, *wrong: str) -> list[Choice]:
    return [Choice(right, is_right=True), *(Choice(text, is_right=False) for text in wrong)]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("A" * 16, ["A" * 10, "A" * 10], [Giveaway.LONGEST]),
        ("A" * 15, ["A" * 10, "A" * 10], []),
        # Far longer than most, but another is longer still.
        ("A" * 40, ["A" * 5, "A" * 5, "A" * 41], []),
        ("On Thursday", ["On Monday", "All of the above"], [Giveaway.OF_THE_OTHERS]),
        ("None of these", ["On Monday", "On Thursday"], [Giveaway.OF_THE_OTHERS]),
        ("All of the customers", ["Most of the customers"], []),
        ("On most days", ["Never on a day", "On no day"], [Giveaway.ABSOLUTE]),
        ("On most days", ["ALWAYS at once", "On no day"], [Giveaway.ABSOLUTE]),
        ("Never on a Monday", ["Always at once", "On a Friday"], []),
        ("On most days", ["Nevertheless soon", "On no day"], []),
    ],
)
def test_a_giveaway_is_named(right: str, wrong: list[str], expected: list[Giveaway]) -> None:
    assert list(giveaways(choices(right, *wrong))) == expected


@given(st.lists(texts), st.booleans())
def test_options_that_are_all_right_or_all_wrong_give_nothing_away(
    drafted: list[str], is_right: bool
) -> None:
    assert giveaways([Choice(text, is_right) for text in drafted]) == ()


@given(texts, st.lists(texts, min_size=1))
def test_the_order_of_the_options_makes_no_difference(right: str, wrong: list[str]) -> None:
    options = choices(right, *wrong)
    assert giveaways(options) == giveaways(options[::-1])
