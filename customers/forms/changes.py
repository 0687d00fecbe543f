"""What a department changes, and whether that makes another promise of one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.actions.changes import Told
from customers.models import ChangeQuestion, Measure, ProcessChange
from departments.forms.days import day_field
from departments.models import Department
from knowledge.models import PromisePage


def text_field(name: str, missing: Any = "", **kwargs: Any) -> forms.CharField:
    column: Any = ProcessChange._meta.get_field(name)  # noqa: SLF001  (Django's own name)
    return forms.CharField(
        label=kwargs.pop("label"),
        max_length=column.max_length,
        required=bool(missing),
        help_text=kwargs.pop("help_text", column.help_text),
        error_messages={"required": missing} if missing else {},
        **kwargs,
    )


class ChangeForm(forms.Form):
    title = text_field("title", _("Write what changes"), label=_("What changes"))
    happens_on = day_field(_("From which day"))
    department = forms.ChoiceField(
        label=_("Whose change is it"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a department")),
    )
    why = text_field(
        "why",
        _("Write why it was made: somebody had a good reason"),
        label=_("Why it was made"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    details = text_field(
        "details", label=_("More about it"), widget=forms.Textarea(attrs={"rows": 3})
    )
    promises = forms.MultipleChoiceField(
        label=_("Promises that it touches"), required=False, widget=forms.CheckboxSelectMultiple
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures on whose charts it should stand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        departments: Iterable[Department],
        promises: Iterable[PromisePage],
        measures: Iterable[Measure],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_departments = {str(each.pk): each for each in departments}
        self.known_promises = {each.slug: each for each in promises}
        self.known_measures = {each.reference: each for each in measures}
        names = [(key, each.name) for key, each in self.known_departments.items()]
        self.offer("department", names if len(names) == 1 else [("", _("Choose one")), *names])
        self.offer("promises", [(slug, each.title) for slug, each in self.known_promises.items()])
        self.offer("measures", [(key, each.name) for key, each in self.known_measures.items()])

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Where there is nothing to choose, nothing is asked."""
        if not choices:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            title=said["title"],
            why=said["why"],
            happens_on=said["happens_on"],
            department=self.known_departments[said["department"]],
            details=said["details"],
            promises=tuple(self.known_promises[slug] for slug in said.get("promises", ())),
            measures=tuple(self.known_measures[key] for key in said.get("measures", ())),
        )


class AnswerForm(forms.Form):
    """Whether a promise changes, and a sentence for everybody."""

    answer = forms.ChoiceField(
        label=_("Does the promise change?"),
        choices=[
            (choice.value, choice.label)
            for choice in (ChangeQuestion.Answer.NO, ChangeQuestion.Answer.YES)
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose yes or no")),
    )
    note = forms.CharField(
        label=_("Why, in one sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it."),
        error_messages={"required": _("Write one sentence: why it does, or doesn’t")},
    )
