from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.forms.days import day_field

MOST_DAYS_AHEAD = timedelta(days=366)


class WhatIfForm(forms.Form):
    """Another launch day, asked for in the address, so that it can be sent to a colleague."""

    on = day_field(gettext_lazy("Launch on"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + MOST_DAYS_AHEAD).isoformat(),
        }

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day < self._today:
            raise ValidationError(_("Choose today or a day to come"))
        if day and day > self._today + MOST_DAYS_AHEAD:
            raise ValidationError(_("Choose a day within a year from today"))
        return day

    @property
    def day(self) -> date | None:
        """None where nothing was asked, or nothing that makes sense."""
        return self.cleaned_data.get("on") if self.is_valid() else None
