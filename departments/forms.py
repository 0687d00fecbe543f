from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from departments.models import Requirement
from departments.reports import Terms
from departments.reports.requirements import MOST_AHEAD, MOST_JOINER_DAYS
from knowledge.models import ModulePage

MOST_BYTES = 1_000_000


class TermsForm(forms.Form):
    """By when, and how long for joiners. `kept` is a day that may stay though it has gone by."""

    due_on = forms.DateField(
        label=_("Ready by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--date"}, format="%Y-%m-%d"),
        help_text=_("People see this day. Leave it empty if there is no day to keep."),
        error_messages={"invalid": _("Write a day that is in the calendar, like 2026-12-04")},
    )
    joiner_days = forms.IntegerField(
        label=_("Days for joiners"),
        min_value=1,
        max_value=MOST_JOINER_DAYS,
        initial=Requirement._meta.get_field("joiner_days").default,  # noqa: SLF001  (Django's own name)
        help_text=_("Whoever has just joined is counted after so many days."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write a number of days from 1 to 1000"),
        ),
    )

    def __init__(self, *args: Any, day: date, kept: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.kept = day, kept

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is None or due_on == self.kept:
            return due_on
        if due_on < self.day:
            raise ValidationError(_("Choose today or a day to come"))
        if due_on > self.day + MOST_AHEAD:
            raise ValidationError(_("Choose a day in the next three years"))
        return due_on

    @property
    def terms(self) -> Terms:
        return Terms(self.cleaned_data["due_on"], self.cleaned_data["joiner_days"])


class RequirementForm(TermsForm):
    """Which module, and on which terms."""

    module = forms.ChoiceField(
        label=_("Module"),
        error_messages={
            "required": _("Choose a module"),
            "invalid_choice": _(
                "This module can’t be asked for here: somebody may have done so meanwhile. "
                "Choose one of the list"
            ),
        },
    )
    field_order = ["module", "due_on", "joiner_days"]

    def __init__(self, *args: Any, modules: Iterable[ModulePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = {module.slug: module for module in modules}
        choices = [(slug, module.title) for slug, module in self.modules.items()]
        self.fields["module"].choices = [("", _("Choose a module")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_module(self) -> ModulePage:
        return self.modules[self.cleaned_data["module"]]


class UploadForm(forms.Form):
    """One small file."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Choose a file"),
            "missing": _("Choose a file"),
            "empty": _("This file is empty. Choose another"),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 1 MB. Choose a smaller one"))
        return file
