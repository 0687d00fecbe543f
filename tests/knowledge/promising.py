"""A promise of one claim that was published, as tests write its history."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from knowledge.models import Claim, PromisePage
from knowledge.reports import claim_terms
from knowledge.terms import ClaimTerms
from tests.factories import PromiseFactory

MEASURE = "refunds arrive within 3 working days"


def published(*, target: int = 95, **told: Any) -> PromisePage:
    claim = Claim(key="in-three-days", target=Decimal(target), measure=MEASURE)
    page: PromisePage = PromiseFactory(title="Fair Refund", claims=[claim], **told)
    page.save_revision().publish()
    stored: PromisePage = PromisePage.objects.get(pk=page.pk)
    return stored


def claim_of(page: PromisePage) -> Claim:
    claim: Claim = Claim.objects.get(promise=page)
    return claim


def said(page: PromisePage, **terms: Any) -> ClaimTerms:
    """What its claim says, but for these terms."""
    return replace(claim_terms(claim_of(page)), **terms)


def republish(page: PromisePage, *, claim: dict[str, Any] | None = None, **words: Any) -> None:
    """Writes a draft with these words, and lets it go out."""
    draft: Any = PromisePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    claims = list(draft.claims.all())
    for name, value in (claim or {}).items():
        setattr(claims[0], name, value)
    draft.claims = claims
    draft.save_revision().publish()
