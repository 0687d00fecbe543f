"""What a search hands out: the words it looked for, and what it found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.search.catalogue import REST, Document, Passage, Section
from knowledge.spelling import words_in


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: as typed, as taken, and the words that stand for it."""

    typed: str
    taken: str
    readings: Mapping[str, float]


@dataclass(slots=True)
class Hit:
    """A document, and which of the words that were asked it has; `is_reread` where these are
    those of another reading."""

    document: Document
    asked: Sequence[Term]
    is_reread: bool = False
    terms: list[Term] = field(default_factory=list)
    points: float = 0.0
    is_own: bool = False

    @property
    def lacks(self) -> int:
        return len(self.asked) - len(self.terms)

    @property
    def missing(self) -> list[str]:
        return [term.taken for term in self.asked if term not in self.terms]

    def has(self, words: Collection[str]) -> bool:
        return {term.typed for term in self.terms}.issuperset(words)

    @property
    def rank(self) -> tuple[int, bool, float, str, str]:
        return self.lacks, self.is_reread, -self.points, self.document.title, self.document.url

    @property
    def words(self) -> frozenset[str]:
        """The words to be marked."""
        return frozenset(word for term in self.terms for word in term.readings)

    @property
    def passage(self) -> Passage:
        """The one that has the most of the words, the weightiest of equals."""

        def preference(passage: Passage) -> tuple[int, float]:
            return len(self.words & words_in(passage.text)), passage.weight

        return max(self.document.passages, key=preference, default=Passage("", REST))


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: of each section the number of hits, and the first of them. `unknown`
    are words that no document has; `others` came in for typed ones, and were found."""

    terms: tuple[Term, ...]
    unknown: tuple[str, ...]
    others: tuple[str, ...]
    counts: Mapping[Section, int]
    hits: Mapping[Section, Sequence[Hit]]

    @property
    def understood(self) -> str:
        """The words that were looked for; empty where they are what was typed."""
        is_other = self.unknown or any(term.typed != term.taken for term in self.terms)
        return " ".join(term.taken for term in self.terms) if is_other else ""
