from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser

from departments.reports.pulse import Month, months_told
from departments.reports.pulse_question import question_for
from departments.reports.pulse_told import (
    Row,
    by_promise,
    month_name,
    rows_of,
    words_of,
)
from knowledge.models import PromisePage
from quizzes.days import organisation_today

register = template.Library()


@register.inclusion_tag("components/believe.html")
def believe(promise: PromisePage) -> dict[str, Any]:
    """What colleagues said when they were asked about a promise; three queries."""
    found = by_promise(months_told(on=organisation_today(), promise=promise))
    told = [month for month in found[0].months if month.total] if found else []
    return {
        "asked": found[0] if found else None,
        "newest": told[0] if told else None,
        "first": told[-1] if len(told) > 1 else None,
        "slug": promise.slug,
    }


@register.inclusion_tag("components/pulse_line.html")
def pulse_line(person: AbstractBaseUser) -> dict[str, Any]:
    """One quiet line while she can still answer this month's question; one to five queries."""
    question = question_for(person, on=organisation_today())
    return {"question": question if question and question.is_waiting else None}


@register.filter
def rows_told(month: Month) -> list[Row]:
    return rows_of(month)


@register.filter
def in_words(month: Month) -> str:
    """ "18 of 47 said yes", or why there is no number."""
    return words_of(month.total)


@register.filter
def month_in_words(month: Month) -> str:
    return month_name(month)
