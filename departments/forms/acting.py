from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.forms.days import check_ahead, day_field
from departments.models import AuditLine, TimeRequest
from departments.reports.acts import Act
from departments.reports.terms import MOST_AHEAD
from knowledge.forms import LenientChoiceField, ListForm, WordsField
from knowledge.models import ModulePage

MOST_LETTERS = 200


def words_field(label: Any, *, most: int, empty: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": empty},
        **kwargs,
    )


class DayForm(forms.Form):
    """A day that lies ahead."""

    until = day_field(_("Until"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        check_ahead(until, today=self.day, most=MOST_AHEAD)
        return until


class GiveForm(DayForm):
    """Until when, and why. Both can be read by everybody who sees the team."""

    reason = words_field(
        _("Reason"),
        most=MOST_LETTERS,
        empty=_("Write the reason in a few words"),
        help_text=_("She reads it, and so does everybody who sees the team."),
    )


WORDS: dict[Act, tuple[Any, Any]] = {
    Act.WAIVE: (_("Not counted until"), _("The last day of the waiver.")),
    Act.EXTEND: (_("Has time until"), _("The day by which they can be ready.")),
    Act.ASSIGN: (_("Ready by"), _("Until this day they aren’t counted, just as joiners aren’t.")),
}


def give_form(act: Act, *args: Any, **kwargs: Any) -> GiveForm:
    form = GiveForm(*args, **kwargs)
    form.fields["until"].label, form.fields["until"].help_text = WORDS[act]
    return form


class TicksForm(forms.Form):
    """What has to be ticked; the page draws the ticks, in sets that are named as the fields."""

    people = forms.BooleanField(error_messages={"required": _("Tick at least one person.")})
    modules = forms.BooleanField(error_messages={"required": _("Tick at least one module.")})

    def __init__(self, act: Act, *, people: bool, modules: bool) -> None:
        super().__init__({"people": people, "modules": modules}, auto_id="%s")
        if act is Act.NUDGE:
            del self.fields["modules"]


class NudgeForm(forms.Form):
    text = words_field(
        _("What you write"),
        most=MOST_LETTERS,
        empty=_("Write a kind sentence"),
        help_text=_("What waits for each of them, and for how long, stands below it by itself."),
    )


class TimeForm(DayForm):
    """For which module, by when it can be done, and why it takes longer."""

    module = forms.ChoiceField(
        label=_("Module"),
        error_messages={
            "required": _("Choose a module"),
            "invalid_choice": _("Time can’t be asked for this one. Choose one of the list"),
        },
    )
    until = day_field(_("By when you can be ready"))
    reason = words_field(_("Reason"), most=MOST_LETTERS, empty=_("Write the reason in a few words"))
    field_order = ["module"]

    def __init__(self, *args: Any, modules: list[ModulePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = {module.slug: module for module in modules}
        choices = [(slug, module.title) for slug, module in self.modules.items()]
        self.fields["module"].choices = [("", _("Choose a module")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_module(self) -> ModulePage:
        return self.modules[self.cleaned_data["module"]]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=TimeRequest.Answer.choices,
        error_messages={"required": _("Choose an answer")},
    )
    note = forms.CharField(
        label=_("A word about it"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_no = cleaned.get("answer") == TimeRequest.Answer.NOT_NOW
        if is_no and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", _("Say why, and what would change it"))
        return cleaned


class LogForm(ListForm):
    """What the log is narrowed to."""

    q = WordsField(_("Who"))
    kind = LenientChoiceField(
        label=_("What"), choices=[("", _("Everything")), *AuditLine.Kind.choices]
    )
