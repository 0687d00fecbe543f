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
6. Another reading of the query is asked for, too. What has the words that came in with it stands
   below what has as many of the typed ones. A typed word that such a reading stands for is neither
   corrected nor called unknown.
"""

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from knowledge.search.catalogue import CONTEXT, Document, Section
from knowledge.search.hits import Found, Hit, Term
from knowledge.search.synonyms import Reading
from knowledge.spelling import SMALL_WORDS, letters_in, near, stem, tokens

SAME_WORD, SAME_STEM, SAME_BEGINNING = 1.0, 0.9, 0.6
SHORTEST_BEGINNING = 4
MOST_WORDS = 8


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

    def knows(self, word: str) -> bool:
        """Whether anything is found by a folded word as it stands."""
        return bool(self._readings(word))

    def find(self, query: str, *, most: int, readings: Sequence[Reading] = ()) -> Found:
        """At most `most` hits of each section; all are counted."""
        others = {reading: hits for reading in readings if (hits := self._read_as(reading))}
        covered = frozenset(word for reading in others for word in reading.covered)
        needed, helping = self._words_asked(query)
        asked = self._terms(needed, covered)
        terms = tuple(term for term in asked if term.readings or term.typed in covered)
        kept = _by_section(_best_of([self._hits(terms, helping), *others.values()]))
        return Found(
            terms=terms,
            unknown=tuple(term.typed for term in asked if term not in terms),
            others=tuple(dict.fromkeys(other for reading in others for other in reading.others)),
            counts={section: len(hits) for section, hits in kept.items()},
            hits={
                section: heapq.nsmallest(most, hits, key=lambda hit: hit.rank)
                for section, hits in kept.items()
            },
        )

    def _read_as(self, reading: Reading) -> dict[int, Hit]:
        """What has all that came in with another reading, as it is written there."""
        needed, helping = self._words_asked(reading.query)
        came_in = {word for other in reading.others for word in self._words_asked(other)[0]}
        hits = self._hits(self._terms(needed, frozenset(needed)), helping, is_reread=True)
        return {number: hit for number, hit in hits.items() if hit.has(came_in)}

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

    def _terms(self, words: Iterable[str], as_typed: frozenset[str]) -> tuple[Term, ...]:
        """Two words that are taken for the same are one."""
        terms = (self._term(word, as_typed) for word in words)
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

    def _term(self, word: str, as_typed: frozenset[str]) -> Term:
        readings = self._readings(word)
        taken = word if readings or word in as_typed else self._nearest(word)
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

    def _hits(
        self, terms: Sequence[Term], helping: Iterable[str], *, is_reread: bool = False
    ) -> dict[int, Hit]:
        hits: dict[int, Hit] = {}
        for term in terms:
            points = self._points(term)
            rarity = self._rarity(len(points))
            for number, weight in points.items():
                hit = hits.get(number)
                if hit is None:
                    hit = hits[number] = Hit(self._documents[number], terms, is_reread)
                hit.terms.append(term)
                hit.points += weight * rarity
                hit.is_own = hit.is_own or weight > CONTEXT
        for word in helping:
            self._help(hits, self._words.get(word, {}))
        return {number: hit for number, hit in hits.items() if hit.is_own}

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


def _best_of(rounds: Iterable[Mapping[int, Hit]]) -> Iterable[Hit]:
    """Of each document the hit that lacks the fewest words, the earliest of equals."""
    best: dict[int, Hit] = {}
    for hits in rounds:
        for number, hit in hits.items():
            if number not in best or hit.lacks < best[number].lacks:
                best[number] = hit
    return best.values()


def _by_section(hits: Iterable[Hit]) -> dict[Section, list[Hit]]:
    """What is worth showing in each section; anything at all where nothing else is."""
    found: dict[Section, list[Hit]] = {section: [] for section in Section}
    for hit in hits:
        found[hit.document.section].append(hit)
    kept = {section: _good_enough(hits) for section, hits in found.items()}
    return kept if any(kept.values()) else found


def _good_enough(hits: Sequence[Hit]) -> list[Hit]:
    all_words = [hit for hit in hits if not hit.lacks]
    return all_words or [hit for hit in hits if 2 * hit.lacks < len(hit.asked)]
