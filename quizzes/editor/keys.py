"""What is right, as a form: one for every kind of question that can be marked by another key."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.asking import Asked, AskedOption, Kind, gaps_of
from quizzes.models.parts import LONGEST_OPTION
from quizzes.models.questions import MOST_SLIPS

REASON = forms.CharField(
    label=gettext_lazy("What was wrong with it"),
    help_text=gettext_lazy("In one or two sentences. Everybody whom it concerns reads them."),
    max_length=500,
    widget=forms.Textarea(attrs={"rows": 3}),
    error_messages={"required": gettext_lazy("Say what was wrong: people are told why.")},
)
KEEPS_DATES = forms.BooleanField(
    label=gettext_lazy("Nobody loses a date by it"),
    help_text=gettext_lazy("Whoever would lose a date, or a pass, keeps what she has."),
    required=False,
    initial=True,
)


class VoidForm(forms.Form):
    """Takes a question out."""

    reason = REASON
    keeps_dates = KEEPS_DATES

    def __init__(self, data: Any, *, asked: Asked) -> None:
        super().__init__(data)
        self.asked = asked

    @property
    def new_words(self) -> dict[str, Any] | None:
        return None


class RekeyForm(VoidForm):
    """Marks a question by another key; the fields come from its kind."""

    def __init__(self, data: Any, *, asked: Asked) -> None:
        super().__init__(data, asked=asked)
        key = _FIELDS_OF.get(asked.kind, _one_fields)(asked)
        self.fields = {**key, **self.fields}

    @property
    def new_words(self) -> dict[str, Any] | None:
        asked: Asked = _ASKED_BY.get(self.asked.kind, _asked_one)(self.asked, self.cleaned_data)
        return asked.asked_json

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        places = [value for name, value in cleaned.items() if name.startswith("place_")]
        if len(set(places)) < len(places):
            self.add_error(None, _("Give each step a place of its own."))
        return cleaned


type Fields = dict[str, forms.Field]


def _one_fields(asked: Asked) -> Fields:
    choices = [(str(option.pk), option.text) for option in asked.options]
    right = [str(option.pk) for option in asked.options if option.is_right]
    label = _("Right answer")
    return {
        "right": forms.ChoiceField(
            label=label, choices=choices, initial=right[0], widget=forms.RadioSelect
        )
    }


def _many_fields(asked: Asked) -> Fields:
    return {"right": _several(_("Right answers"), asked.options)}


def _number_fields(asked: Asked) -> Fields:
    return {
        "number": forms.DecimalField(
            label=_("Right number"), initial=asked.number, max_digits=14, decimal_places=4
        ),
        "tolerance": forms.DecimalField(
            label=_("Tolerance"),
            initial=asked.tolerance,
            min_value=0,
            max_digits=14,
            decimal_places=4,
        ),
    }


def _text_fields(asked: Asked) -> Fields:
    return {"accepted": _wordings(_("Accepted wordings"), asked.options), **_slips(asked)}


def _order_fields(asked: Asked) -> Fields:
    places = [(place, place) for place in range(1, len(asked.options) + 1)]
    return {
        f"place_{option.pk}": forms.TypedChoiceField(
            label=option.text, choices=places, coerce=int, initial=place
        )
        for place, option in enumerate(asked.options, start=1)
    }


def _gaps_fields(asked: Asked) -> Fields:
    fields: Fields = {}
    for number in gaps_of(asked.stem):
        label = _("Gap [%(number)s]") % {"number": number}
        ask = _wordings if asked.is_typed(number) else _several
        fields[f"gap_{number}"] = ask(label, asked.options_of_gap(number))
    return {**fields, **_slips(asked)}


def _several(label: str, options: Sequence[AskedOption]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(option.pk), option.text) for option in options],
        initial=[str(option.pk) for option in options if option.is_right],
        widget=forms.CheckboxSelectMultiple,
    )


def _wordings(label: str, options: Sequence[AskedOption]) -> forms.Field:
    return WordingsField(
        label=label,
        help_text=_("One on each line."),
        initial="\n".join(option.text for option in options),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _slips(asked: Asked) -> Fields:
    return {
        "slips": forms.IntegerField(
            label=_("Typing slips forgiven"),
            initial=asked.slips,
            min_value=0,
            max_value=MOST_SLIPS,
        )
    }


class WordingsField(forms.CharField):
    """Several wordings, one on each line."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        self.run_validators(text)
        return [line.strip()[:LONGEST_OPTION] for line in text.splitlines() if line.strip()]


def _asked_one(asked: Asked, said: dict[str, Any]) -> Asked:
    return _marked(asked, {said["right"]})


def _asked_many(asked: Asked, said: dict[str, Any]) -> Asked:
    return _marked(asked, set(said["right"]))


def _asked_number(asked: Asked, said: dict[str, Any]) -> Asked:
    return replace(asked, number=said["number"], tolerance=said["tolerance"])


def _asked_text(asked: Asked, said: dict[str, Any]) -> Asked:
    options = _worded(asked.options, said["accepted"], "")
    return replace(asked, options=tuple(options), slips=said["slips"])


def _asked_order(asked: Asked, said: dict[str, Any]) -> Asked:
    steps = sorted(asked.options, key=lambda option: said[f"place_{option.pk}"])
    return replace(asked, options=tuple(steps))


def _asked_gaps(asked: Asked, said: dict[str, Any]) -> Asked:
    options: list[AskedOption] = []
    for number in gaps_of(asked.stem):
        own, given = asked.options_of_gap(number), said[f"gap_{number}"]
        if asked.is_typed(number):
            options += _worded(own, given, str(number))
        else:
            options += [replace(option, is_right=str(option.pk) in given) for option in own]
    return replace(asked, options=tuple(options), slips=said["slips"])


def _marked(asked: Asked, right: set[str]) -> Asked:
    options = [replace(option, is_right=str(option.pk) in right) for option in asked.options]
    return replace(asked, options=tuple(options))


def _worded(known: Sequence[AskedOption], texts: Sequence[str], pair: str) -> list[AskedOption]:
    """An option for each wording; one that was there before stays the one that it was."""
    before = {option.text: option for option in known}
    is_right = all(option.is_right for option in known)
    return [
        before.get(text) or AskedOption(pk=-place, text=text, is_right=is_right, pair=pair)
        for place, text in enumerate(dict.fromkeys(texts), start=1)
    ]


_FIELDS_OF: dict[str, Callable[[Asked], Fields]] = {
    Kind.MANY: _many_fields,
    Kind.NUMBER: _number_fields,
    Kind.TEXT: _text_fields,
    Kind.ORDER: _order_fields,
    Kind.GAPS: _gaps_fields,
}
_ASKED_BY: dict[str, Callable[[Asked, dict[str, Any]], Asked]] = {
    Kind.MANY: _asked_many,
    Kind.NUMBER: _asked_number,
    Kind.TEXT: _asked_text,
    Kind.ORDER: _asked_order,
    Kind.GAPS: _asked_gaps,
}
