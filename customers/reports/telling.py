"""A reading in words: which days it speaks for, and what it shows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from customers.wording import decimals_written, figure, with_unit

A_DAY = timedelta(days=1)


def period_in_words(starts_on: date, ends_on: date) -> str:
    """ "October 2026" for a whole month, else "1 to 20 November 2026"."""
    if starts_on == ends_on:
        return _day(starts_on)
    is_of_one_month = (ends_on.year, ends_on.month) == (starts_on.year, starts_on.month)
    if not is_of_one_month:
        return _("%(first)s to %(last)s") % {"first": _day(starts_on), "last": _day(ends_on)}
    if starts_on.day == 1 and (ends_on + A_DAY).day == 1:
        # Translators: Django's date format codes for "October 2026".
        return date_format(starts_on, _("F Y"))
    # Translators: Django's date format codes for "20 November 2026".
    return _("%(first)s to %(last)s") % {"first": starts_on.day, "last": _day(ends_on)}


def _day(day: date) -> str:
    # Translators: Django's date format codes for "20 November 2026".
    return date_format(day, _("j F Y"))


def figures_in_words(said: Any, unit: str) -> str:
    """Of a reading, or of figures: "503 of 515", "7.8 minutes (n 41)", "£12.40"."""
    if said.k is not None:
        return _("%(k)s of %(n)s") % {"k": figure(said.k), "n": figure(said.n or 0)}
    if said.mean is not None:
        words = {"figure": exactly(said.mean, unit), "n": figure(said.n or 0)}
        return _("%(figure)s (n %(n)s)") % words
    return exactly(said.value, unit) if said.value is not None else ""


def exactly(told: Decimal, unit: str) -> str:
    return with_unit(float(told), unit, decimals_written(float(told)))
