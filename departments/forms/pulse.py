from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.models import Belief

LONGEST_WORDS = 500


class BeliefForm(forms.Form):
    """The question, and what may be said beside it."""

    belief = forms.ChoiceField(
        label=_("Would you stake your name on this promise today?"),
        choices=Belief.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an answer")),
    )
    words = forms.CharField(
        label=_("What would have to be true?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Write no more than 500 letters")},
    )
    of_ten = forms.IntegerField(
        label=_("Of the last 10 customers, how many got this?"),
        required=False,
        min_value=0,
        max_value=10,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a number from 0 to 10")
        ),
    )

    def __init__(self, *args: Any, asks_of_ten: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_of_ten:
            del self.fields["of_ten"]

    @property
    def said(self) -> dict[str, Any]:
        return {"of_ten": None} | self.cleaned_data
