"""How high somebody stands, by the words that lists have for it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from departments.models import Membership

_WORDS: Mapping[Membership.Level, str] = {
    Membership.Level.BOARD: "board, board member, member of the board, supervisory board",
    Membership.Level.EXECUTIVE: "executive, exec, c level, c suite, executive board",
    Membership.Level.HEAD: "head, head of department, department head, manager, middle management",
    Membership.Level.LEAD: "lead, team lead, team leader, supervisor, first line management",
    Membership.Level.STAFF: "staff, employee, colleague, individual contributor, ic",
}
_KNOWN: Mapping[str, str] = {
    word.strip(): level.value for level, words in _WORDS.items() for word in words.split(",")
}
_LONGEST = 40


def level_of(text: str) -> str:
    """The level, or nothing where the word isn't known."""
    return _KNOWN.get(" ".join(text[:_LONGEST].lower().replace("-", " ").split()), "")


def unknown_level(text: str) -> tuple[str, str]:
    return (
        _("“%(text)s” is not a level.") % {"text": text[:_LONGEST]},
        _("Write one of %(levels)s, or nothing.") % {"levels": ", ".join(Membership.Level.values)},
    )
