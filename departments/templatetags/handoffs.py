"""What waits between departments, on pages of other rooms."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AbstractBaseUser

from departments.reports.handoffs import (
    NeedLine,
    RatingLine,
    led_departments,
    open_needs,
    ratings_to_reply,
)
from quizzes.days import organisation_today

register = template.Library()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What others wait for, from the departments that somebody leads."""

    needs: tuple[NeedLine, ...] = ()
    ratings: tuple[RatingLine, ...] = ()


@register.simple_tag
def handoffs_waiting(person: AbstractBaseUser) -> Waiting:
    """Three queries for a head."""
    on = organisation_today()
    led = led_departments(person, on=on)
    if not led:
        return Waiting()
    needs = open_needs(led, on=on)
    return Waiting(
        needs=tuple(line for line in needs if line.waits_for_us),
        ratings=tuple(ratings_to_reply(led, on=on)),
    )


@register.simple_tag
def needs_of(department: int) -> list[NeedLine]:
    """What is open between a department and others; one query."""
    return open_needs([department], on=organisation_today())
