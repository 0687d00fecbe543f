"""What is said of a promise when the three lenses are laid side by side."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.diagnosis import Diagnosis, Finding, Level

type Words = str | Promise

# What is the matter, and what to do about it.
FINDING_WORDS: dict[Finding, tuple[Words, Words]] = {
    Finding.NOT_KNOWN_YET: (
        _("People don’t know it yet."),
        _("Practice comes first: nobody can keep a promise that they don’t know."),
    ),
    Finding.ASK_CUSTOMERS: (
        _("Ask more customers before you promise more."),
        _("Nobody can tell yet whether they get it."),
    ),
    Finding.LOOK_AGAIN: (
        _("Look again before you promise more."),
        _("The newest evidence is old."),
    ),
    Finding.SEEN_TO_FAIL: (
        _("People know it and see it fail."),
        _("More training won’t help. Fix the process, or lower the claim until it’s true."),
    ),
    Finding.BELIEVED_NOT_DONE: (
        _("We believe something customers don’t get."),
        _("Show staff the numbers first. Then fix the process, or lower the claim."),
    ),
    Finding.NOT_DONE: (
        _("Customers don’t get what we say."),
        _("Fix the process, or lower the claim until it’s true."),
    ),
    Finding.WORKS_UNNOTICED: (
        _("It works, and people don’t know it works."),
        _("Share the evidence with them."),
    ),
    Finding.READY: (
        _("Ready to shout about."),
        _("People know it and believe it, and customers get it."),
    ),
    Finding.WORKS: (_("Customers get what we say."), ""),
}
NOBODY_NEEDS_IT = _("Nobody has to know it yet: no department is asked to.")
BELIEF_UNKNOWN = _("Too few have said yet whether they believe it.")


def diagnosis_words(diagnosis: Diagnosis) -> tuple[str, ...]:
    """What is the matter, what to do about it, and what isn't known."""
    unknown = (
        NOBODY_NEEDS_IT if diagnosis.know is Level.UNKNOWN else "",
        BELIEF_UNKNOWN if diagnosis.believe is Level.UNKNOWN else "",
    )
    return tuple(str(words) for words in (*FINDING_WORDS[diagnosis.finding], *unknown) if words)
