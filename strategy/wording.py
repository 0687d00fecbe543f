"""The words of the gate, on every screen and in every mail."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.calendars import Stage
from strategy.gate import Check, GateCheck, GateResult, Lack, Status

CHECK_WORDS: dict[Check, str | Promise] = {
    Check.KNOW: _("Know"),
    Check.SIGNED: _("Signed"),
    Check.DELIVER: _("Deliver"),
    Check.FLAGS: _("Flags"),
}
STATUS_WORDS: dict[Status, str | Promise] = {
    Status.MET: _("Met"),
    Status.NOT_MET: _("Not met"),
    Status.CANT_SAY: _("Can't say"),
}
# Why one check isn't met, in half a sentence: where there is room for one line a check.
LACK_WORDS: dict[Lack, str | Promise] = {
    Lack.PROMISES: _("no promise is chosen"),
    Lack.LINKS: _("no department is on the thread"),
    Lack.VERSION: _("the version isn't out by then"),
    Lack.REQUIREMENT: _("nobody is asked to know it"),
    Lack.PEOPLE: _("too few people are ready"),
    Lack.WORD: _("not all have signed"),
    Lack.RESULTS: _("falling short"),
    Lack.CUSTOMERS: _("too few customers"),
    Lack.MEASURE: _("nothing is measured yet"),
    Lack.READING: _("the last reading is too old"),
    Lack.ANSWERS: _("some wait for an answer"),
}

STAGE_WORDS: dict[Stage, str | Promise] = {
    Stage.PLANNED: _("Planned"),
    Stage.SCHEDULED: _("Scheduled"),
    Stage.HELD: _("Held"),
    Stage.LAUNCHED: _("Launched"),
}


def answer_words(result: GateResult) -> str:
    """ "Not yet. 0 of 4 checks are met." """
    words = {"met": result.met, "checks": len(result.checks)}
    if result.is_overridden:
        return gettext("Yes, by agreement. %(met)s of %(checks)s checks are met.") % words
    if result.is_open:
        return gettext("Yes. %(met)s of %(checks)s checks are met.") % words
    return gettext("Not yet. %(met)s of %(checks)s checks are met.") % words


def short_answer(result: GateResult) -> str:
    """ "Not yet: 0 of 4", where many stand under one another."""
    words = {"met": result.met, "checks": len(result.checks)}
    if result.is_overridden:
        return gettext("By agreement: %(met)s of %(checks)s") % words
    if result.is_open:
        return gettext("Yes: %(met)s of %(checks)s") % words
    return gettext("Not yet: %(met)s of %(checks)s") % words


def count_words(result: GateResult) -> str:
    """ "– 0 of 4 checks", beside the answer."""
    words = {"met": result.met, "checks": len(result.checks)}
    if result.is_overridden:
        return gettext("– by agreement, %(met)s of %(checks)s checks") % words
    return gettext("– %(met)s of %(checks)s checks") % words


def check_line(check: GateCheck) -> str:
    """ "Deliver: falling short"."""
    reason = LACK_WORDS[check.change] if check.change else STATUS_WORDS[check.status]
    return gettext("%(check)s: %(reason)s") % {
        "check": CHECK_WORDS[check.name],
        "reason": reason,
    }
