"""What changed along a promise's thread, and what that asks of its owner."""

from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context

from customers.models import ChangeQuestion
from customers.reports.changes import Mark, marks_along, questions_for
from knowledge.models import PromisePage
from quizzes.days import organisation_today

register = template.Library()


@register.inclusion_tag("components/process_changes.html", takes_context=True)
def process_changes(context: Context, promise: PromisePage) -> dict[str, Any]:
    """The timeline of a promise, with what waits for the reader's answer; four queries."""
    on = organisation_today()
    marks = marks_along(promise, on=on)
    person = context["request"].user
    return {
        "marks": marks,
        "waiting": _waiting(marks, promise, person),
        "slug": promise.slug,
    }


def _waiting(
    marks: list[Mark], promise: PromisePage, person: AbstractBaseUser
) -> list[ChangeQuestion]:
    """Open questions for the promise's keeper; they cost a query only where there is one."""
    if not any(mark.question and not mark.question.answer for mark in marks):
        return []
    asked = questions_for(person, on=organisation_today())
    return [question for question in asked if question.promise_id == promise.pk]


@register.simple_tag
def change_questions_waiting(person: AbstractBaseUser) -> list[ChangeQuestion]:
    """What process changes ask of somebody; one query, more only for an owner's follower."""
    return list(questions_for(person, on=organisation_today()))
