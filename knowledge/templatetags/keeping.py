from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from knowledge.models import KeptPage
from knowledge.permissions import may_keep
from knowledge.reports import kept_page, today

register = template.Library()


@register.inclusion_tag("components/kept.html")
def kept(page: KeptPage, user: AbstractBaseUser | AnonymousUser) -> dict[str, Any]:
    """When somebody last looked at a page, and who looks next; nothing before it is published."""
    if not page.first_published_at:
        return {"kept": None}
    found = kept_page(page, on=today())
    return {"kept": found, "may_keep": may_keep(user, page, found.keeper.person)}
