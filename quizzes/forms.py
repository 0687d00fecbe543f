from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Answer, Option, Question
from quizzes.scoring import parse_number

type Response = list[int] | str


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

    def __init__(self, *args: Any, options: Mapping[int, Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        self.offer(options)

    def offer(self, options: Mapping[int, Option]) -> None:
        """Puts the options into the fields, where the kind has any."""

    @property
    def response(self) -> Response:
        """What is stored and marked: option ids, or words."""
        answer: str = self.cleaned_data["answer"]
        return answer


class ChooseOneForm(AnswerForm):
    answer = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )

    def offer(self, options: Mapping[int, Option]) -> None:
        self.fields["answer"].choices = numbered(options)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def response(self) -> Response:
        return [self.options[self.cleaned_data["answer"]].pk]


class ChooseManyForm(AnswerForm):
    answer = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one answer")},
    )

    def offer(self, options: Mapping[int, Option]) -> None:
        self.fields["answer"].choices = numbered(options)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def response(self) -> Response:
        return [self.options[number].pk for number in self.cleaned_data["answer"]]


class NumberForm(AnswerForm):
    answer = forms.CharField(
        label=_("Your answer, as a number"),
        max_length=40,
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


class OrderForm(AnswerForm):
    """One select per step: no dragging, and no script."""

    def offer(self, options: Mapping[int, Option]) -> None:
        places = [("", _("Choose")), *((number, number) for number in range(1, len(options) + 1))]
        for number, option in options.items():
            self.fields[f"place_{number}"] = forms.TypedChoiceField(
                label=option.text,
                coerce=int,
                choices=places,
                error_messages={"required": _("Give every step a place")},
            )
        self.order_fields([*self.place_names, "sureness"])

    @property
    def place_names(self) -> list[str]:
        return [f"place_{number}" for number in self.options]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.place_names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given: list[int] = [cleaned[name] for name in self.place_names if name in cleaned]
        if len(given) == len(self.options) and len(set(given)) < len(given):
            taken = next(place for place in given if given.count(place) > 1)
            message = _("Two steps have place %(place)s. Give each step its own.")
            self.add_error(self.place_names[given.index(taken)], message % {"place": taken})
        return cleaned

    @property
    def response(self) -> Response:
        in_order = sorted(
            zip(self.place_names, self.options.values(), strict=True),
            key=lambda placed: self.cleaned_data[placed[0]],
        )
        return [option.pk for _name, option in in_order]


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


FORM_FOR_KIND: dict[str, type[AnswerForm]] = {
    Question.Kind.ONE: ChooseOneForm,
    Question.Kind.SCENARIO: ChooseOneForm,
    Question.Kind.REASON: ChooseOneForm,
    Question.Kind.MANY: ChooseManyForm,
    Question.Kind.NUMBER: NumberForm,
    Question.Kind.TEXT: TextForm,
    Question.Kind.ORDER: OrderForm,
    Question.Kind.SAY: SayForm,
}


def numbered(options: Mapping[int, Option]) -> list[tuple[int, str]]:
    return [(number, option.text) for number, option in options.items()]


def answer_form(
    question: Question, options: Mapping[int, Option], data: Any | None = None
) -> AnswerForm:
    return FORM_FOR_KIND[question.kind](data, options=options)
