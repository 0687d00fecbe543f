"""The words of states, reasons and days, on every screen and in every file."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


def reason_words(readiness: Readiness) -> str:
    """Why somebody isn't counted; nothing where she is."""
    if readiness.reason is None:
        return ""
    if readiness.reason is Reason.ELSEWHERE:
        return gettext("counted in %(department)s") % {"department": readiness.because}
    return readiness.because or str(REASON_WORDS[readiness.reason])


def long_day(day: date) -> str:
    """ "Friday 4 December"; a no-break space keeps the number and the month together."""
    return date_format(day, gettext("l j\u00a0F"))


def short_day(day: date) -> str:
    # Translators: Django's date format codes for "4 Dec".
    return date_format(day, gettext("j M"))


def full_day(day: date) -> str:
    # Translators: Django's date format codes for "4 December 2026".
    return date_format(day, gettext("j F Y"))
