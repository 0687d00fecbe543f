from typing import Any

from django import template

from quizzes.models import CorrectionNotice
from quizzes.reports.corrections import notices_for

register = template.Library()


@register.simple_tag
def unseen_corrections(person: Any) -> list[CorrectionNotice]:
    """What was put right for her and she hasn't confirmed to have read; one query."""
    return notices_for(person, is_unseen=True)


@register.simple_tag
def all_corrections(person: Any) -> list[CorrectionNotice]:
    return notices_for(person)
