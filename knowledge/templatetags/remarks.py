from typing import Any

from django import template

from knowledge.models import BriefPage, LessonPage
from knowledge.reports import ask_address

register = template.Library()


@register.simple_tag
def ask_url(page: BriefPage | LessonPage, about: Any = "") -> str:
    """Where a colleague asks about a page, or about one fact, block or line of it."""
    return ask_address(page, about=str(about or ""))
