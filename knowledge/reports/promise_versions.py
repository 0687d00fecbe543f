"""Which promise is made now, which ones were made before, and what was different."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.db import models

from knowledge.models import Claim, PromisePage, PromiseVersion
from knowledge.reports.versions import organisation_date
from knowledge.terms import ClaimTerms, Move, PromiseTerms, TermsChange, claim_changes, plain


@dataclass(frozen=True, slots=True)
class ToldChange:
    """How one claim, or the sentence itself, was told before and is told from then on.

    Where nothing but the target moved, `was_target` and `now_target` say it shortly.
    """

    was: str
    now: str
    move: Move = Move.CHANGED
    measure: str = ""
    was_target: str = ""
    now_target: str = ""
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """One version of a promise, and what it changed."""

    number: int
    on: date
    reason: str
    author: str
    changes: tuple[ToldChange, ...]


def terms_of(promise: PromisePage) -> PromiseTerms:
    """What a live page or a draft promises."""
    claims: models.Manager[Claim] = promise.claims
    return PromiseTerms(promise.sentence, tuple(map(claim_terms, claims.all())))


def claim_terms(claim: Claim) -> ClaimTerms:
    return ClaimTerms(
        key=claim.key,
        comparator=claim.comparator,
        target=claim.target,
        unit=claim.unit,
        measure=claim.measure,
        statistic=claim.statistic,
        condition=claim.condition,
    )


def current_promise_version(promise: PromisePage) -> PromiseVersion | None:
    """The newest that went out; none of a promise that was never published. One query."""
    return PromiseVersion.objects.filter(promise_id=promise.pk).newest_first().first()


def current_promise_versions(promises: Iterable[PromisePage]) -> dict[int, PromiseVersion]:
    """The newest of each promise, by the promise's key; one query."""
    newest = PromiseVersion.objects.filter(promise=models.OuterRef("promise")).newest_first()
    found = PromiseVersion.objects.filter(
        promise__in=[promise.pk for promise in promises],
        number=models.Subquery(newest.values("number")[:1]),
    )
    return {version.promise_id: version for version in found}


def promise_versions(promise: PromisePage) -> list[ToldVersion]:
    """All versions of a promise, the newest first; one query."""
    rows = PromiseVersion.objects.filter(promise_id=promise.pk).newest_first()
    following = pairwise([*rows.select_related("author"), None])
    return [_told(version, before) for version, before in following if version]


def told_changes(was: PromiseTerms, now: PromiseTerms) -> list[ToldChange]:
    sentence = [ToldChange(was.sentence, now.sentence, is_sentence=True)]
    is_same_sentence = plain(was.sentence) == plain(now.sentence)
    changes = claim_changes(was.claims, now.claims)
    return [*([] if is_same_sentence else sentence), *map(told_change, changes)]


def told_change(change: TermsChange) -> ToldChange:
    was, now = change.was, change.now
    told = ToldChange(
        was=claim_words(was) if was else "", now=claim_words(now) if now else "", move=change.move
    )
    if was is None or now is None or change.move is Move.CHANGED:
        return told
    return replace(
        told,
        measure=now.measure,
        was_target=_worded(was).target_words,
        now_target=_worded(now).target_words,
    )


def claim_words(terms: ClaimTerms) -> str:
    """The claim as its page says it, with its condition."""
    return " – ".join(filter(None, (_worded(terms).sentence, terms.condition)))


def _worded(terms: ClaimTerms) -> Claim:
    return Claim(
        comparator=terms.comparator, target=terms.target, unit=terms.unit, measure=terms.measure
    )


def _told(version: PromiseVersion, before: PromiseVersion | None) -> ToldVersion:
    return ToldVersion(
        number=version.number,
        on=organisation_date(version.at),
        reason=version.reason,
        author=str(version.author or ""),
        changes=tuple(told_changes(before.terms, version.terms)) if before else (),
    )
