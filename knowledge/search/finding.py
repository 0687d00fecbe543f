"""What a search finds, and in which order.

**Guarantee.** Only what is in the index is found, counted, or offered for a misspelt word; what is
taken out of it leaves no word behind. The same index gives the same answer everywhere. For one
word, a hit in a title stands above a hit in a statement, above one in its limits, above one in
the rest.

**Steps.**
1. The query is cut into words; from the ninth on, they are ignored. The small words of a question
   are needed only where there is no other; else they merely add their points, so that "when" helps
   to find "When the money arrives".
2. A word stands for itself (1), for the forms of the same stem (0.9) and for what begins with it
   (0.6; from four letters, or where there is nothing else; never for a number). A word that stands
   for nothing is taken for the nearest word there is: the fewest slips, then the more frequent.
   Where there is none, the others are looked for without it.
3. A document's points for a word: the weight of the best place that has it, times how well that
   place's word stands for it. A word's points count more the rarer it is: ln(1 + N / n), of N
   documents n having it.
4. In each section, those documents come that have all needed words; where none has, those with
   more than half of them; where no section has anything by then, those with any. The more words,
   the higher; then the more points; then by title.
5. A document may owe a word to its context, such as the title of the brief that a fact stands in,
   but not all of them.
"""

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from knowledge.search.catalogue import CONTEXT, REST, Document, Passage, Section
from knowledge.spelling import SMALL_WORDS, letters_in, near, stem, tokens, words_in

SAME_WORD, SAME_STEM, SAME_BEGINNING = 1.0, 0.9, 0.6
SHORTEST_BEGINNING = 4
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: as typed, as taken, and the words that stand for it."""

    typed: str
    taken: str
    readings: Mapping[str, float]


@dataclass(slots=True)
class Hit:
    document: Document
    terms: list[Term] = field(default_factory=list)
    points: float = 0.0
    is_own: bool = False

    @property
    def rank(self) -> tuple[int, float, str, str]:
        return (-len(self.terms), -self.points, self.document.title, self.document.url)

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
    are words that no document has."""

    terms: tuple[Term, ...]
    unknown: tuple[str, ...]
    counts: Mapping[Section, int]
    hits: Mapping[Section, Sequence[Hit]]

    @property
    def understood(self) -> str:
        """The words that were looked for; empty where they are what was typed."""
        is_other = self.unknown or any(term.typed != term.taken for term in self.terms)
        return " ".join(term.taken for term in self.terms) if is_other else ""

    def missing_in(self, hit: Hit) -> list[str]:
        return [term.taken for term in self.terms if term not in hit.terms]


class Index:
    """The words of many documents, each of which belongs to a page."""

    def __init__(self) -> None:
        self._documents: dict[int, Document] = {}
        self._words: dict[str, dict[int, float]] = {}
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._letters: dict[str, int] = {}
        self._of_page: dict[int, list[int]] = {}
        self._sorted: list[str] | None = None
        self._next = 0

    def put(self, page: int, documents: Iterable[Document]) -> None:
        """Takes the place of whatever the page had before."""
        self.drop(page)
        numbers = self._of_page[page] = []
        for number, document in enumerate(documents, start=self._next):
            numbers.append(number)
            self._documents[number] = document
            for word, weight in document.weights().items():
                if word not in self._words:
                    self._learn(word)
                self._words[word][number] = weight
        self._next += len(numbers)

    def drop(self, page: int) -> None:
        for number in self._of_page.pop(page, ()):
            for word in self._documents.pop(number).weights():
                del self._words[word][number]
                if not self._words[word]:
                    self._forget(word)

    def documents(self, section: Section) -> Iterator[Document]:
        return (each for each in self._documents.values() if each.section is section)

    def find(self, query: str, *, most: int) -> Found:
        """At most `most` hits of each section; all are counted."""
        needed, helping = self._words_asked(query)
        asked = self._terms(needed)
        terms = tuple(term for term in asked if term.readings)
        by_section: dict[Section, list[Hit]] = {section: [] for section in Section}
        for hit in self._hits(terms, helping):
            by_section[hit.document.section].append(hit)
        kept = {section: _good_enough(hits, terms) for section, hits in by_section.items()}
        if not any(kept.values()):
            kept = by_section
        return Found(
            terms=terms,
            unknown=tuple(term.typed for term in asked if not term.readings),
            counts={section: len(hits) for section, hits in kept.items()},
            hits={
                section: heapq.nsmallest(most, hits, key=lambda hit: hit.rank)
                for section, hits in kept.items()
            },
        )

    def _learn(self, word: str) -> None:
        self._words[word] = {}
        self._stems[stem(word)].add(word)
        self._letters[word] = letters_in(word)
        self._sorted = None

    def _forget(self, word: str) -> None:
        del self._words[word], self._letters[word]
        self._stems[stem(word)].discard(word)
        if not self._stems[stem(word)]:
            del self._stems[stem(word)]
        self._sorted = None

    def _terms(self, words: Iterable[str]) -> tuple[Term, ...]:
        """Two words that are taken for the same are one."""
        terms = (self._term(word) for word in words)
        return tuple({term.taken: term for term in terms}.values())

    def _words_asked(self, query: str) -> tuple[list[str], list[str]]:
        """The needed words, and the small ones that only help."""
        asked = (word for token in tokens(query) for word in self._asked(token.words))
        words = list(dict.fromkeys(asked))[:MOST_WORDS]
        needed = [word for word in words if word not in SMALL_WORDS]
        return (needed, [word for word in words if word in SMALL_WORDS]) if needed else (words, [])

    def _asked(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Of a word with hyphens, the whole where somebody wrote it so, else its parts."""
        if len(words) > 1 and words[-1] not in self._words:
            return words[:-1]
        return words[-1:]

    def _term(self, word: str) -> Term:
        readings = self._readings(word)
        taken = word if readings else self._nearest(word)
        return Term(word, taken, readings or self._readings(taken))

    def _readings(self, word: str) -> dict[str, float]:
        family = self._stems.get(stem(word), set())
        readings = dict.fromkeys(family, SAME_STEM)
        if not word.isdigit() and (len(word) >= SHORTEST_BEGINNING or not family):
            readings = dict.fromkeys(self._beginning_with(word), SAME_BEGINNING) | readings
        return readings | ({word: SAME_WORD} if word in self._words else {})

    def _beginning_with(self, word: str) -> Iterator[str]:
        if self._sorted is None:
            self._sorted = sorted(self._words)
        place = bisect_left(self._sorted, word)
        rest = (self._sorted[at] for at in range(place, len(self._sorted)))
        return takewhile(lambda each: each.startswith(word), rest)

    def _nearest(self, word: str) -> str:
        def preference(other: str) -> tuple[int, str]:
            return -len(self._words[other]), other

        return min(near(word, self._letters.items()), key=preference, default=word)

    def _hits(self, terms: Iterable[Term], helping: Iterable[str]) -> Iterable[Hit]:
        hits: dict[int, Hit] = {}
        for term in terms:
            points = self._points(term)
            rarity = self._rarity(len(points))
            for number, weight in points.items():
                hit = hits.get(number)
                if hit is None:
                    hit = hits[number] = Hit(self._documents[number])
                hit.terms.append(term)
                hit.points += weight * rarity
                hit.is_own = hit.is_own or weight > CONTEXT
        for word in helping:
            self._help(hits, self._words.get(word, {}))
        return (hit for hit in hits.values() if hit.is_own)

    def _help(self, hits: Mapping[int, Hit], weights: Mapping[int, float]) -> None:
        rarity = self._rarity(len(weights))
        for number in hits.keys() & weights.keys():
            hits[number].points += weights[number] * rarity

    def _rarity(self, documents: int) -> float:
        return math.log1p(len(self._documents) / (documents or 1))

    def _points(self, term: Term) -> dict[int, float]:
        points: dict[int, float] = {}
        # The best reading is written last, unless a lesser one stands in a better place.
        for word, likeness in sorted(term.readings.items(), key=lambda reading: reading[1]):
            for number, weight in self._words[word].items():
                points[number] = max(points.get(number, 0.0), weight * likeness)
        return points


def _good_enough(hits: Sequence[Hit], terms: Sequence[Term]) -> list[Hit]:
    all_words = [hit for hit in hits if len(hit.terms) == len(terms)]
    return all_words or [hit for hit in hits if 2 * len(hit.terms) > len(terms)]
