"""How the register says what it knows; the same on the page and in the file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers.wording import as_at_words, counted_sentence, verdict_note, verdict_word
from departments.reports.threads import Thread
from departments.wording import long_day, waiting_words
from strategy.calendars import Stage
from strategy.reports.launches import Launch
from strategy.reports.register import RegisterLine

# More departments than these are only counted.
MOST_NAMED = 3

STAGES = {
    Stage.PLANNED: gettext_lazy("planned"),
    Stage.SCHEDULED: gettext_lazy("scheduled"),
    Stage.HELD: gettext_lazy("held"),
}


def verdict_told(line: RegisterLine) -> str:
    return verdict_word(line.evidence.verdict)


def because_told(line: RegisterLine) -> str:
    """ "Changed since PC-014" """
    worst = line.evidence.worst
    return verdict_note(worst.judgement, worst.since) if worst else ""


def evidence_told(line: RegisterLine) -> str:
    """ "853 of 1,434, September to November. As at 20 November." """
    worst = line.evidence.worst
    if worst is None or worst.last_on is None:
        return ""
    as_at = as_at_words(worst.last_on, is_stale=worst.is_stale)
    return f"{counted_sentence(worst.judgement, worst.first_on, worst.last_on)} {as_at}."


def links_told(thread: Thread) -> str:
    if not thread.links:
        return _("No links yet")
    words = {"met": thread.met, "links": len(thread.links)}
    return (
        ngettext("%(met)d of %(links)d link", "%(met)d of %(links)d links", len(thread.links))
        % words
    )


def waits_told(thread: Thread) -> list[str]:
    """What each link waits for that doesn't hold; after some, how many more."""
    waiting = thread.waiting
    told = [waiting_words(one) for one in waiting[:MOST_NAMED]]
    if (more := len(waiting) - MOST_NAMED) > 0:
        told.append(_("%(more)d more") % {"more": more})
    return told


def launch_told(launch: Launch | None) -> str:
    """ "Money back, no quibble: Monday 7 December, planned" """
    if launch is None:
        return ""
    words = {
        "title": launch.plan.title,
        "day": long_day(launch.on),
        "stage": STAGES[launch.stage],
    }
    return _("%(title)s: %(day)s, %(stage)s") % words


def overrides_told(line: RegisterLine) -> str:
    if not line.overrides:
        return ""
    return ngettext(
        "%(overrides)d launch by agreement to look back on",
        "%(overrides)d launches by agreement to look back on",
        line.overrides,
    ) % {"overrides": line.overrides}
