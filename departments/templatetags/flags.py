"""Flags on the pages of other rooms."""

from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser

from departments.reports.flags import flags_told, flags_waiting_for
from knowledge.models import PromisePage
from quizzes.days import organisation_today

register = template.Library()

LEADING = ("is_superuser", "is_head", "is_editor")


@register.inclusion_tag("components/flags.html", takes_context=True)
def flags(context: Any, page: PromisePage, person: AbstractBaseUser) -> dict[str, Any]:
    """A promise's open flags in short; two queries. In a preview nobody raises one."""
    is_shown = page.live and not getattr(context.get("request"), "is_preview", False)
    return {
        "told": flags_told(page, on=organisation_today()) if is_shown else None,
        "slug": page.slug,
        "is_primary": not any(getattr(person, role, False) for role in LEADING),
    }


@register.inclusion_tag("components/flags_waiting.html")
def flags_waiting(person: AbstractBaseUser) -> dict[str, Any]:
    """One query, for heads two; a third where an owner has left."""
    return {"waiting": flags_waiting_for(person, on=organisation_today())}
