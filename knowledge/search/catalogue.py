"""What can be found, in words and nothing else.

Each weight is at most half of the one above, and a word that is only another form of the one asked
for keeps more than half of its weight: so a better place always comes before a better form.
"""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.spelling import words_in

TITLE, STATEMENT, LIMITS, REST, CONTEXT = 8.0, 4.0, 2.0, 1.0, 0.5


class Section(StrEnum):
    """Where a hit is listed. Answers come first."""

    FACTS = "facts"
    BRIEFS = "briefs"
    ANSWERS = "answers"
    MODULES = "modules"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Passage:
    """`label` says what kind of words these are, where they could be taken for others."""

    text: str
    weight: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found. `subject` is the page whose embargo holds for it."""

    section: Section
    title: str
    url: str
    passages: tuple[Passage, ...]
    label: str
    subject: int
    context: str = ""

    def weights(self) -> dict[str, float]:
        """Each word with the best place that has it."""
        places = [(self.title, TITLE), (self.context, CONTEXT)]
        places += [(passage.text, passage.weight) for passage in self.passages]
        weights: dict[str, float] = {}
        for text, weight in sorted(places, key=lambda place: place[1]):
            weights.update(dict.fromkeys(words_in(text), weight))
        return weights
