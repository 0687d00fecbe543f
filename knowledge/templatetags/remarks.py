from typing import Any

from django import template

from knowledge.models import BriefPage, LessonPage
from knowledge.reports import ask_address

register = template.Library()


@register.simple_tag(takes_context=True)
def ask_url(context: Any, page: BriefPage | LessonPage, about: Any = "") -> str:
    """Where a colleague asks about a page, or about one fact, block or line of it; in a preview
    nobody asks."""
    if getattr(context.get("request"), "is_preview", False):
        return ""
    return ask_address(page, about=str(about or ""))
