from collections import defaultdict
from collections.abc import Mapping
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.items import (
    Advice,
    Figures,
    Given,
    OptionUse,
    advice,
    discrimination,
    efficiency,
    facility,
    figures,
    rests,
)
from tests import second_opinion
from tests.second_opinion import Opinion, opinions

ITEM = [1.0, 1, 1, 0, 1, 0, 0, 0]
REST = [9.0, 8, 7, 7, 5, 4, 6, 2]

marks_of_four = st.integers(0, 4).map(lambda quarters: quarters / 4)
pairs = st.lists(st.tuples(marks_of_four, marks_of_four), min_size=2, max_size=25)

type Pairs = list[tuple[float, float]]
type Sitting = dict[int, float]


def apart(found: Pairs) -> tuple[list[float], list[float]]:
    return [mark for mark, _rest in found], [rest for _mark, rest in found]


def answers(
    right: int, wrong: int, *, better: float = 0.5, sure: int = 0, chosen: int = 2
) -> list[Given]:
    """Whoever was right had about that much more of the rest right; `sure` of the wrong are."""
    knowing = [Given(1, 0.5 + better * (i % 3) / 2, sure=True, chosen=(1,)) for i in range(right)]
    others = [Given(0, 0.5, sure=i < sure, chosen=(chosen,)) for i in range(wrong)]
    return knowing + others


def test_the_published_vector_comes_out() -> None:
    assert facility(ITEM) == 0.5
    assert discrimination(ITEM, REST) == pytest.approx(58.93, abs=0.005)
    assert efficiency(ITEM, REST) == pytest.approx(71.43, abs=0.005)


@pytest.mark.parametrize(("item", "rest"), [([1, 1, 1], [0.1, 0.5, 1]), ([0, 1], [0.1, 0.1])])
def test_without_variance_nothing_discriminates(item: list[float], rest: list[float]) -> None:
    assert discrimination(item, rest) is None
    assert efficiency(item, rest) is None


def test_marks_that_differ_by_a_last_bit_are_equal() -> None:
    assert discrimination([0.3, 0.1 + 0.2, 0.3], [0.2, 0.9, 0.4]) is None


@given(found=pairs)
def test_discrimination_stays_within_its_bounds_and_nearer_to_none_than_efficiency(
    found: Pairs,
) -> None:
    discriminated, efficient = discrimination(*apart(found)), efficiency(*apart(found))
    assert (discriminated is None) == (efficient is None)
    if discriminated is not None and efficient is not None:
        assert -100 <= discriminated <= 100
        assert efficient <= 100
        assert abs(efficient) >= abs(discriminated) - 1e-6


@given(found=pairs, rng=st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_no_figure(found: Pairs, rng: Random) -> None:
    shuffled = rng.sample(found, len(found))
    assert discrimination(*apart(shuffled)) == discrimination(*apart(found))
    assert efficiency(*apart(shuffled)) == efficiency(*apart(found))


@given(found=pairs, factor=st.sampled_from([0.5, 3, 20]), more=st.sampled_from([-2, 0, 7]))
def test_the_scale_of_the_rest_changes_no_figure(found: Pairs, factor: float, more: float) -> None:
    item, rest = apart(found)
    scaled = [factor * mark + more for mark in rest]
    assert discrimination(item, scaled) == pytest.approx(discrimination(item, rest), abs=1e-6)
    assert efficiency(item, scaled) == pytest.approx(efficiency(item, rest), abs=1e-6)


@given(found=pairs)
def test_a_key_turned_round_turns_discrimination_round(found: Pairs) -> None:
    item, rest = apart(found)
    before, after = discrimination(item, rest), discrimination([1 - mark for mark in item], rest)
    assert after == (None if before is None else pytest.approx(-before, abs=1e-6))


@given(found=st.lists(st.tuples(marks_of_four, marks_of_four), min_size=2, max_size=5))
def test_no_order_of_the_marks_is_more_efficient_than_the_sorted_one(found: Pairs) -> None:
    item, rest = apart(found)
    possible = [efficiency(list(order), rest) for order in permutations(item)]
    if possible[0] is not None:
        assert max(one for one in possible if one is not None) == 100


def test_the_rest_is_the_mean_of_the_others() -> None:
    assert rests([1, 0, 0.5]) == [0.25, 0.75, 0.5]


def test_a_sitting_of_one_question_has_no_rest() -> None:
    assert rests([1]) == [None]


def test_an_answer_without_a_rest_counts_for_facility_alone() -> None:
    without = [Given(0, None, sure=False) for _number in range(5)]
    found, before = figures(answers(15, 10) + without), figures(answers(15, 10))
    assert found.facility == 0.5
    assert found.discrimination == before.discrimination


def test_below_the_minimum_only_their_number_is_told() -> None:
    found = figures(answers(10, 9), options=[1, 2], right={1})
    assert found == Figures(19)
    assert advice(found) == (Advice.TOO_FEW,)


def test_the_use_of_each_option_counts_people() -> None:
    found = figures(
        [*answers(20, 4), Given(0, 0.5, sure=False, chosen=(1, 3))], options=[3, 1, 2], right={1}
    )
    assert found.uses == (
        OptionUse(3, 1, is_right=False),
        OptionUse(1, 21, is_right=True),
        OptionUse(2, 4, is_right=False),
    )


@pytest.mark.parametrize(
    ("given_answers", "expected"),
    [
        (answers(15, 10), (Advice.FINE,)),
        (answers(15, 10, better=-0.5), (Advice.CHECK_KEY,)),
        (answers(19, 6, sure=3), (Advice.FINE,)),
        (answers(14, 6, sure=3), (Advice.SURE_AND_WRONG,)),
        (answers(5, 20), (Advice.FINE,)),
        (answers(4, 21), (Advice.VERY_HARD,)),
        (answers(4, 21, better=-0.5, sure=9), tuple(Advice)[1:4]),
        (answers(0, 21), (Advice.VERY_HARD,)),
        (answers(15, 5, better=0), (Advice.FINE,)),
    ],
)
def test_advice_names_all_that_is_wrong(
    given_answers: list[Given], expected: tuple[Advice, ...]
) -> None:
    assert advice(figures(given_answers)) == expected


@pytest.mark.parametrize(
    ("right", "expected"), [(17, (Advice.WEAK,)), (18, (Advice.FINE,)), (20, (Advice.FINE,))]
)
def test_an_easy_question_is_not_called_weak(right: int, expected: tuple[Advice, ...]) -> None:
    level = [Given(float(i < right), 0.75 - i % 2 / 4, sure=False) for i in range(20)]
    assert advice(figures(level)) == expected


@pytest.mark.parametrize(("picks", "expected"), [(8, ()), (9, (3, 4))])
def test_a_wrong_option_is_unused_only_where_others_were_chosen_often(
    picks: int, expected: tuple[int, ...]
) -> None:
    found = figures(answers(20, picks), options=[1, 2, 3, 4], right={1})
    assert found.unused == expected
    assert (Advice.UNUSED in advice(found)) == bool(expected)


def random_sittings(rng: Random) -> list[Sitting]:
    """People who know more or less, asked one to six of eight questions, with partial credit."""
    return [_sitting(rng, rng.random()) for _person in range(rng.randint(4, 16))]


def _sitting(rng: Random, knows: float) -> Sitting:
    drawn = rng.sample(range(8), rng.randint(1, 6))
    return {
        version: 1.0 if rng.random() < knows else rng.choice([0, 0, 0.25, 1 / 3, 0.7])
        for version in drawn
    }


def by_the_rule(sittings: list[Sitting]) -> dict[str, Opinion]:
    asked: dict[int, list[tuple[float, float | None]]] = defaultdict(list)
    for sitting in sittings:
        for version, rest in zip(sitting, rests(list(sitting.values())), strict=True):
            asked[version].append((sitting[version], rest))
    return {str(version): _opinion(found) for version, found in asked.items()}


def _opinion(found: list[tuple[float, float | None]]) -> Opinion:
    share = facility([mark for mark, _rest in found])
    assert share is not None
    beside = apart([(mark, rest) for mark, rest in found if rest is not None])
    return Opinion(share, discrimination(*beside), efficiency(*beside))


def rows_of(sittings: list[Sitting]) -> list[Mapping[str, str | int | float]]:
    return [
        {"attempt": attempt, "version": version, "mark": mark}
        for attempt, sitting in enumerate(sittings)
        for version, mark in sitting.items()
    ]


@pytest.mark.once
def test_a_second_opinion_on_200_sets_of_raw_answers_agrees_to_the_fourth_decimal() -> None:
    rng = Random(59)
    for _set in range(200):
        sittings = random_sittings(rng)
        ours, theirs = by_the_rule(sittings), opinions(rows_of(sittings))
        assert ours.keys() == theirs.keys()
        for version, opinion in theirs.items():
            for figure, other in zip(ours[version], opinion, strict=True):
                assert figure == (None if other is None else pytest.approx(other, abs=0.00005))


def test_the_second_opinion_reads_a_table_of_answers(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path_factory.mktemp("answers") / "answers.csv"
    lines = ["attempt,version,mark"]
    for attempt, (mark, rest) in enumerate(zip(ITEM, REST, strict=True)):
        lines += [f"{attempt},q1,{mark}", f"{attempt},q2,{rest}"]
    table.write_text("\n".join(lines), encoding="utf-8")

    second_opinion._main(str(table))

    assert "q1,0.5000,58.9256,71.4286" in capsys.readouterr().out
