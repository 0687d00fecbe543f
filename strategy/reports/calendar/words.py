"""How an entry of the calendar is said; the same on the page and in everybody's own calendar."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from strategy.calendars import Entry, Kind, Stage

STAGES = {
    Stage.PLANNED: _("Launch planned: %(title)s"),
    Stage.SCHEDULED: _("Launch scheduled: %(title)s"),
    Stage.HELD: _("Launch held: %(title)s"),
    Stage.LAUNCHED: _("Launched: %(title)s"),
}
KINDS = {
    Kind.VERSION: _("%(title)s: version %(version)d goes live"),
    Kind.GRACE: _("%(title)s: last day to check version %(version)d"),
    Kind.CHANGE: _("Process change: %(title)s (%(about)s)"),
    Kind.PRACTICE: _("Practice: %(people)d people’s dates for %(title)s end"),
    Kind.PULSE_OPENS: _("Pulse opens: %(title)s"),
    Kind.PULSE_CLOSES: _("Pulse, last day: %(title)s"),
    Kind.PULSE_RESULTS: _("Pulse results: %(title)s"),
}
WENT_LIVE = _("%(title)s: version %(version)d went live")
WAS_PLANNED = _("Launch was planned: %(title)s")


def words_of(entry: Entry) -> str:
    return str(_words(entry)) % asdict(entry)


def _words(entry: Entry) -> object:
    if entry.stage is Stage.PLANNED and entry.is_over:
        return WAS_PLANNED
    if entry.stage:
        return STAGES[entry.stage]
    return WENT_LIVE if entry.kind is Kind.VERSION and entry.is_over else KINDS[entry.kind]
