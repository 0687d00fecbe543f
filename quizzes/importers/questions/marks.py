"""What the tags of a question say: `[tag:fact:KEY]`, `[tag:must-know]` and the like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.importers.gift import Shape
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.models.questions import MOST_SLIPS, SPELLING_SLIPS

FACT = "fact:"
UNIT = "unit:"
SLIPS = "slips:"
PICTURE = "picture:"
PICTURE_SHOWS = "picture-shows:"
MUST_KNOW = "must-know"
LOOK_UP = "look-up"
ORDER = "order"
REASON = "reason"
SAY = "say"
SCENARIO = "scenario"
GAPS = "gaps"

MOST_FACTS = 20

_FLAGS = frozenset({MUST_KNOW, LOOK_UP, ORDER, REASON, SAY, SCENARIO, GAPS})
_VALUED = (FACT, UNIT, SLIPS, PICTURE, PICTURE_SHOWS)
_TYPED = {Shape.TEXT, Shape.CHOICE, Shape.MATCHING}
_SHAPES = {
    ORDER: {Shape.MATCHING},
    REASON: {Shape.CHOICE},
    SAY: {Shape.TEXT, Shape.ESSAY},
    SCENARIO: {Shape.CHOICE, Shape.TRUE_FALSE},
    GAPS: _TYPED,
    UNIT: {Shape.NUMBER},
    SLIPS: _TYPED,
}


@dataclass(frozen=True, slots=True)
class Marks:
    """`picture` is the mark of its file, by which it is found again."""

    fact_keys: tuple[str, ...] = ()
    unit: str = ""
    flags: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    slips: int | None = None
    picture: str = ""
    picture_shows: str = ""

    @property
    def slips_forgiven(self) -> int:
        return SPELLING_SLIPS if self.slips is None else self.slips


def read_marks(tags: Iterable[str]) -> Marks:
    """Raises `UnreadableError` where a tag says what can't be."""
    tags = [tag.strip() for tag in tags]
    rest = [tag for tag in tags if not tag.startswith(_VALUED)]
    slips = _first(tags, SLIPS)
    return Marks(
        fact_keys=tuple(dict.fromkeys(_values(tags, FACT))),
        unit=_first(tags, UNIT),
        flags=_FLAGS.intersection(rest),
        unknown=tuple(tag for tag in rest if tag not in _FLAGS),
        slips=slips_of(slips) if slips else None,
        picture=_first(tags, PICTURE),
        picture_shows=_first(tags, PICTURE_SHOWS),
    )


def _values(tags: Sequence[str], name: str) -> list[str]:
    return [tag.removeprefix(name).strip() for tag in tags if tag.startswith(name)]


def _first(tags: Sequence[str], name: str) -> str:
    return next(iter(_values(tags, name)), "")


def slips_of(words: str) -> int:
    if words in {str(slips) for slips in range(MOST_SLIPS + 1)}:
        return int(words)
    raise UnreadableError(
        _("“%(words)s” isn't how many typing slips are forgiven.") % {"words": words[:40]},
        _("Write a number from 0 to %(most)s.") % {"most": MOST_SLIPS},
    )


def refuse_many_facts(marks: Marks) -> None:
    if len(marks.fact_keys) > MOST_FACTS:
        raise UnreadableError(
            _("This question names more than %(most)s facts.") % {"most": MOST_FACTS},
            _("Ask for one thing, and name the facts that the answer needs."),
        )


def refuse_misplaced(marks: Marks, shape: Shape) -> None:
    """Raises `UnreadableError` where a tag doesn't fit what the braces hold."""
    refuse_many_facts(marks)
    valued = {UNIT: marks.unit, SLIPS: marks.slips is not None}
    given = marks.flags | {tag for tag, value in valued.items() if value}
    for tag in sorted(given & _SHAPES.keys()):
        if shape not in _SHAPES[tag]:
            message = _("The tag “%(tag)s” doesn't fit this question.") % {"tag": tag.rstrip(":")}
            raise UnreadableError(message, _remedy(tag))


def _remedy(tag: str) -> str:
    return {
        ORDER: _("Write the steps as =First step -> 1 =Second step -> 2."),
        REASON: _("Write options like =True, because… and ~False, because…"),
        SAY: _("Write the model answer as {=A good answer}."),
        SCENARIO: _("Write what one could do as options with = and ~."),
        GAPS: _("Write [1] and [2] in the question, and =word -> 1 =other -> 2 in the braces."),
        UNIT: _("A unit belongs to a number, like {#50:0}."),
        SLIPS: _("Slips are forgiven in words that are typed, like {=wording}."),
    }[tag]
