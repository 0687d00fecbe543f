"""The words of verdicts, on every screen and in every file."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.since import Kind, Since
from customers.verdicts import FEWEST, Judgement, Verdict
from customers.wording.rounding import figure

type Words = str | Promise

VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.KEPT: _("Kept"),
    Verdict.FALLING_SHORT: _("Falling short"),
    Verdict.TOO_CLOSE: _("Too close to call"),
    Verdict.TOO_FEW: _("Too few to say"),
    Verdict.UNPROVEN: _("Unproven"),
}


def verdict_word(verdict: Verdict) -> str:
    return str(VERDICT_WORDS[verdict])


def verdict_note(judgement: Judgement, since: Since | None = None) -> str:
    """What stands behind the verdict's word, such as "changed since PC-014"."""
    if judgement.verdict is Verdict.TOO_CLOSE:
        return settling_words(judgement)
    if judgement.verdict is Verdict.TOO_FEW:
        return gettext("%(n)s so far; ask %(fewest)s or more") % {
            "n": figure(judgement.n),
            "fewest": FEWEST,
        }
    just = gettext("just short") if judgement.is_just_short else ""
    return "; ".join(filter(None, (just, since_words(since))))


def settling_words(judgement: Judgement) -> str:
    if judgement.settles_at is None:
        return gettext("exactly as claimed so far")
    return gettext("about %(n)s would settle it") % {"n": figure(judgement.settles_at)}


def since_words(since: Since | None) -> str:
    match since:
        case Since(Kind.CHANGED_SINCE, reference):
            return gettext("changed since %(change)s") % {"change": reference}
        case Since(Kind.USED_TO_BE_TRUE):
            return gettext("it used to be true")
        case Since(Kind.OVER_CLAIMED):
            return gettext("over-claimed: not kept in any month")
    return ""


def verdict_words(judgement: Judgement, since: Since | None = None) -> str:
    """All in one line: "Falling short – changed since PC-014"."""
    word, note = verdict_word(judgement.verdict), verdict_note(judgement, since)
    if not note:
        return word
    if judgement.verdict is Verdict.FALLING_SHORT:
        return f"{word} – {note}"
    return f"{word}: {note}"


def row_word(judgement: Judgement) -> str:
    """A month's verdict, as short as it goes."""
    return gettext("Just short") if judgement.is_just_short else verdict_word(judgement.verdict)
