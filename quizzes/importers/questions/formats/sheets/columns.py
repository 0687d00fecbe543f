"""The columns of a table of questions, by whichever of their usual names they are called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from knowledge.importers.tables import tidy
from quizzes.importers.questions.hints import Hints

MOST_OPTIONS = 100

# What each is called in a file of ours; then what others call it.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "reference", "id number", "idnumber"),
    "module": ("module", "topic", "category"),
    "name": ("name", "title", "question name"),
    "kind": ("kind", "type", "question type"),
    "situation": ("situation", "before the question", "context"),
    "picture": ("picture", "image"),
    "picture_alt": ("picture shows", "what the picture shows", "picture alt", "alt", "alt text"),
    "stem": ("question", "question text", "stem"),
    "right": (
        *("right", "right option", "right options", "right answer", "right answers", "answer"),
        *("correct", "correct option", "correct options", "correct answer", "correct answers"),
        *("answers", "key", "solution"),
    ),
    "number": ("number", "right number"),
    "tolerance": ("tolerance", "give or take"),
    "unit": ("unit",),
    "slips": ("slips", "typing slips", "typing slips forgiven"),
    "model_answer": ("model answer", "good answer", "sample answer"),
    "explanation": ("explanation", "general feedback", "rationale", "why"),
    "facts": ("facts", "fact", "fact key", "fact keys"),
    "must_know": ("must know",),
    "look_up": ("look it up", "look up"),
    "state": ("state",),
}
OPTION, PAIR, FEEDBACK = "option", "pair", "feedback"
_PARTS = {
    **dict.fromkeys(("option", "answer", "choice", "wording", "step"), OPTION),
    **dict.fromkeys(("pair", "belongs to", "match", "gap"), PAIR),
    **dict.fromkeys(("feedback", "comment"), FEEDBACK),
}
_NUMBERED = re.compile(rf"({'|'.join(_PARTS)}) ?#?([0-9]{{1,3}}|[a-z])")
_LETTER = re.compile(r"[a-h]")
_SIGNS = re.compile(r"[\s_\-.:*?()]+")
_SINGLE = {name: place for place, names in NAMES.items() for name in names}

ROW_HINTS = Hints(
    module=gettext_noop(
        "Write the last part of its address into the column “module”, like fair-refund, "
        "or name one module for the whole file (--module fair-refund)."
    ),
    own_id=gettext_noop("Give each question its own in the column “id”, or leave that empty."),
    other_id=gettext_noop(
        "Write another one into the column “id”; answers belong to the module they were given in."
    ),
    fact=gettext_noop("Bring in its brief first, or correct it in the column “facts”."),
    lacks={
        "stem": gettext_noop("It belongs into the column “question”."),
        "number": gettext_noop("It belongs into the column “number”."),
        "model_answer": gettext_noop("It belongs into the column “model answer”."),
        "options": gettext_noop("They belong into the columns “option 1”, “option 2” and so on."),
        "choice": gettext_noop("Write its number into the column “right”."),
    },
    columns={
        **{place: names[0] for place, names in NAMES.items()},
        "text": OPTION,
        PAIR: PAIR,
        FEEDBACK: FEEDBACK,
        "slips": "slips",
    },
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands; `options` by number, and in each by part. `unused` are names."""

    places: Mapping[str, int]
    options: Mapping[int, Mapping[str, int]]
    unused: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    names: tuple[str, ...] = field(default=())

    @property
    def used(self) -> set[int]:
        parts = (at for option in self.options.values() for at in option.values())
        return {*self.places.values(), *parts}

    @property
    def are_of_questions(self) -> bool:
        others = {"kind", "right", "number", "model_answer", "module", "explanation"}
        return "stem" in self.places and bool(self.options or others & self.places.keys())


def is_known(name: str) -> bool:
    return _place(name) is not None


def columns_of(names: Iterable[str]) -> Columns:
    """The first column of a name counts."""
    names = tuple(names)
    places: dict[str, int] = {}
    options: dict[int, dict[str, int]] = {}
    unused: list[str] = []
    doubled: list[str] = []
    for at, name in enumerate(names):
        match _place(name):
            case None if tidy(name):
                unused.append(tidy(name))
            case (part, int(number)):
                taken: dict[str, int] = options.setdefault(number, {})
                _settle(taken, part, at, name, doubled)
            case str(place):
                _settle(places, place, at, name, doubled)
    return Columns(places, dict(sorted(options.items())), tuple(unused), tuple(doubled), names)


def _settle(taken: dict[str, int], place: str, at: int, name: str, doubled: list[str]) -> None:
    if place in taken:
        doubled.append(tidy(name))
    taken.setdefault(place, at)


def _place(name: str) -> str | tuple[str, int] | None:
    known_as = _SIGNS.sub(" ", tidy(name[:100]).casefold()).strip()
    if place := _SINGLE.get(known_as):
        return place
    if found := _NUMBERED.fullmatch(known_as):
        number = int(found[2]) if found[2].isdigit() else letter_number(found[2])
        return (_PARTS[found[1]], number) if 0 < number <= MOST_OPTIONS else None
    return (OPTION, letter_number(known_as)) if _LETTER.fullmatch(known_as) else None


def letter_number(letter: str) -> int:
    """“A” is the first option."""
    return ord(letter.casefold()) - ord("a") + 1


def header(option_count: int, *, has_pairs: bool) -> Iterator[str]:
    """The first row of a file of ours."""
    for place, names in NAMES.items():
        yield names[0]
        if place == "right":
            for number in range(1, option_count + 1):
                yield f"{OPTION} {number}"
                if has_pairs:
                    yield f"{PAIR} {number}"
                yield f"{FEEDBACK} {number}"
