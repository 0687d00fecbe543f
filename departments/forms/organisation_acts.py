"""What the forms of the organisation have in common: each is one act, done when it is confirmed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import Department, Membership
from departments.reports.directory import people_called
from knowledge.spelling import MOST_QUERY_LETTERS

MOST_BACK = timedelta(days=366 * 60)
MOST_AHEAD = timedelta(days=366 * 3)


class ActForm(forms.Form):
    """One act. `day` is the organisation's present day.

    `act` raises `Refused` where it can't be so. `counts_on` is the first day on which it holds.
    """

    heading: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    told: ClassVar[str | Promise] = gettext_lazy("Saved.")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        raise NotImplementedError

    @property
    def counts_on(self) -> date:
        return self.day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and not self._is_near(value):
                self.add_error(name, _("Choose a day in the next three years, or an earlier one"))
        return cleaned

    def _is_near(self, value: date) -> bool:
        return self.day - MOST_BACK <= value <= self.day + MOST_AHEAD


class DepartmentField(forms.ChoiceField):
    """One of the open departments, told by its way down from the top."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), gettext_lazy("Choose a department of the list")
            ),
        )

    def offer(self, choices: Iterable[tuple[str, str]], *, but: int | None = None) -> None:
        offered = [(key, name) for key, name in choices if key != str(but)]
        self.choices = [("", _("Choose a department")), *offered]

    def clean(self, value: Any) -> Department:
        key = super().clean(value)
        found: Department | None = Department.objects.filter(pk=key).first()
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"])
        return found


class PersonField(forms.CharField):
    """A colleague, by her whole name or her address; `people` are those whom it may be."""

    people: QuerySet[Any]

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Who"),
            help_text=gettext_lazy("Her whole name, or her work e-mail."),
            max_length=MOST_QUERY_LETTERS,
            error_messages={"required": gettext_lazy("Write a name or a work e-mail")},
        )

    def clean(self, value: Any) -> AbstractBaseUser:
        found = people_called(super().clean(value), self.people)
        if not found:
            raise ValidationError(
                _("Nobody is called so here. Write her whole name, or her work e-mail")
            )
        if len(found) > 1:
            raise ValidationError(_("Several people are called so. Write her work e-mail"))
        return found[0]


def title_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Job title"),
        required=False,
        max_length=Membership.title.field.max_length,
        error_messages={"max_length": gettext_lazy("Write no more than 120 letters")},
    )


def level_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=Membership.Level.choices,
        initial=Membership.Level.STAFF,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a level of the list")
        ),
    )


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("It stands in the log, beside your name. You may leave it empty."),
        error_messages={"max_length": gettext_lazy("Write no more than 400 letters")},
    )
