"""Over-claimed, or kept once and no more; and with which change."""

from datetime import date

import pytest

from customers.since import Kind, Since, Turning, since_of
from customers.verdicts import Verdict
from tests.customers.numbers import P3, P4, P5, months, share

RUN = Turning("PC-014", date(2026, 8, 17))
CALL_BACK = Turning("PC-016", date(2026, 10, 5))
PLANNED = Turning("PC-017", date(2026, 11, 23))
SHORT = Verdict.FALLING_SHORT


def test_a_claim_that_was_kept_before_a_change_and_never_since_changed_with_it() -> None:
    found = since_of(SHORT, share(95), months(P3), [PLANNED, RUN])
    assert found == Since(Kind.CHANGED_SINCE, "PC-014")


def test_a_later_change_is_not_named_where_the_month_before_it_was_short_already() -> None:
    found = since_of(SHORT, share(80), months(P4), [RUN, CALL_BACK])
    assert found.reference == "PC-014"


def test_of_changes_that_fit_the_latest_is_named() -> None:
    earlier = Turning("PC-012", date(2026, 8, 3))
    assert since_of(SHORT, share(95), months(P3), [RUN, earlier]).reference == "PC-014"


@pytest.mark.parametrize("september", [(99, 100), (100, 100)])
def test_a_change_after_which_it_was_kept_is_not_named(september: tuple[int, int]) -> None:
    counted = months(((508, 515), (496, 508), (432, 521), september, (318, 548), (209, 352)))
    found = since_of(SHORT, share(90), counted, [RUN])
    assert found == Since(Kind.USED_TO_BE_TRUE)


def test_a_change_is_not_named_while_no_month_has_begun_since() -> None:
    counted = months(P3)[:3]
    assert since_of(SHORT, share(95), counted, [RUN]).kind is Kind.USED_TO_BE_TRUE


def test_without_a_change_what_was_kept_once_used_to_be_true() -> None:
    assert since_of(SHORT, share(95), months(P3)) == Since(Kind.USED_TO_BE_TRUE)


def test_what_was_kept_in_no_month_was_over_claimed() -> None:
    assert since_of(SHORT, share(99), months(P3), [RUN]) == Since(Kind.OVER_CLAIMED)


def test_months_with_few_are_put_together_to_see_whether_it_was_kept() -> None:
    counted = months(((14, 14), (14, 14), (14, 14), (5, 20), (5, 20)), first=5)
    change = Turning("PC-013", date(2026, 8, 1))
    found = since_of(SHORT, share(80), counted, [change])
    assert found == Since(Kind.CHANGED_SINCE, "PC-013")


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not SHORT])
def test_of_what_does_not_fall_short_nothing_is_said(verdict: Verdict) -> None:
    assert since_of(verdict, share(95), months(P5), [RUN]) == Since()
