"""The words of states, reasons and days, on every screen and in every file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from departments.chains import Lack, Waiting
from departments.readiness import Readiness, Reason, State

STATE_WORDS: dict[State, str | Promise] = {
    State.READY: _("Ready"),
    State.PRACTICE_DUE: _("Practice due"),
    # Both ask for the same; the first still has the day until which she counts as ready.
    State.PREVIOUS_VERSION: _("Check the change"),
    State.CHECK_THE_CHANGE: _("Check the change"),
    State.LAPSED: _("Lapsed"),
    State.STARTED: _("Started"),
    State.NOT_STARTED: _("Not started"),
    State.NOT_COUNTED: _("Not counted"),
}
REASON_WORDS: dict[Reason, str | Promise] = {
    Reason.LEAVE: _("on leave"),
    Reason.JOINER: _("new in the team"),
    Reason.EXEMPT: _("exempt"),
    Reason.ASSIGNED: _("has time"),
    Reason.ELSEWHERE: _("counted in another department"),
}

LACK_WORDS: dict[Lack, str | Promise] = {
    Lack.NOT_ASKED: _("nobody is asked for it yet"),
    Lack.NOT_OUT: _("the version isn’t out by then"),
    Lack.NO_WORD: _("the head’s word"),
    Lack.NOT_YET: _("the head’s yes"),
    Lack.LATER: _("a later day"),
}


def reason_words(readiness: Readiness) -> str:
    """Why somebody isn't counted; nothing where she is."""
    if readiness.reason is None:
        return ""
    if readiness.reason is Reason.ELSEWHERE:
        return gettext("counted in %(department)s") % {"department": readiness.because}
    return readiness.because or str(REASON_WORDS[readiness.reason])


def thread_words(waiting: Sequence[Waiting], met: int, links: int) -> str:
    """ "3 of 4 links; waiting on Finance: 2 people, by Thursday 3 December"; never a percentage."""
    told = ngettext("%(met)s of %(links)s link", "%(met)s of %(links)s links", links)
    told %= {"met": met, "links": links}
    if not waiting:
        return told
    lines = "; ".join(waiting_words(each) for each in waiting)
    return gettext("%(told)s; waiting on %(lines)s") % {"told": told, "lines": lines}


def waiting_words(waiting: Waiting) -> str:
    """ "Finance & Billing: 2 people, by Thursday 3 December, and the head’s word" """
    words = {"department": waiting.department, "missing": _lacks_words(waiting)}
    return gettext("%(department)s: %(missing)s") % words


def missing_words(waiting: Waiting) -> str:
    """The same beside the link itself, where the head's reason stands anyway."""
    return _lacks_words(replace(waiting, because=""))


def _lacks_words(waiting: Waiting) -> str:
    return gettext(", and ").join(str(_lack_words(lack, waiting)) for lack in waiting.lacks)


def _lack_words(lack: Lack, waiting: Waiting) -> str | Promise:
    if lack is Lack.PEOPLE:
        return people_missing(waiting.people, waiting.by)
    if lack is Lack.NOT_YET and waiting.because:
        return gettext("“%(because)s”") % {"because": waiting.because.rstrip(".")}
    if lack is Lack.LATER and waiting.from_on:
        return gettext("they can from %(day)s") % {"day": long_day(waiting.from_on)}
    return LACK_WORDS[lack]


def people_missing(people: int, by: date | None) -> str:
    """Without a number where it isn't told."""
    told = gettext("not enough of its people yet")
    if people:
        told = ngettext("%(people)s person", "%(people)s people", people) % {"people": people}
    if by is None:
        return told
    return gettext("%(people)s, by %(day)s") % {"people": told, "day": long_day(by)}


def long_day(day: date) -> str:
    """ "Friday 4 December"; a no-break space keeps the number and the month together."""
    return date_format(day, gettext("l j\u00a0F"))


def short_day(day: date) -> str:
    # Translators: Django's date format codes for "4 Dec".
    return date_format(day, gettext("j M"))


def full_day(day: date) -> str:
    # Translators: Django's date format codes for "4 December 2026".
    return date_format(day, gettext("j F Y"))
