from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.asking import Asked, AskedOption
from quizzes.models import Answer
from quizzes.scoring import parse_number

type Response = list[int] | str | dict[str, int] | dict[str, int | str]
type Options = Mapping[int, AskedOption]


class AnswerForm(forms.Form):
    """One answer with its sureness.

    Options are numbered as this person sees them: their row numbers would tell the order in which
    they were written, and so the key.
    """

    sureness = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=Answer.Sureness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how sure you are")},
    )
    field_order = ["answer", "sureness"]

    def __init__(self, *args: Any, asked: Asked, options: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.options = options
        self.offer()

    def offer(self) -> None:
        """Puts the options into the fields, where the kind has any."""

    @cached_property
    def key(self) -> UUID:
        """Names this form: whatever comes by the same name again is the same answer."""
        return uuid_in(self.data.get("key")) or uuid4()

    @property
    def response(self) -> Response:
        """What is stored and marked: option ids, or words."""
        answer: str = self.cleaned_data["answer"]
        return answer

    def add_parts(self, fields: Mapping[str, forms.Field]) -> None:
        """Gives each part of the question a field, before the sureness."""
        self.fields.update(fields)
        self.order_fields([*fields, "sureness"])


class ChooseOneForm(AnswerForm):
    answer = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )

    def offer(self) -> None:
        self.fields["answer"].choices = numbered(self.options.items())  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def response(self) -> Response:
        return [self.options[self.cleaned_data["answer"]].pk]


class ChooseManyForm(AnswerForm):
    answer = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one answer")},
    )

    def offer(self) -> None:
        self.fields["answer"].choices = numbered(self.options.items())  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def response(self) -> Response:
        return [self.options[number].pk for number in self.cleaned_data["answer"]]


class NumberForm(AnswerForm):
    answer = forms.CharField(
        label=_("Your answer, as a number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": _("Write a number")},
    )

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if parse_number(answer) is None:
            raise forms.ValidationError(_("Write one number in figures, like 12"))
        return answer


class TextForm(AnswerForm):
    answer = forms.CharField(
        label=_("Your answer, in a word or a few"),
        max_length=200,
        error_messages={"required": _("Write an answer")},
    )


class SayForm(AnswerForm):
    answer = forms.CharField(
        label=_("Write what you would say"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your answer first: one sentence is enough")},
    )


class OwnMarkForm(forms.Form):
    """What the person says of her own words, beside the model."""

    mark = forms.TypedChoiceField(
        label=_("How close were you?"),
        choices=[("yes", _("I said that, in my own words")), ("no", _("Not quite yet"))],
        coerce=lambda mark: mark == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two")},
    )


def numbered(options: Iterable[tuple[int, AskedOption]]) -> list[tuple[int, str]]:
    return [(number, option.text) for number, option in options]


def uuid_in(sent: object) -> UUID | None:
    try:
        return UUID(str(sent))
    except ValueError:
        return None
