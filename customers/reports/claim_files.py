"""The file of a promise: every version of its claims, and what the evidence said at that date.

Whoever asks years later what was claimed, and whether it was true then, finds both here. For each
claim of each version the verdict is told twice: by the readings that were entered by then, which is
what could be known; and by those that count today, which is how it was. Both speak only of days up
to that date. Readings that were corrected stay in the list, with the moment of their correction.
No name of anybody is in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from customers.models import Measure, Reading
from customers.reports.evidence import tally_of
from customers.reports.histories import measures_of
from customers.verdicts import Counted, Judgement, Terms, by_month, judge, months_judged, together
from knowledge.models import Claim, PromisePage, PromiseVersion
from knowledge.reports.promise_versions import claim_words
from knowledge.terms import ClaimTerms
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class ClaimThen:
    """One claim of one version, from the day it went live to its last one; the newest has none."""

    version: int
    key: str
    sentence: str
    claim: str
    reason: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on a claim, as it was at a date: by what was known then, or is known today."""

    version: int
    key: str
    claim: str
    as_at: date
    is_as_known_then: bool
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ClaimFile:
    promise: PromisePage
    claims: tuple[ClaimThen, ...]
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]


def claim_file(promise: PromisePage, *, at: datetime) -> ClaimFile:
    """Three queries."""
    versions = list(PromiseVersion.objects.filter(promise=promise).order_by("number"))
    measures = measures_of(promise)
    judging = {measure.claim.key: measure for measure in measures if measure.claim}
    readings = list(
        Reading.objects.filter(measure__in=measures)
        .select_related("measure")
        .order_by("measure__name", "starts_on", "source", "entered_at", "pk")
    )
    claims: list[ClaimThen] = []
    findings: list[Finding] = []
    for version, following in pairwise([*versions, None]):
        if version is None:
            break
        end = following.at if following else None
        claims += _claims(version, end)
        findings += _findings(version, end or at, judging, readings)
    return ClaimFile(promise, tuple(claims), tuple(findings), tuple(readings))


def _claims(version: PromiseVersion, end: datetime | None) -> Iterator[ClaimThen]:
    for terms in version.terms.claims:
        yield ClaimThen(
            version=version.number,
            key=terms.key,
            sentence=version.sentence,
            claim=claim_words(terms),
            reason=version.reason,
            starts_on=organisation_day(version.at),
            ends_on=organisation_day(end) if end else None,
        )


def _findings(
    version: PromiseVersion,
    end: datetime,
    judging: Mapping[str, Measure],
    readings: Sequence[Reading],
) -> Iterator[Finding]:
    """When it went live, and when the next one did; of the newest, now."""
    for terms in version.terms.claims:
        measure = judging.get(terms.key)
        own = [each for each in readings if measure and each.measure_id == measure.pk]
        for moment in (version.at, end):
            for is_as_known_then in (True, False):
                known = _known(own, moment if is_as_known_then else None)
                as_at = organisation_day(moment)
                yield Finding(
                    version=version.number,
                    key=terms.key,
                    claim=claim_words(terms),
                    as_at=as_at,
                    is_as_known_then=is_as_known_then,
                    judgement=judgement_at(judged_terms(terms), known, as_at),
                )


def judged_terms(terms: ClaimTerms) -> Terms:
    return Terms(
        target=float(terms.target),
        is_at_least=terms.comparator == Claim.Comparator.AT_LEAST,
        is_share=terms.statistic == Claim.Statistic.SHARE,
    )


def _known(readings: Iterable[Reading], moment: datetime | None) -> Iterator[Reading]:
    """Those that counted at a moment; without one, those that count today."""
    for reading in readings:
        replaced_at = reading.replaced_at
        if moment is None:
            if replaced_at is None:
                yield reading
        elif reading.entered_at <= moment and (replaced_at is None or replaced_at > moment):
            yield reading


def judgement_at(terms: Terms, readings: Iterable[Reading], day: date) -> Judgement:
    """By readings whose days were over by then."""
    counted = [
        Counted(reading.starts_on, reading.ends_on, (tally,))
        for reading in readings
        for tally in [tally_of(reading)]
        if reading.ends_on <= day and together(terms, [tally])
    ]
    judged = months_judged(by_month(counted))
    return judge(terms, (tally for each in judged for tally in each.tallies))
