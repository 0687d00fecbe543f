from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.forms.days import day_field
from strategy.actions.overrides import Wish
from strategy.models import Override

AGREES, REFUSES = "agrees", "refuses"
USUALLY = timedelta(days=14)
LATEST = timedelta(days=366)


def words_field(name: str, label: Any, missing: Any) -> forms.CharField:
    column: Any = Override._meta.get_field(name)  # noqa: SLF001  (Django's own name)
    return forms.CharField(
        label=label,
        help_text=column.help_text,
        max_length=column.max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class OverrideForm(forms.Form):
    """Why a campaign has to launch anyway, and who is the second person."""

    reason = words_field("reason", gettext_lazy("Why now?"), gettext_lazy("Say why it can't wait"))
    tells_customers = words_field(
        "tells_customers",
        gettext_lazy("What will we tell customers?"),
        gettext_lazy("Say what customers will be told when it isn't kept"),
    )
    review_on = day_field(gettext_lazy("Review on"), required=True)
    second = forms.ChoiceField(
        label=gettext_lazy("Second person"),
        error_messages={
            "required": gettext_lazy("Choose who looks at it with you"),
            "invalid_choice": gettext_lazy("Choose somebody of the list"),
        },
    )

    def __init__(
        self, *args: Any, people: Iterable[AbstractBaseUser], launches_on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        self._launches_on = launches_on
        choices = [("", _("Choose someone")), *((pk, str(p)) for pk, p in self._people.items())]
        second: Any = self.fields["second"]
        second.choices = choices
        second.widget.attrs["class"] = "input--s"
        self.initial.setdefault("review_on", launches_on + USUALLY)

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= self._launches_on:
            raise ValidationError(_("Choose a day after the launch"))
        if day > self._launches_on + LATEST:
            raise ValidationError(_("Choose a day within a year of the launch"))
        return day

    @property
    def wish(self) -> Wish:
        names = ("reason", "tells_customers", "review_on")
        return Wish(**{name: self.cleaned_data[name] for name in names})

    @property
    def second_person(self) -> AbstractBaseUser:
        return self._people[self.cleaned_data["second"]]


class AnswerForm(forms.Form):
    """Whether the second person agrees; if not, why not."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you agree?"),
        choices=[
            (AGREES, gettext_lazy("Yes, launch anyway")),
            (REFUSES, gettext_lazy("No, it should wait")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no")},
    )
    because = forms.CharField(
        label=gettext_lazy("If not, why?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # What the gate said on the page that is answered.
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == REFUSES and not cleaned.get("because"):
            self.add_error("because", _("Say why it should wait: everybody reads it"))
        return cleaned


class ReviewForm(forms.Form):
    """How it went, in a sentence or two."""

    review = words_field("review", gettext_lazy("How did it go?"), gettext_lazy("Say how it went"))
