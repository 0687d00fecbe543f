from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.calibration import (
    Foretold,
    Verdict,
    brier_score,
    buckets,
    calibration,
    gap,
    stretched,
    suggested_stretch,
)
from quizzes.memory import Trace, recall

TODAY = date(2026, 11, 20)

recalls = st.floats(0, 1)
stretches = st.floats(0.5, 4)
foretold = st.lists(st.builds(Foretold, recalls, st.booleans()), max_size=60)


def answers(expected: float, *, right: int, of: int) -> list[Foretold]:
    return [Foretold(expected, number < right) for number in range(of)]


@given(found=foretold)
def test_every_answer_stands_in_the_one_bucket_of_its_recall(found: list[Foretold]) -> None:
    ten = buckets(found)
    assert [bucket.floor for bucket in ten] == [place / 10 for place in range(10)]
    assert sum(bucket.n for bucket in ten) == len(found)
    for bucket in ten:
        assert bucket.expected is None or bucket.floor <= bucket.expected + 1e-9
        assert bucket.expected is None or bucket.expected <= bucket.floor + 0.1 + 1e-9


@pytest.mark.parametrize(("expected", "floor"), [(0, 0), (0.3, 0.3), (0.7, 0.7), (1, 0.9)])
def test_a_recall_on_the_line_belongs_to_the_bucket_above_and_1_to_the_last(
    expected: float, floor: float
) -> None:
    assert [one.floor for one in buckets([Foretold(expected, right=True)]) if one.n] == [floor]


def test_a_bucket_tells_what_was_expected_and_what_came() -> None:
    bucket = buckets(answers(0.82, right=6, of=10) + answers(0.88, right=9, of=10))[8]
    assert bucket.expected == pytest.approx(0.85)
    assert bucket.right == 0.75


@pytest.mark.parametrize(("count", "is_thin"), [(0, True), (19, True), (20, False)])
def test_a_bucket_of_few_answers_is_thin(count: int, *, is_thin: bool) -> None:
    assert buckets(answers(0.5, right=0, of=count))[5].is_thin is is_thin


def test_the_brier_score_is_the_mean_squared_miss() -> None:
    found = [Foretold(0.9, right=True), Foretold(0.8, right=False), Foretold(0.5, right=True)]
    assert brier_score(found) == pytest.approx((0.01 + 0.64 + 0.25) / 3)


@given(found=foretold)
def test_the_brier_score_lies_between_a_seers_and_a_fools(found: list[Foretold]) -> None:
    score = brier_score(found)
    assert (score is None) == (not found)
    assert score is None or 0 <= score <= 1


def test_a_tossed_coin_scores_a_quarter() -> None:
    assert brier_score(answers(0.5, right=3, of=10)) == pytest.approx(0.25)


@given(days=st.integers(1, 400), stability=st.floats(0.5, 300), stretch=stretches)
def test_stretching_is_what_a_longer_stability_does(
    days: int, stability: float, stretch: float
) -> None:
    asked = TODAY + timedelta(days=days)
    before, longer = (Trace(days_kept, 5, TODAY) for days_kept in (stability, stability * stretch))
    assert stretched(recall(before, asked), stretch) == pytest.approx(recall(longer, asked))


@given(expected=recalls)
def test_a_stretch_of_one_changes_nothing(expected: float) -> None:
    assert stretched(expected, 1) == pytest.approx(expected)


@given(expected=recalls, one=stretches, other=stretches)
def test_stretches_multiply(expected: float, one: float, other: float) -> None:
    twice = stretched(stretched(expected, one), other)
    assert twice == pytest.approx(stretched(expected, one * other))


@given(expected=st.tuples(recalls, recalls), stretch=st.tuples(stretches, stretches))
def test_recall_grows_with_the_stretch_and_keeps_its_order(
    expected: tuple[float, float], stretch: tuple[float, float]
) -> None:
    less, more = sorted(expected)
    shorter, longer = sorted(stretch)
    assert 0 <= stretched(less, shorter) <= stretched(less, longer) + 1e-12 <= 1 + 1e-12
    assert stretched(less, shorter) <= stretched(more, shorter) + 1e-12


@pytest.mark.parametrize(
    ("right", "of", "verdict"),
    [
        (199, 199, Verdict.TOO_FEW),
        (170, 200, Verdict.GOOD),
        (150, 200, Verdict.GOOD),
        (171, 200, Verdict.TOO_SHORT),
        (149, 200, Verdict.TOO_LONG),
    ],
)
def test_a_stretch_is_suggested_for_more_than_five_points_at_200_answers(
    right: int, of: int, verdict: Verdict
) -> None:
    found = calibration(answers(0.8, right=right, of=of))
    assert found.verdict == verdict
    assert (found.stretch is not None) == (verdict in {Verdict.TOO_SHORT, Verdict.TOO_LONG})


@pytest.mark.parametrize("truth", [0.52, 0.55, 2, 3, 3.9])
def test_the_suggestion_finds_the_stretch_that_people_remember_by(truth: float) -> None:
    found: list[Foretold] = []
    for expected in (0.4, 0.6, 0.7, 0.75, 0.8):
        found += answers(expected, right=round(stretched(expected, truth) * 500), of=500)
    assert suggested_stretch(found) == pytest.approx(truth, rel=0.02)


@pytest.mark.parametrize(("right", "expected"), [(0, 0.5), (200, 4)])
def test_a_suggestion_is_cut_to_its_bounds(right: int, expected: float) -> None:
    assert suggested_stretch(answers(0.7, right=right, of=200)) == expected


@given(expected=st.lists(recalls, min_size=5, max_size=5), right=st.integers(0, 200))
def test_a_suggestion_stays_in_bounds_and_never_widens_the_gap(
    expected: list[float], right: int
) -> None:
    found = [Foretold(expected[number % 5], number < right) for number in range(200)]
    suggested, before = suggested_stretch(found), gap(found)
    if suggested is not None and before is not None:
        assert 0.5 <= suggested <= 4
        assert (suggested > 1) == (before > 0)
        after = right / 200 - fmean(stretched(one.expected, suggested) for one in found)
        assert abs(after) <= abs(before) / 100 + 1e-9


def test_without_answers_there_is_nothing_to_tell() -> None:
    found = calibration([])
    assert (found.n, found.brier, found.gap, found.stretch) == (0, None, None, None)
    assert found.verdict == Verdict.TOO_FEW
