"""Verdicts, gaps and diagnoses in words, never more exactly than they are known."""

from datetime import date

import pytest

from customers.diagnosis import Level, diagnose
from customers.since import Kind, Since
from customers.verdicts import Judgement, Tally, Terms, Verdict, judge
from customers.wording import (
    as_at_words,
    change_words,
    delivered_words,
    diagnosis_words,
    gap_words,
    likely_words,
    verdict_words,
)
from tests.customers.numbers import mean, share

CHANGED = Since(Kind.CHANGED_SINCE, "PC-014")


def of(terms: Terms, k: int, n: int) -> Judgement:
    return judge(terms, [Tally(n=n, k=k)])


@pytest.mark.parametrize(
    ("judgement", "since", "words"),
    [
        (of(share(95), 853, 1_434), CHANGED, "Falling short – changed since PC-014"),
        (
            of(share(95), 853, 1_434),
            Since(Kind.OVER_CLAIMED),
            "Falling short – over-claimed: not kept in any month",
        ),
        (of(share(80), 23_886, 30_120), Since(), "Falling short – just short"),
        (of(share(90), 61, 70), Since(), "Too close to call: about 300 would settle it"),
        (of(share(90), 90, 100), Since(), "Too close to call: exactly as claimed so far"),
        (of(share(90), 12, 14), Since(), "Too few to say: 14 so far; ask 30 or more"),
        (of(share(92), 1_541, 1_640), Since(), "Kept"),
        (judge(share(92), []), Since(), "Unproven"),
    ],
)
def test_a_verdict_is_told_in_one_line(judgement: Judgement, since: Since, words: str) -> None:
    assert verdict_words(judgement, since) == words


def test_a_mean_that_should_be_low_is_told_as_worse_by_per_cent_of_the_claim() -> None:
    found = judge(mean(6, at_most=True), [Tally(n=100, mean=7.8, deviation=2)])
    assert gap_words(found, "minutes") == (
        "6.0 minutes claimed, 7.8 delivered: 30% worse than claimed"
    )
    assert gap_words(found, "£") == "£6.00 claimed, £7.80 delivered: 30% worse than claimed"


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (
            of(share(95), 853, 1_434),
            "95% claimed, 59% delivered: 36 points (37%) worse than claimed",
        ),
        (
            of(share(92), 1_541, 1_640),
            "92% claimed, 94.0% delivered: 2.0 points (2%) better than claimed",
        ),
        (of(share(90), 61, 70), "90% claimed, 87% delivered so far"),
        (of(share(90), 12, 14), "90% claimed, 86% delivered so far"),
        (of(share(50), 500, 1_000), "50% claimed, 50% delivered"),
        (judge(share(90), []), ""),
    ],
)
def test_a_gap_is_told_only_where_it_is_sure(judgement: Judgement, words: str) -> None:
    assert gap_words(judgement, "%") == words


def test_what_falls_short_never_looks_like_what_is_claimed() -> None:
    found = of(share(95), 94_960_000, 100_000_000)
    assert found.verdict is Verdict.FALLING_SHORT
    assert delivered_words(found, "%") == "94.96%"


@pytest.mark.parametrize(
    ("k", "n", "words"), [(853, 1_434, "57 to 62%"), (1_541, 1_640, "92.9 to 94.9%")]
)
def test_a_decimal_is_told_only_where_the_ends_are_close(k: int, n: int, words: str) -> None:
    assert likely_words(of(share(95), k, n), "%") == words


def test_a_diagnosis_says_what_is_not_known() -> None:
    words = diagnosis_words(diagnose(Level.HIGH, Level.UNKNOWN, Verdict.FALLING_SHORT))
    assert words[0] == "Customers don’t get what we say."
    assert words[-1] == "Too few have said yet whether they believe it."
    assert len(diagnosis_words(diagnose(Level.HIGH, Level.LOW, Verdict.KEPT))) == 2


@pytest.mark.parametrize(
    ("title", "told"), [("Weekly refund run", "weekly refund run"), ("NPS call", "NPS call")]
)
def test_a_change_is_told_with_its_day(title: str, told: str) -> None:
    words = change_words("PC-014", title, date(2026, 8, 17))
    assert words == f"17\u00a0August: PC-014, {told}"


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    assert as_at_words(date(2026, 11, 20)) == "As at 20\u00a0November"
    assert as_at_words(date(2025, 10, 2), is_stale=True) == "Last reading 2\u00a0October 2025"
