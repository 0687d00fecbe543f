from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def day_field(label: Any, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    """A day that is chosen from the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day"),
            "invalid": gettext_lazy("Write a day that is in the calendar, like 2026-12-04"),
        },
        **kwargs,
    )


def check_ahead(day: date, *, today: date, most: timedelta) -> None:
    if day < today:
        raise ValidationError(_("Choose today or a day to come"))
    if day > today + most:
        raise ValidationError(_("Choose a day in the next three years"))
