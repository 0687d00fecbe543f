"""Evidence as rows: what counts, how old it is, and how many queries it takes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Measure, Reading
from customers.reports import Evidence, evidence_of, evidence_of_one
from customers.since import Kind, Since
from customers.verdicts import Verdict
from knowledge.models import Claim, PromisePage
from tests.conftest import NOW
from tests.customers.numbers import P3, P5
from tests.customers.rows import counted, figures, promise_with
from tests.factories import (
    TODAY,
    MeasureFactory,
    PersonFactory,
    ProcessChangeFactory,
    PromiseFactory,
    ReadingFactory,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_the_story_of_fair_refund_is_told_by_its_rows() -> None:
    promise = promise_with(P3)
    run = ProcessChangeFactory(reference="PC-014", promises=[promise])
    evidence = evidence_of_one(promise, on=TODAY)
    (found,) = evidence.claims
    assert (found.judgement.k, found.judgement.n) == (853, 1_434)
    assert evidence.verdict is Verdict.FALLING_SHORT
    assert found.since == Since(Kind.CHANGED_SINCE, "PC-014")
    assert (found.first_on, found.last_on) == (date(2026, 9, 1), date(2026, 11, 20))
    assert [month.month.month for month in found.months] == [6, 7, 8, 9, 10, 11]
    assert [month.is_part for month in found.months] == [False] * 5 + [True]
    assert found.changes == (run,)


def test_a_reading_that_was_corrected_counts_no_more() -> None:
    promise = promise_with(P3)
    Reading.objects.filter(starts_on=date(2026, 11, 1)).update(replaced_at=NOW)
    measure = Measure.objects.get()
    ReadingFactory(measure=measure, starts_on=date(2026, 11, 1), k=352, n=352)
    assert evidence_of_one(promise, on=TODAY).claims[0].months[-1].judgement.k == 352


def test_readings_of_two_sources_are_put_together() -> None:
    promise = promise_with(P5, target=90)
    ReadingFactory(
        measure=Measure.objects.get(), starts_on=date(2026, 11, 2), source="Visits", k=3, n=3
    )
    found = evidence_of_one(promise, on=TODAY).claims[0]
    assert (found.judgement.k, found.judgement.n) == (64, 73)
    assert len(found.months) == 6


def test_readings_that_begin_after_the_asked_day_are_not_known_yet() -> None:
    promise = promise_with(P3)
    found = evidence_of_one(promise, on=date(2026, 8, 31)).claims[0]
    assert found.last_on == date(2026, 8, 31)
    assert found.months[-1].judgement.k == 432


def test_evidence_goes_stale_and_its_verdict_stays() -> None:
    promise = promise_with(P3)
    last_on = date(2026, 11, 20)
    fresh, stale = (
        evidence_of_one(promise, on=last_on + timedelta(days=days)) for days in (45, 46)
    )
    assert not fresh.is_stale
    assert stale.is_stale
    assert stale.verdict is Verdict.FALLING_SHORT
    assert stale.last_on == last_on


@pytest.mark.parametrize("with_measure", [False, True])
def test_a_claim_without_measure_or_reading_is_unproven(with_measure: bool) -> None:
    promise = promise_with()
    if with_measure:
        MeasureFactory(claim=promise.claims.get())
    evidence = evidence_of_one(promise, on=TODAY)
    assert evidence.verdict is Verdict.UNPROVEN
    assert not evidence.is_stale
    assert evidence.last_on is None


def test_a_promise_without_a_claim_is_unproven() -> None:
    assert evidence_of_one(PromiseFactory(claims=[]), on=TODAY).verdict is Verdict.UNPROVEN


def test_a_single_figure_judges_no_claim() -> None:
    promise = promise_with()
    figures(MeasureFactory(claim=promise.claims.get()), [97.0, 98.0])
    found = evidence_of_one(promise, on=TODAY).claims[0]
    assert (found.judgement.verdict, found.months) == (Verdict.UNPROVEN, ())


def test_a_mean_that_should_be_low_is_judged_by_its_rows() -> None:
    promise = promise_with(
        target=6, comparator=Claim.Comparator.AT_MOST, unit="minutes", statistic="mean"
    )
    measure = MeasureFactory(claim=promise.claims.get())
    ReadingFactory(measure=measure, n=100, mean=Decimal("7.8"), deviation=Decimal(2))
    judgement = evidence_of_one(promise, on=TODAY).claims[0].judgement
    assert judgement.verdict is Verdict.FALLING_SHORT
    assert judgement.gap_per_cent == pytest.approx(30)


def test_a_promise_is_told_by_the_worst_of_its_claims() -> None:
    kept, missed = (Claim(target=Decimal(target), measure="of it") for target in (50, 99))
    promise = PromiseFactory(claims=[kept, missed])
    for claim in promise.claims.all():
        counted(MeasureFactory(claim=claim), P3[:2])
    evidence = evidence_of_one(promise, on=TODAY)
    assert [found.verdict for found in evidence.claims] == [
        Verdict.KEPT,
        Verdict.FALLING_SHORT,
    ]
    assert evidence.worst is evidence.claims[1]


def test_a_change_of_the_measure_is_a_change_of_its_claim_until_it_is_dropped() -> None:
    promise = promise_with(P3)
    measure = Measure.objects.get()
    change = ProcessChangeFactory(measures=[measure], promises=[promise])
    ProcessChangeFactory(measures=[measure], dropped_at=NOW)
    ProcessChangeFactory()
    assert evidence_of_one(promise, on=TODAY).claims[0].changes == (change,)


def test_more_promises_and_readings_take_no_more_queries() -> None:
    def add() -> None:
        promise = promise_with(P3)
        Measure.objects.filter(promise=promise).update(owner=PersonFactory())
        ProcessChangeFactory(promises=[promise])

    def asked() -> int:
        promises = list(PromisePage.objects.all())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            told(evidence_of(promises, on=TODAY))
        return len(queries)

    add()
    before = asked()
    for _more in range(3):
        add()
    promise_with()
    assert asked() == before


def told(found: dict[int, Evidence]) -> list[Any]:
    """All that pages say of it."""
    return [
        (
            evidence.verdict,
            claim.measure and claim.measure.owner,
            claim.changes,
            claim.claim.sentence,
        )
        for evidence in found.values()
        for claim in evidence.claims
    ]
