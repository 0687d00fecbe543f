"""What a promise says of itself: its versions, and the way to lower what it claims."""

from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

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


def lowerable_claims(page: PromisePage, user: AnyUser) -> list[Claim]:
    if not (page.live and may_publish(user, page)):
        return []
    claims: list[Claim] = [claim for claim in page.claims.all() if claim.pk]
    return claims
