"""From one day to another: what memberships, headships and exemptions have in common."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.days import organisation_today

__all__ = ["ends_after_start", "holds_on", "organisation_today"]


def holds_on(on: date) -> models.Q:
    """Rows with `starts_on` and `ends_on` (inclusive) that hold on a day."""
    return models.Q(starts_on__lte=on) & (models.Q(ends_on=None) | models.Q(ends_on__gte=on))


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last day can't be before the first."),
    )
