"""A reading by hand: which days, which figures, from where."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.actions.readings import OverlapError, Writing, enter_reading
from customers.figures import Figures, count_in, figure_in, figures_of, values_in
from customers.models import Measure
from customers.reports.entering import (
    LONGEST_NOTE,
    LONGEST_SOURCE,
    Entered,
    objections_to,
)
from departments.forms.days import day_field

A_DAY = timedelta(days=1)
MONTHS_OFFERED = 7
OTHER_DAYS = "other"
# What files call the fields, so that form and file say the same.
FIELDS_OF_DAYS = {"from": "starts_on", "to": "ends_on"}


def months_before(today: date) -> Iterator[tuple[date, date]]:
    """This month up to today, then whole ones, the newest first."""
    starts_on, ends_on = today.replace(day=1), today
    for _number in range(MONTHS_OFFERED):
        yield starts_on, ends_on
        ends_on = starts_on - A_DAY
        starts_on = ends_on.replace(day=1)


def month_choices(today: date) -> list[tuple[str, str]]:
    months = list(months_before(today))
    # Translators: Django's date format codes for "October 2026".
    named = [(f"{first:%Y-%m}", date_format(first, _("F Y"))) for first, _last in months]
    (key, name), *others = named
    so_far = _("%(month)s so far, to today") % {"month": name}
    return [(key, so_far), *others, (OTHER_DAYS, _("Other days"))]


class NumberField(forms.CharField):
    """A number as somebody writes it, read in one way only."""

    parse: Any = staticmethod(figure_in)
    refusal: Any = gettext_lazy("Write a number like 7.8")

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, max_length=40, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = self.parse(text) if text else None
        if text and found is None:
            raise ValidationError(self.refusal)
        return found


class CountField(NumberField):
    parse = staticmethod(count_in)
    refusal = gettext_lazy("Write a whole number like 1541, in digits alone")


class ValuesField(NumberField):
    widget = forms.Textarea
    parse = staticmethod(values_in)
    refusal = gettext_lazy("Write numbers like 7.8, with a blank or a new line between them")

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.max_length = None
        self.validators = []
        self.widget.attrs = {"rows": 5}


class ReadingForm(forms.Form):
    """Its figures are those that the measure's kind needs."""

    figures: ClassVar[dict[str, tuple[str, ...]]] = {
        Measure.Statistic.SHARE: ("k", "n"),
        Measure.Statistic.MEAN: ("n", "mean", "deviation", "values"),
        Measure.Statistic.VALUE: ("value",),
    }

    period = forms.ChoiceField(
        label=gettext_lazy("Which days"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a month, or other days")
        ),
    )
    starts_on = day_field(gettext_lazy("From"), required=False)
    ends_on = day_field(gettext_lazy("To, included"), required=False)
    k = CountField(gettext_lazy("How many got what was promised"))
    n = CountField(gettext_lazy("Out of how many"))
    mean = NumberField(gettext_lazy("Mean"))
    deviation = NumberField(gettext_lazy("Standard deviation"))
    values = ValuesField(gettext_lazy("Or all the values"))
    value = NumberField(gettext_lazy("Figure"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=LONGEST_SOURCE,
        error_messages={"required": gettext_lazy("Write where the figures come from")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("What a reader must know of it. No customer’s name."),
    )

    def __init__(self, data: Any, *, measure: Measure, today: date) -> None:
        super().__init__(data, initial={"source": measure.source, "period": f"{today:%Y-%m}"})
        self.measure, self.today = measure, today
        period: Any = self.fields["period"]
        period.choices = month_choices(today)
        kept = self.figures[measure.statistic]
        for name in {"k", "n", "mean", "deviation", "values", "value"} - set(kept):
            del self.fields[name]

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.figures[self.measure.statistic]]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.refuse_unsound(said)
        return said

    def refuse_unsound(self, said: dict[str, Any]) -> None:
        days = self.days_in(said)
        if days is None:
            return
        if said.get("values") and any(said.get(name) for name in ("n", "mean", "deviation")):
            told = _("Write either all the values, or what is computed from them")
            self.add_error("values", told)
            return
        figures = self.figures_in(said)
        self.entered = Entered(*days, said["source"], figures, said["note"])
        for objection in objections_to(self.measure, self.entered, today=self.today):
            told = self.in_its_own_words(str(objection))
            self.add_error(FIELDS_OF_DAYS.get(objection.field, objection.field), told)

    def in_its_own_words(self, told: str) -> str:
        """Files call a figure by its column; here it has a label."""
        for name, field in self.fields.items():
            told = told.replace(f"“{name}”", f"“{field.label}”")
        return told

    def days_in(self, said: dict[str, Any]) -> tuple[date, date] | None:
        is_other = said["period"] == OTHER_DAYS or said["starts_on"] or said["ends_on"]
        if not is_other:
            months = {f"{first:%Y-%m}": (first, last) for first, last in months_before(self.today)}
            return months[said["period"]]
        for name in ("starts_on", "ends_on"):
            if said[name] is None:
                self.add_error(name, _("Choose a day"))
        return None if self.errors else (said["starts_on"], said["ends_on"])

    @staticmethod
    def figures_in(said: dict[str, Any]) -> Figures:
        if said.get("values"):
            return figures_of(said["values"])
        names = ("n", "k", "mean", "deviation", "value")
        return Figures(**{name: said.get(name) for name in names})

    def enter(self, *, by: Any, at: Any) -> Writing | None:
        """None where the very same stands there already. Raises `OverlapError`."""
        try:
            return enter_reading(measure=self.measure, entered=self.entered, by=by, at=at)
        except OverlapError as error:
            self.add_error("period", str(error.objection))
            raise
