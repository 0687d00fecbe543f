"""How days, months and changes are told."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext


def window_words(first_on: date, last_on: date) -> str:
    """ "September to November", or one month."""
    # Translators: Django's date format code for "November".
    first, last = (date_format(day, gettext("F")) for day in (first_on, last_on))
    if first == last:
        return last
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def as_at_words(last_on: date | None, *, is_stale: bool = False) -> str:
    """ "As at 20 November", or of old evidence "Last reading 2 October"."""
    if last_on is None:
        return ""
    day = {"day": day_words(last_on)}
    return (gettext("Last reading %(day)s") if is_stale else gettext("As at %(day)s")) % day


def day_words(day: date) -> str:
    """The year where it could be mistaken."""
    is_this_year = day.year == timezone.localdate().year
    # Translators: Django's date format codes for "20 November", without and with the year.
    return date_format(day, gettext("j\u00a0F") if is_this_year else gettext("j\u00a0F Y"))


def month_words(month: date, *, newest: date) -> str:
    """ "Nov"; with its year where that isn't the newest month's."""
    is_same_year = month.year == newest.year
    # Translators: Django's date format codes for "Nov" and for "Nov 2025".
    return date_format(month, gettext("M") if is_same_year else gettext("M Y"))


def month_label(month: date, *, newest: date, is_part: bool) -> str:
    """ "Nov*" of a month that isn't over."""
    return month_words(month, newest=newest) + "*" * is_part


def change_words(reference: str, title: str, day: date) -> str:
    """ "17 August: PC-014, weekly refund run"."""
    words = {"day": day_words(day), "change": reference, "title": _within_sentence(title)}
    return gettext("%(day)s: %(change)s, %(title)s") % words


def short_change_words(reference: str, day: date) -> str:
    """ "17 Aug: PC-014"."""
    # Translators: Django's date format codes for "17 Aug".
    words = {"day": date_format(day, gettext("j\u00a0M")), "change": reference}
    return gettext("%(day)s: %(change)s") % words


def _within_sentence(title: str) -> str:
    """Its first letter small, but not that of "NPS call"."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
