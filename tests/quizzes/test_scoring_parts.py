from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.scoring import (
    ChooseKey,
    Explanation,
    Gap,
    GapsKey,
    MatchKey,
    OrderKey,
    Rule,
    explain,
    is_right,
    mark,
)

OPTIONS = range(1, 9)
some_options = st.frozensets(st.sampled_from(OPTIONS))
orders = st.permutations(range(1, 7))
THREE_OF_FIVE = ChooseKey(frozenset({1, 2, 3}), frozenset({4, 5}))
MATCHES = MatchKey({1: frozenset({11}), 2: frozenset({12, 13}), 3: frozenset({12, 13})})
GAPS = GapsKey(
    {
        1: Gap(accepted=("Thursday",), slips=1),
        2: Gap(right=frozenset({21})),
        3: Gap(accepted=("50", "fifty")),
    }
)


def offered(right: frozenset[int]) -> ChooseKey:
    return ChooseKey(right, frozenset(OPTIONS) - right)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([1, 2, 3], 1.0),
        ([3, 1, 2], 1.0),
        ([1, 2], 2 / 3),
        ([1], 1 / 3),
        ([1, 2, 3, 4], 1 / 2),
        ([1, 2, 4], 1 / 6),
        ([1, 4], 0.0),
        ([1, 2, 3, 4, 5], 0.0),
        ([4, 5], 0.0),
        ([], 0.0),
        ([1, 2, 3, 3], 0.0),
        ([1, 2, 3, 9], 0.0),
    ],
)
def test_a_choice_of_several_counts_right_ones_less_wrong_ones(
    chosen: list[int], expected: float
) -> None:
    assert mark(THREE_OF_FIVE, chosen) == pytest.approx(expected)


@pytest.mark.parametrize(("chosen", "expected"), [([1], 1.0), ([2], 0.0), ([1, 2], 0.5)])
def test_a_choice_of_one_is_all_or_nothing_unless_two_were_forged(
    chosen: list[int], expected: float
) -> None:
    assert mark(ChooseKey(frozenset({1}), frozenset({2, 3})), chosen) == expected


@given(right=some_options, chosen=some_options)
def test_a_choice_is_right_when_it_is_exactly_the_right_ones(
    right: frozenset[int], chosen: frozenset[int]
) -> None:
    assert is_right(offered(right), sorted(chosen)) is (chosen == right != frozenset())


@given(right=some_options, chosen=some_options, rng=st.randoms())
def test_neither_the_order_nor_the_ids_of_the_options_change_a_mark(
    right: frozenset[int], chosen: frozenset[int], rng: Random
) -> None:
    ids = dict(zip(OPTIONS, rng.sample(range(1000), len(OPTIONS)), strict=True))
    key = offered(right)
    renamed = ChooseKey(
        frozenset(ids[option] for option in key.right),
        frozenset(ids[option] for option in key.wrong),
    )
    shown = rng.sample(sorted(chosen), len(chosen))
    assert explain(key, sorted(chosen)) == explain(renamed, [ids[option] for option in shown])


@given(right=some_options)
def test_choosing_everything_earns_no_more_than_choosing_nothing(right: frozenset[int]) -> None:
    assume(right != frozenset(OPTIONS))
    assert mark(offered(right), list(OPTIONS)) == mark(offered(right), []) == 0


@given(right=some_options, chosen=some_options, option=st.sampled_from(OPTIONS))
def test_choosing_a_right_option_or_dropping_a_wrong_one_never_lowers_a_mark(
    right: frozenset[int], chosen: frozenset[int], option: int
) -> None:
    better = chosen | {option} if option in right else chosen - {option}
    assert mark(offered(right), list(better)) >= mark(offered(right), list(chosen))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([1, 2, 3, 4], 1.0),
        ([4, 1, 2, 3], 2 / 3),
        ([2, 3, 4, 1], 2 / 3),
        ([3, 4, 1, 2], 2 / 3),
        ([1, 3, 2, 4], 0.0),
        ([1, 2, 4, 3], 1 / 3),
        ([4, 3, 2, 1], 0.0),
        ([1, 2, 3], 0.0),
        ([1, 2, 3, 3], 0.0),
        ([1, 2, 3, 5], 0.0),
        ([1, 2, 3, 4, 5], 0.0),
    ],
)
def test_an_order_counts_the_neighbours_that_follow_each_other(
    order: list[int], expected: float
) -> None:
    assert mark(OrderKey((1, 2, 3, 4)), order) == pytest.approx(expected)


def test_a_single_step_is_in_order() -> None:
    assert is_right(OrderKey((7,)), [7])


@given(order=orders)
def test_an_order_is_right_in_that_order_only(order: list[int]) -> None:
    assert is_right(OrderKey((1, 2, 3, 4, 5, 6)), order) is (order == [1, 2, 3, 4, 5, 6])


@given(wanted=orders, order=orders, step=st.integers(1, 5))
def test_moving_a_step_behind_its_neighbour_never_lowers_a_mark(
    wanted: list[int], order: list[int], step: int
) -> None:
    key = OrderKey(tuple(wanted))
    moved = [one for one in order if one != wanted[step]]
    moved.insert(moved.index(wanted[step - 1]) + 1, wanted[step])
    assert mark(key, moved) >= mark(key, order)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"1": 11, "2": 12, "3": 13}, 1.0),
        ({1: 11, "2": 13, 3: 13}, 1.0),
        ({"1": 12, "2": 12, "3": 13}, 2 / 3),
        ({"1": 11}, 1 / 3),
        ({"1": 11, "2": None, "3": ""}, 1 / 3),
        ({"1": 11, "2": "12", "3": True}, 1 / 3),
        ({"1": 12, "2": 11, "3": 11}, 0.0),
        ({"1": 11, "2": 12, "3": 13, "4": 14}, 0.0),
        ({"1": 11, 1: 11, "2": 12}, 0.0),
        ([11, 12, 13], 0.0),
    ],
)
def test_matching_counts_the_premises_that_have_a_right_match(
    response: object, expected: float
) -> None:
    assert mark(MATCHES, response) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"1": "thursday", "2": 21, "3": "fifty"}, 1.0),
        ({1: "thrusday", 2: 21, 3: "£50"}, 1.0),
        ({"1": "friday", "2": 21, "3": "50"}, 2 / 3),
        ({"2": 21}, 1 / 3),
        ({"1": "", "2": 21, "3": None}, 1 / 3),
        ({"1": 21, "2": "21", "3": 50}, 0.0),
        ({"1": "thursday", "2": 21, "3": "50", "4": "more"}, 0.0),
        ("thursday", 0.0),
    ],
)
def test_gaps_count_those_that_are_filled_rightly(response: object, expected: float) -> None:
    assert mark(GAPS, response) == pytest.approx(expected)


@given(
    response=st.dictionaries(st.sampled_from("123"), st.sampled_from([11, 12, 13])),
    premise=st.sampled_from("123"),
)
def test_putting_one_pair_right_never_lowers_a_mark(
    response: dict[str, object], premise: str
) -> None:
    better = {**response, premise: 11 if premise == "1" else 12}
    assert mark(MATCHES, better) >= mark(MATCHES, response)


@given(
    response=st.dictionaries(st.sampled_from("123"), st.sampled_from(["50", "Friday", 21, None])),
    gap=st.sampled_from("123"),
)
def test_putting_one_gap_right_never_lowers_a_mark(response: dict[str, object], gap: str) -> None:
    better = {**response, gap: {"1": "Thursday", "2": 21, "3": "50"}[gap]}
    assert mark(GAPS, better) >= mark(GAPS, response)


@given(parts=st.integers(1, 60))
def test_full_marks_are_exactly_1_however_many_parts_there_are(parts: int) -> None:
    numbers = range(1, parts + 1)
    key = MatchKey({number: frozenset({number}) for number in numbers})
    assert mark(key, {str(number): number for number in numbers}) == 1


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        (THREE_OF_FIVE, [1, 2, 4], Explanation(1 / 6, 2, 3, 1, Rule.RIGHT_MINUS_WRONG)),
        (ChooseKey(frozenset({1}), frozenset({2})), [2], Explanation(0.0, 0, 1, 1)),
        (OrderKey((1, 2, 3)), [3, 1, 2], Explanation(0.5, 1, 2, 1, Rule.NEIGHBOURS)),
        (OrderKey((1, 2)), [2, 1], Explanation(0.0, 0, 1, 1)),
        (MATCHES, {"1": 11, "2": 11}, Explanation(1 / 3, 1, 3, 1, Rule.PAIRS)),
        (GAPS, {"1": "thrusday", "2": 9}, Explanation(1 / 3, 1, 3, 1, Rule.GAPS, slips=1)),
    ],
)
def test_an_explanation_counts_right_and_wrong_parts(
    key: ChooseKey | OrderKey | MatchKey | GapsKey, response: object, expected: Explanation
) -> None:
    assert explain(key, response) == expected
