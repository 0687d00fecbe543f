"""What is known of whether promises are kept: their claims' readings, and the verdict on them.

Every page, file and gate asks here, so that a promise has one verdict. What counts are the readings
that weren't corrected since. Readings of several sources for the same time are put together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from customers.models import Measure, ProcessChange, Reading
from customers.reports.marks import Marks, marks_of
from customers.since import NO_CHANGE, Since, Turning, since_of
from customers.verdicts import (
    WORST_FIRST,
    Counted,
    Judgement,
    Tally,
    Terms,
    Verdict,
    by_month,
    is_stale,
    judge,
    months_judged,
    together,
)
from knowledge.models import Claim, PromisePage


@dataclass(frozen=True, slots=True)
class MonthEvidence:
    """What one calendar month showed. `is_part`: it goes on after `ends_on`."""

    starts_on: date
    ends_on: date
    is_part: bool
    judgement: Judgement

    @property
    def month(self) -> date:
        return self.starts_on.replace(day=1)


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A claim and the verdict on it; `months` are all that are known, the oldest first.

    `judgement` is on what was counted from `first_on` to `last_on`, three calendar months at the
    most. `changes` are those of how departments work that have to do with it, the oldest first,
    planned ones too.
    """

    claim: Claim
    measure: Measure | None
    judgement: Judgement
    months: tuple[MonthEvidence, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    is_stale: bool = False
    since: Since = NO_CHANGE
    changes: tuple[ProcessChange, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a promise. It is only as good as the worst of its claims."""

    promise: PromisePage
    claims: tuple[ClaimEvidence, ...] = ()

    @property
    def worst(self) -> ClaimEvidence | None:
        """Of claims with the same verdict, the one whose evidence is stale, then the first."""
        ranked = sorted(
            self.claims, key=lambda each: (WORST_FIRST.index(each.verdict), not each.is_stale)
        )
        return ranked[0] if ranked else None

    @property
    def verdict(self) -> Verdict:
        return self.worst.verdict if self.worst else Verdict.UNPROVEN

    @property
    def is_stale(self) -> bool:
        """Whether the evidence of any claim is."""
        return any(each.is_stale for each in self.claims)

    @property
    def last_on(self) -> date | None:
        """The day to which all claims have evidence that have any."""
        return min((each.last_on for each in self.claims if each.last_on), default=None)


def evidence_of(promises: Collection[PromisePage], *, on: date) -> dict[int, Evidence]:
    """By the promises' pk; four queries, however many promises, claims and readings there are."""
    claims = _claims(promises)
    measures = [measure for claim in claims if (measure := measure_of(claim))]
    readings = readings_of(measures, on=on)
    marks = marks_of([promise.pk for promise in promises], [measure.pk for measure in measures])
    found: dict[int, list[ClaimEvidence]] = defaultdict(list)
    for claim in claims:
        found[claim.promise_id].append(_evidence(claim, readings, marks, on))
    return {promise.pk: Evidence(promise, tuple(found[promise.pk])) for promise in promises}


def evidence_of_one(promise: PromisePage, *, on: date) -> Evidence:
    return evidence_of([promise], on=on)[promise.pk]


def measure_of(claim: Claim) -> Measure | None:
    """What judges a claim; no query where it was asked for together with the claim."""
    measure: Measure | None = getattr(claim, "measured_by", None)
    return measure


def terms_of(claim: Claim) -> Terms:
    return Terms(
        target=float(claim.target),
        is_at_least=claim.comparator == Claim.Comparator.AT_LEAST,
        is_share=claim.statistic == Claim.Statistic.SHARE,
    )


def readings_of(measures: Iterable[Measure], *, on: date) -> dict[int, list[Reading]]:
    """By the measures' pk, the oldest first; one query."""
    readings = Reading.objects.current().filter(measure__in=list(measures), starts_on__lte=on)
    found: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings.order_by("starts_on", "ends_on", "pk"):
        found[reading.measure_id].append(reading)
    return found


def tally_of(reading: Reading) -> Tally:
    return Tally(
        n=reading.n or 0,
        k=reading.k,
        mean=None if reading.mean is None else float(reading.mean),
        deviation=None if reading.deviation is None else float(reading.deviation),
    )


def _claims(promises: Collection[PromisePage]) -> Sequence[Claim]:
    claims = Claim.objects.filter(promise__in=[promise.pk for promise in promises])
    return list(claims.select_related("measured_by__owner").order_by("sort_order", "pk"))


def _evidence(
    claim: Claim, readings: Mapping[int, list[Reading]], marks: Marks, on: date
) -> ClaimEvidence:
    measure = measure_of(claim)
    terms = terms_of(claim)
    if measure is None:
        return ClaimEvidence(claim, None, judge(terms, ()))
    months = by_month(_counted(terms, readings.get(measure.pk, ())))
    judged = months_judged(months)
    judgement = judge(terms, (tally for each in judged for tally in each.tallies))
    changes = marks.of(claim.promise_id, measure.pk)
    turnings = [Turning(change.reference, change.happens_on) for change in changes]
    last_on = max((each.ends_on for each in months), default=None)
    return ClaimEvidence(
        claim=claim,
        measure=measure,
        judgement=judgement,
        months=tuple(_month(terms, each) for each in months),
        first_on=judged[0].starts_on if judged else None,
        last_on=last_on,
        is_stale=is_stale(last_on, on=on),
        since=since_of(judgement.verdict, terms, months, turnings),
        changes=changes,
    )


def _counted(terms: Terms, readings: Iterable[Reading]) -> Iterable[Counted]:
    """What fits the claim: a single figure says nothing of a share."""
    for reading in readings:
        tally = tally_of(reading)
        if together(terms, [tally]):
            yield Counted(reading.starts_on, reading.ends_on, (tally,))


def _month(terms: Terms, counted: Counted) -> MonthEvidence:
    return MonthEvidence(
        counted.starts_on, counted.ends_on, counted.is_part, judge(terms, counted.tallies)
    )
