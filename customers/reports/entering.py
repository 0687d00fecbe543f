"""Whether a reading can stay as it is written, whoever writes it: a form or a file.

A reading of a share that overlaps another one of the same source would count customers twice, so
two readings of one source never speak for the same day; the same first day means a correction.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from customers.figures import Figures
from customers.models import Measure, Reading
from customers.reports.telling import period_in_words

LONGEST = timedelta(days=92)
LONGEST_SOURCE = 120
LONGEST_NOTE = 240


@dataclass(frozen=True, slots=True)
class Entered:
    """A reading as it is written down, not stored yet."""

    starts_on: date
    ends_on: date
    source: str
    figures: Figures
    note: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something can't stay as it is, by field, and how to mend it."""

    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


def objections_to(measure: Measure, entered: Entered, *, today: date) -> list[Objection]:
    about_figures: dict[str, Callable[[Figures], Iterator[Objection]]] = {
        Measure.Statistic.SHARE: _of_a_share,
        Measure.Statistic.MEAN: _of_a_mean,
        Measure.Statistic.VALUE: _of_a_value,
    }
    told = about_figures[measure.statistic](entered.figures)
    return [*_of_days(entered, today), *_of_words(entered), *told]


def _of_days(entered: Entered, today: date) -> Iterator[Objection]:
    if entered.ends_on < entered.starts_on:
        yield Objection(
            "to",
            _("The last day can't be before the first."),
            _("Swap the two days, or correct one of them."),
        )
    elif entered.ends_on - entered.starts_on >= LONGEST:
        yield Objection(
            "to",
            _("These days are more than a quarter of a year."),
            _("Write one reading for each month."),
        )
    if entered.ends_on > today:
        yield Objection(
            "to",
            _("A reading can't speak for days to come."),
            _("Write as the last day the one on which the figures were taken."),
        )


def _of_words(entered: Entered) -> Iterator[Objection]:
    for field, text, most in (
        ("source", entered.source, LONGEST_SOURCE),
        ("note", entered.note, LONGEST_NOTE),
    ):
        if len(text) > most:
            yield Objection(
                field,
                _("This has %(count)s letters.") % {"count": len(text)},
                _("Shorten it to %(most)s.") % {"most": most},
            )


def _of_a_share(figures: Figures) -> Iterator[Objection]:
    if figures.n is None or figures.k is None:
        yield Objection(
            "k" if figures.k is None else "n",
            _("A share needs two counts: so many, of how many."),
            _("Write both “k” and “n”, such as 503 of 515; a percentage doesn't say of how many."),
        )
        return
    yield from _of_nobody(figures)
    if figures.k > figures.n:
        yield Objection(
            "k",
            _("%(k)s can't be part of %(n)s.") % {"k": figures.k, "n": figures.n},
            _("Swap the two, or correct one of them."),
        )
    yield from _left_over(figures, ("mean", "deviation", "value"))


def _of_a_mean(figures: Figures) -> Iterator[Objection]:
    if figures.n is None or figures.mean is None:
        yield Objection(
            "mean" if figures.mean is None else "n",
            _("A mean needs of how many it is, and the mean."),
            _("Write “n”, “mean” and “deviation”; or all the values, and they are computed."),
        )
        return
    yield from _of_nobody(figures)
    if figures.deviation is None and figures.n > 1:
        yield Objection(
            "deviation",
            _("Without the standard deviation nobody can tell how sure the mean is."),
            _("Write “deviation”; or all the values, and it is computed."),
        )
    if figures.deviation is not None and figures.deviation < 0:
        yield Objection(
            "deviation", _("A standard deviation is never below 0."), _("Take the sign away.")
        )
    yield from _left_over(figures, ("k", "value"))


def _of_a_value(figures: Figures) -> Iterator[Objection]:
    if figures.value is None:
        yield Objection("value", _("There is no figure."), _("Write it under “value”."))
        return
    yield from _left_over(figures, ("n", "k", "mean", "deviation"))


def _of_nobody(figures: Figures) -> Iterator[Objection]:
    if figures.n == 0:
        yield Objection(
            "n", _("Of nobody, nothing can be told."), _("Leave out a month without any.")
        )


def _left_over(figures: Figures, fields: Iterable[str]) -> Iterator[Objection]:
    for field in fields:
        if getattr(figures, field) is not None:
            yield Objection(
                field,
                _("This measure has no “%(field)s”.") % {"field": field},
                _("Leave it empty, or change the measure's kind of figure."),
            )


def overlap_with(entered: Entered, others: Iterable[Any]) -> Objection | None:
    """`others` are the current readings of the same measure and source but the one it corrects."""
    for other in others:
        if other.starts_on <= entered.ends_on and entered.starts_on <= other.ends_on:
            days = {"period": period_in_words(other.starts_on, other.ends_on)}
            return Objection(
                "from",
                _("The same source already speaks for %(period)s.") % days,
                _(
                    "Write days that don't overlap, or the same first day to correct that reading: "
                    "else customers would be counted twice."
                ),
            )
    return None


def is_same(reading: Reading, entered: Entered) -> bool:
    stored = Figures(reading.n, reading.k, reading.mean, reading.deviation, reading.value)
    told = (reading.ends_on, reading.note, stored)
    return told == (entered.ends_on, entered.note, entered.figures)
