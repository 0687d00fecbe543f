"""From one day to another: what memberships, headships and exemptions have in common."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.readiness import Period
from quizzes.days import organisation_today

__all__ = ["ends_after_start", "holds_on", "not_over", "organisation_today", "overlapping"]


def holds_on(on: date) -> models.Q:
    """Rows with `starts_on` and `ends_on` (inclusive) that hold on a day."""
    return models.Q(starts_on__lte=on) & not_over(on)


def not_over(on: date | None) -> models.Q:
    """Rows with `ends_on` (inclusive) that hold on a day, or will hold after it."""
    return models.Q(ends_on=None) | models.Q(ends_on__gte=on)


def overlapping(days: Period) -> models.Q:
    """Rows with `starts_on` and `ends_on` that hold on any of the days."""
    return models.Q(starts_on__lte=days.ends_on) & not_over(days.starts_on)


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last day can't be before the first."),
    )
