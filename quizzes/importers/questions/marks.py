"""What the tags of a question say: `[tag:fact:KEY]`, `[tag:must-know]` and the like."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.importers.gift import Shape
from quizzes.importers.gift.shapes import UnreadableError

FACT = "fact:"
UNIT = "unit:"
MUST_KNOW = "must-know"
LOOK_UP = "look-up"
ORDER = "order"
REASON = "reason"
SAY = "say"
SCENARIO = "scenario"

MOST_FACTS = 20

_FLAGS = frozenset({MUST_KNOW, LOOK_UP, ORDER, REASON, SAY, SCENARIO})
_SHAPES = {
    ORDER: {Shape.MATCHING},
    REASON: {Shape.CHOICE},
    SAY: {Shape.TEXT, Shape.ESSAY},
    SCENARIO: {Shape.CHOICE, Shape.TRUE_FALSE},
    UNIT: {Shape.NUMBER},
}


@dataclass(frozen=True, slots=True)
class Marks:
    fact_keys: tuple[str, ...]
    unit: str
    flags: frozenset[str]
    unknown: tuple[str, ...]


def read_marks(tags: Iterable[str]) -> Marks:
    tags = [tag.strip() for tag in tags]
    units = [tag.removeprefix(UNIT).strip() for tag in tags if tag.startswith(UNIT)]
    facts = [tag.removeprefix(FACT).strip() for tag in tags if tag.startswith(FACT)]
    rest = [tag for tag in tags if not tag.startswith((FACT, UNIT))]
    return Marks(
        fact_keys=tuple(dict.fromkeys(facts)),
        unit=units[0] if units else "",
        flags=_FLAGS.intersection(rest),
        unknown=tuple(tag for tag in rest if tag not in _FLAGS),
    )


def refuse_misplaced(marks: Marks, shape: Shape) -> None:
    """Raises `UnreadableError` where a tag doesn't fit what the braces hold."""
    if len(marks.fact_keys) > MOST_FACTS:
        raise UnreadableError(
            _("This question names more than %(most)s facts.") % {"most": MOST_FACTS},
            _("Ask for one thing, and name the facts that the answer needs."),
        )
    given = marks.flags | ({UNIT} if marks.unit else set())
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
        UNIT: _("A unit belongs to a number, like {#50:0}."),
    }[tag]
