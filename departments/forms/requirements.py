import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.forms.days import check_ahead, day_field
from departments.models import Membership, Requirement
from departments.reports import Terms
from departments.reports.terms import MOST_AHEAD, MOST_JOINER_DAYS, in_order, tidy_titles
from knowledge.models import ModulePage

# How long joiners usually have, as companies write their first weeks.
PATHS = (7, 30, 90)
MOST_TITLES = 20


class TermsForm(forms.Form):
    """By when, how long for joiners, and of whom. `kept` may stay though its days have gone by."""

    due_on = day_field(
        gettext_lazy("Ready by"),
        required=False,
        help_text=gettext_lazy("People see this day. Leave it empty if there is no day to keep."),
    )
    joiner_path = forms.ChoiceField(
        label=gettext_lazy("How long joiners have"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            *((str(days), gettext_lazy("%(days)s days") % {"days": days}) for days in PATHS),
            ("", gettext_lazy("Another number")),
        ],
        help_text=gettext_lazy("Whoever has just joined is counted after so many days."),
    )
    joiner_days = forms.IntegerField(
        label=gettext_lazy("Another number of days for joiners"),
        required=False,
        min_value=1,
        max_value=MOST_JOINER_DAYS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("Write a number of days from 1 to 1000"),
        ),
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Only of these levels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Membership.Level.choices,
        help_text=gettext_lazy("Tick none to ask everybody."),
    )
    titles = forms.CharField(
        label=gettext_lazy("Only of these job titles"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line. Leave it empty to ask everybody."),
    )
    starts_on = day_field(
        gettext_lazy("Asked from"),
        required=False,
        help_text=gettext_lazy("Nobody is asked or counted before. Leave it empty for at once."),
    )

    def __init__(self, *args: Any, day: date, kept: Terms | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.kept = day, kept

    @staticmethod
    def start_with(terms: Terms) -> dict[str, Any]:
        is_usual = terms.joiner_days in PATHS
        return {
            "due_on": terms.due_on,
            "joiner_path": str(terms.joiner_days) if is_usual else "",
            "joiner_days": None if is_usual else terms.joiner_days,
            "levels": terms.levels,
            "titles": "\n".join(terms.titles),
            "starts_on": terms.starts_on,
        }

    def clean_due_on(self) -> date | None:
        return self._day_ahead("due_on")

    def clean_starts_on(self) -> date | None:
        return self._day_ahead("starts_on")

    def _day_ahead(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and (self.kept is None or day != getattr(self.kept, name)):
            check_ahead(day, today=self.day, most=MOST_AHEAD)
        return day

    def clean_joiner_days(self) -> int:
        """One of the usual numbers, or another, never two that say different things."""
        written: int | None = self.cleaned_data["joiner_days"]
        path = self.cleaned_data.get("joiner_path") or ""
        if not path and written is None:
            raise ValidationError(_("Write a number of days from 1 to 1000"))
        if path and written is not None and str(written) != path:
            raise ValidationError(
                _("Choose “Another number” above, or leave this empty"), code="two_numbers"
            )
        return written if written is not None else int(path)

    def clean_levels(self) -> tuple[str, ...]:
        return in_order(self.cleaned_data["levels"])

    def clean_titles(self) -> tuple[str, ...]:
        titles = tidy_titles(re.split(r"[\n;]", self.cleaned_data["titles"]))
        if len(titles) > MOST_TITLES:
            raise ValidationError(_("Write at most %(most)s titles") % {"most": MOST_TITLES})
        return titles

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", _("Choose a day that isn’t after the one to be ready by"))
        return cleaned

    @property
    def terms(self) -> Terms:
        cleaned = self.cleaned_data
        return Terms(
            cleaned["due_on"],
            cleaned["joiner_days"],
            cleaned["levels"],
            cleaned["titles"],
            cleaned["starts_on"],
        )

    @property
    def is_limited(self) -> bool:
        """Whether anything is said of who is asked, or from when, or goes wrong there."""
        names = ("levels", "titles", "starts_on")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def sent(self) -> Iterator[tuple[str, str]]:
        """All that was filled in, for hidden fields and addresses."""
        for field in self:
            value = field.value()
            values = value if isinstance(value, list | tuple) else [value]
            yield from ((field.name, "" if each is None else str(each)) for each in values)


class RequirementForm(TermsForm):
    """Which module, and on which terms."""

    module = forms.ChoiceField(
        label=gettext_lazy("Module"),
        error_messages={
            "required": gettext_lazy("Choose a module"),
            "invalid_choice": gettext_lazy(
                "This module can’t be asked for here: somebody may have done so meanwhile. "
                "Choose one of the list"
            ),
        },
    )
    field_order = ["module"]

    def __init__(self, *args: Any, modules: Iterable[ModulePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = {module.slug: module for module in modules}
        choices = [(slug, module.title) for slug, module in self.modules.items()]
        self.fields["module"].choices = [("", gettext_lazy("Choose a module")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_module(self) -> ModulePage:
        return self.modules[self.cleaned_data["module"]]


USUAL_DAYS: int = Requirement().joiner_days
