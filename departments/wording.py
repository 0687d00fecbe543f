"""The words of states and reasons, on every screen and in every file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.readiness import Reason, State

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
}
