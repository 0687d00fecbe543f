"""Verdicts: the demo's six promises, the thresholds, and what has to hold for any numbers."""

from dataclasses import replace
from datetime import date, timedelta
from math import comb, isclose, sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from customers.intervals import of_share, share_settled_at
from customers.verdicts import (
    Judgement,
    Tally,
    Terms,
    Verdict,
    by_month,
    is_stale,
    judge,
    months_judged,
    worst,
)
from tests.customers import numbers
from tests.customers.numbers import mean, month, months, share

KEPT, SHORT, CLOSE = Verdict.KEPT, Verdict.FALLING_SHORT, Verdict.TOO_CLOSE


def of(terms: Terms, k: int, n: int) -> Judgement:
    return judge(terms, [Tally(n=n, k=k)])


@pytest.mark.parametrize(
    ("target", "counts", "k", "verdict", "low", "high"),
    [
        (92, numbers.P1, 1_541, KEPT, 92.9, 94.9),
        (99, numbers.P2, 249_020, KEPT, 99.5, 99.6),
        (95, numbers.P3, 853, SHORT, 57.3, 61.6),
        (80, numbers.P4, 23_886, SHORT, 78.9, 79.7),
        (90, numbers.P5, 61, CLOSE, 79.2, 92.4),
        (90, [(12, 14)], 12, Verdict.TOO_FEW, 64.7, 95.2),
    ],
    ids=["P1", "P2", "P3", "P4", "P5", "P6"],
)
def test_a_promise_of_the_story_is_judged_by_its_newest_three_months(
    target: float,
    counts: list[tuple[int, int]],
    k: int,
    verdict: Verdict,
    low: float,
    high: float,
) -> None:
    judged = months_judged(months(counts))
    found = judge(share(target), [tally for each in judged for tally in each.tallies])
    assert (found.k, found.verdict) == (k, verdict)
    assert found.low == pytest.approx(low, abs=0.05)
    assert found.high == pytest.approx(high, abs=0.05)


def test_seven_tenths_of_a_point_short_is_just_short() -> None:
    found = of(share(80), 23_886, 30_120)
    assert found.is_just_short
    assert found.gap == pytest.approx(-0.7, abs=0.01)


def test_about_three_hundred_tests_would_settle_what_is_too_close_to_call() -> None:
    assert of(share(90), 61, 70).settles_at == 300


@pytest.mark.parametrize(
    ("k", "n", "verdict"),
    [
        (29, 29, Verdict.TOO_FEW),
        (30, 30, KEPT),
        (0, 29, Verdict.TOO_FEW),
        (0, 30, SHORT),
        # Of 200 the claim of 90 % is held by the intervals of 174 to 186.
        (173, 200, SHORT),
        (174, 200, CLOSE),
        (186, 200, CLOSE),
        (187, 200, KEPT),
    ],
)
def test_a_verdict_turns_at_its_very_number(k: int, n: int, verdict: Verdict) -> None:
    assert of(share(90), k, n).verdict is verdict
    mirrored = of(share(10, at_most=True), n - k, n)
    assert mirrored.verdict is verdict


@pytest.mark.parametrize(
    ("terms", "k", "is_just"),
    [
        (share(92), 902_000, True),
        (share(92), 900_001, True),
        (share(92), 900_000, False),
        (share(8, at_most=True), 99_999, True),
        (share(8, at_most=True), 100_000, False),
    ],
)
def test_just_short_ends_at_two_points(terms: Terms, k: int, is_just: bool) -> None:
    found = of(terms, k, 1_000_000)
    assert found.verdict is SHORT
    assert found.is_just_short is is_just


@pytest.mark.parametrize(("measured", "is_just"), [(6.11, True), (6.12, False), (5.0, False)])
def test_a_mean_is_just_short_within_two_per_cent_of_the_claim(
    measured: float, is_just: bool
) -> None:
    found = judge(mean(6, at_most=True), [Tally(n=900, mean=measured, deviation=0.3)])
    assert found.is_just_short is is_just


def test_six_claimed_and_7_8_delivered_is_thirty_per_cent_worse() -> None:
    found = judge(mean(6, at_most=True), [Tally(n=100, mean=7.8, deviation=1)])
    assert found.verdict is SHORT
    assert found.is_worse
    assert found.gap == pytest.approx(1.8)
    assert found.gap_per_cent == pytest.approx(30)


def test_the_same_figure_is_better_where_more_is_wanted() -> None:
    found = judge(mean(6), [Tally(n=100, mean=7.8, deviation=1)])
    assert (found.verdict, found.is_worse) == (KEPT, False)


def test_what_was_not_counted_is_unproven() -> None:
    assert judge(share(90), []).verdict is Verdict.UNPROVEN
    assert of(share(90), 0, 0).verdict is Verdict.UNPROVEN


def test_what_does_not_fit_the_claim_is_left_out() -> None:
    without_deviation, a_mean = Tally(n=500, mean=4.0), Tally(n=500, mean=4.0, deviation=1)
    assert judge(mean(3), [without_deviation]).verdict is Verdict.UNPROVEN
    assert judge(share(3), [a_mean]).verdict is Verdict.UNPROVEN
    assert judge(mean(3), [without_deviation, a_mean]).n == 500


shares = st.integers(30, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
targets = st.integers(1, 999).map(lambda tenths: tenths / 10)


@given(counted=shares, target=targets)
def test_at_most_is_at_least_turned_round(counted: tuple[int, int], target: float) -> None:
    k, n = counted
    one, other = of(share(target), k, n), of(share(100 - target, at_most=True), n - k, n)
    assert one.verdict is other.verdict
    assert (one.is_just_short, one.is_worse) == (other.is_just_short, other.is_worse)
    assert (one.low or 0) + (other.high or 0) == pytest.approx(100)


@given(counted=shares, target=targets)
def test_one_more_that_is_right_never_makes_a_verdict_worse(
    counted: tuple[int, int], target: float
) -> None:
    k, n = counted
    assume(k < n)
    order = (SHORT, CLOSE, KEPT)
    before, after = of(share(target), k, n), of(share(target), k + 1, n)
    assert order.index(before.verdict) <= order.index(after.verdict)


@given(counted=shares)
def test_an_interval_holds_its_share_and_stays_between_none_and_all(
    counted: tuple[int, int],
) -> None:
    k, n = counted
    low, high = of_share(k, n)
    assert 0 <= low <= 100 * k / n <= high <= 100


@given(counted=shares, target=targets)
def test_the_number_that_settles_it_does(counted: tuple[int, int], target: float) -> None:
    k, n = counted
    found = of(share(target), k, n)
    assume(found.verdict is CLOSE and found.settles_at)
    enough = found.settles_at or 0
    low, high = of_share(enough * k / n, enough)
    assert enough >= n
    assert not low + 1e-9 < target < high - 1e-9
    tenth_less = int(0.85 * enough)
    assume(tenth_less >= n)
    low, high = of_share(tenth_less * k / n, tenth_less)
    assert low < target < high


@pytest.mark.parametrize("target", [50, 80, 90, 95, 99])
def test_luck_alone_rarely_makes_a_verdict(target: int) -> None:
    """The true share is exactly what is claimed: how often is it called kept, or missed?"""
    wrong = [chances(n, target) for n in range(30, 200)]
    assert max(chance for both in wrong for chance in both) < 1 / 7
    assert fmean(chance for both in wrong for chance in both) < 1 / 18


def chances(n: int, target: int) -> tuple[float, float]:
    chance = target / 100
    found: dict[Verdict, float] = {KEPT: 0, SHORT: 0, CLOSE: 0}
    for k in range(n + 1):
        found[of(share(target), k, n).verdict] += comb(n, k) * chance**k * (1 - chance) ** (n - k)
    return found[KEPT], found[SHORT]


def test_nothing_settles_a_share_that_is_exactly_as_claimed() -> None:
    assert share_settled_at(90, 90) is None
    assert of(share(90), 90, 100).settles_at is None


@given(values=st.lists(st.lists(st.integers(0, 60), min_size=2, max_size=8), min_size=1))
def test_months_of_means_are_put_together_as_if_measured_at_once(values: list[list[int]]) -> None:
    parts = [Tally(n=len(some), mean=fmean(some), deviation=stdev(some)) for some in values]
    everything = [value for some in values for value in some]
    found = judge(mean(1), parts)
    assert found.n == len(everything)
    assert found.delivered == pytest.approx(fmean(everything))
    reach = 1.6449 * stdev(everything) / sqrt(len(everything))
    assert isclose((found.high or 0) - (found.low or 0), 2 * reach, abs_tol=1e-6)


@given(values=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=9))
def test_it_makes_no_difference_in_which_parts_a_share_was_counted(
    values: list[tuple[int, int]],
) -> None:
    parts = [Tally(n=more + k, k=k) for k, more in values]
    k, n = sum(part.k or 0 for part in parts), sum(part.n for part in parts)
    assert judge(share(50), parts) == of(share(50), k, n)


def test_only_three_calendar_months_are_judged() -> None:
    counted = (month(6), month(9), month(11))
    assert [each.starts_on.month for each in months_judged(counted)] == [9, 11]
    assert months_judged(()) == ()


def test_what_was_counted_in_one_month_stands_together() -> None:
    first, second = month(9, Tally(n=1, k=1)), month(9, Tally(n=2, k=1))
    late = replace(first, starts_on=date(2026, 9, 21), ends_on=date(2026, 10, 4))
    (found,) = by_month([late, second])
    assert (found.starts_on, found.ends_on) == (date(2026, 9, 1), date(2026, 10, 4))
    assert found.tallies == (Tally(n=2, k=1), Tally(n=1, k=1))
    assert not found.is_part


def test_a_month_is_part_until_its_last_day_is_counted() -> None:
    assert month(11).is_part
    assert not replace(month(11), ends_on=date(2026, 11, 30)).is_part


def test_evidence_is_stale_after_45_days() -> None:
    last_on = date(2026, 10, 2)
    assert not is_stale(last_on, on=last_on + timedelta(days=45))
    assert is_stale(last_on, on=last_on + timedelta(days=46))
    assert not is_stale(None, on=last_on)


def test_a_promise_is_as_good_as_the_worst_of_its_claims() -> None:
    order = [SHORT, Verdict.UNPROVEN, Verdict.TOO_FEW, CLOSE, KEPT]
    for place, verdict in enumerate(order):
        assert worst(order[place:][::-1]) is verdict
    assert worst([]) is Verdict.UNPROVEN
