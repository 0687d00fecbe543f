"""What a head writes about needs and hand-offs, for her department."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from departments.actions.handoffs import Agreed
from departments.handoffs import LEAST_POINTS, MOST_POINTS
from departments.models import Department, HandoffRating, Need
from knowledge.models import PromisePage

POINTS_WORDS = {
    1: _("1 – hardly ever"),
    2: _("2 – sometimes"),
    3: _("3 – half of the time"),
    4: _("4 – mostly"),
    5: _("5 – always"),
}


def column_of(model: type[Need | HandoffRating], name: str) -> Any:
    return model._meta.get_field(name)  # noqa: SLF001  (Django's own name)


def text_field(model: type[Need | HandoffRating], name: str, missing: Any) -> forms.CharField:
    column = column_of(model, name)
    return forms.CharField(
        label=column.verbose_name,
        max_length=column.max_length,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing} if missing else {},
    )


class OfAnotherForm(forms.Form):
    """Names another department and, if it is about one, a promise."""

    supplier = forms.ChoiceField(
        label=_("Department"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a department")),
    )
    promise = forms.ChoiceField(
        label=_("Promise"),
        required=False,
        error_messages={"invalid_choice": _("Choose a promise of the list, or none")},
    )

    def __init__(
        self,
        *args: Any,
        departments: Iterable[Department],
        promises: Iterable[PromisePage],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.departments = {str(department.pk): department for department in departments}
        self.promises = {promise.slug: promise for promise in promises}
        names = [(key, department.name) for key, department in self.departments.items()]
        titles = [(slug, promise.title) for slug, promise in self.promises.items()]
        self.fields["supplier"].choices = [("", _("Choose a department")), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["promise"].choices = [("", _("None in particular")), *titles]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def of_another(self) -> dict[str, Any]:
        return {
            "supplier": self.departments[self.cleaned_data["supplier"]],
            "promise": self.promises.get(self.cleaned_data["promise"]),
        }


class NeedForm(OfAnotherForm):
    text = text_field(Need, "text", _("Write what you need"))
    why = text_field(Need, "why", None)

    @property
    def wanted(self) -> dict[str, Any]:
        texts = {"text": self.cleaned_data["text"], "why": self.cleaned_data["why"]}
        return self.of_another | texts


class AnswerForm(forms.Form):
    """Says "we do this", or "not yet", which needs its reason."""

    state = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Need.State.ACCEPTED, Need.State.ACCEPTED.label),
            (Need.State.NOT_YET, Need.State.NOT_YET.label),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an answer")),
    )
    reply = text_field(Need, "reply", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == Need.State.NOT_YET and not cleaned.get("reply"):
            self.add_error("reply", ValidationError(_("Say why, and what would change it")))
        return cleaned


def points_field(question: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question,
        coerce=int,
        choices=[(points, POINTS_WORDS[points]) for points in range(LEAST_POINTS, MOST_POINTS + 1)],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            format_lazy(_("{question} Choose one of the five"), question=question),
        ),
    )


class RatingForm(OfAnotherForm):
    """What a team agreed on, sitting together."""

    complete = points_field(_("Was it complete?"))
    on_time = points_field(_("Was it on time?"))
    clear = points_field(_("Was it clear?"))
    sentence = text_field(HandoffRating, "sentence", _("Write one sentence: what do you need?"))
    people = forms.IntegerField(
        label=_("How many of you agreed"),
        min_value=2,
        max_value=1000,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write how many people agreed: a team’s rating is of two at least"),
        ),
    )

    @property
    def agreed(self) -> dict[str, Any]:
        names = ("complete", "on_time", "clear", "sentence", "people")
        return self.of_another | {
            "agreed": Agreed(**{name: self.cleaned_data[name] for name in names})
        }


class ReplyForm(forms.Form):
    reply = text_field(HandoffRating, "reply", _("Write your reply"))
