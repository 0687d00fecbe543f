"""What a promise says of itself: its versions, and the way to lower what it claims."""

from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse

from knowledge.models import Claim, PromisePage
from knowledge.permissions import may_publish
from knowledge.reports import promise_versions

register = template.Library()

type AnyUser = AbstractBaseUser | AnonymousUser


@register.inclusion_tag("components/promise_version.html")
def promise_version(page: PromisePage, user: AnyUser) -> dict[str, Any]:
    """Which version is made since when, and what it changed; one query."""
    versions = promise_versions(page)
    return {
        "promise": page,
        "newest": versions[0] if versions else None,
        "earlier": versions[1:],
        "lowerable": lowerable_claims(page, user),
    }


@register.simple_tag
def lower_claim_url(page: PromisePage, user: AnyUser, claim: Claim | None = None) -> str:
    """Where a claim can be lowered, the first where none is named; nowhere for all others."""
    claims = lowerable_claims(page, user)
    chosen = claim if claim in claims else next(iter(claims), None)
    return reverse("knowledge:claim-lower", args=[page.slug, chosen.key]) if chosen else ""


def lowerable_claims(page: PromisePage, user: AnyUser) -> list[Claim]:
    if not (page.live and may_publish(user, page)):
        return []
    claims: list[Claim] = [claim for claim in page.claims.all() if claim.pk]
    return claims
