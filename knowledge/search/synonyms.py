"""What customers call a thing, and what is written about it: the same query in other words.

**Guarantee.** A query that has one side of a pair is also read with the other side in its place,
whichever way round: a customer's "money back" finds what says "refund", and "refund" finds what is
written in customers' words. Another way of reading never hides what the typed words find.

**Steps.** A side stands in a query where its words follow each other there: in any form of the
same stem, written in one or with hyphens, with a slip where nothing else has the word as typed.
The longest side is taken first, and no word twice. Every way of replacing some of them is a
reading, the fullest first, up to `MOST_READINGS`. A replacement isn't replaced again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from knowledge.spelling import Token, letters_in, near, stem, tokens

MOST_READINGS = 6

type Stems = tuple[str, ...]
type IsKnown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """A query in other words: those that came in, and the typed ones that they stand for."""

    query: str
    others: tuple[str, ...]
    covered: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a side stands in a query, and what else it may be called."""

    start: int
    end: int
    words: frozenset[str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of a query: the stems it is taken for, and all its letters in one."""

    token: Token
    stems: Stems
    in_one: str


class Synonyms:
    """Pairs of words for one thing; either side may have several words."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._others: dict[Stems, list[str]] = defaultdict(list)
        self._in_one: dict[str, Stems] = {}
        for theirs, ours in pairs:
            self._learn(theirs, ours)
            self._learn(ours, theirs)
        self._longest = max(map(len, self._others), default=0)
        self._letters = {word: letters_in(word) for side in self._others for word in side}

    def readings(self, query: str, *, is_known: IsKnown) -> tuple[Reading, ...]:
        """`is_known` says of a folded word whether anything is found by it as it stands."""
        places = list(self._places(query, is_known)) if self._others else []
        ways = product(*[(*place.others, None) for place in places])
        chosen = (tuple(zip(places, way, strict=True)) for way in ways if any(way))
        return tuple(_read(query, choice) for choice in islice(chosen, MOST_READINGS))

    def _learn(self, side: str, other: str) -> None:
        words, others = _parts(tokens(side)), _parts(tokens(other))
        stems = tuple(map(stem, words))
        if stems and others and stems != tuple(map(stem, others)):
            self._others[stems].append(other)
            self._in_one["".join(words)] = stems

    def _places(self, query: str, is_known: IsKnown) -> Iterator[_Place]:
        written = [self._asked(token, is_known) for token in tokens(query)]
        first = 0
        while first < len(written):
            place, count = self._place_at(written[first : first + self._longest])
            if place:
                yield place
            first += count

    def _place_at(self, ahead: Sequence[_Asked]) -> tuple[_Place | None, int]:
        """The longest side that begins here, and how many of the words it takes."""
        for count in range(len(ahead), 0, -1):
            others = self._others_of(ahead[:count])
            if others:
                typed = frozenset(word for asked in ahead[:count] for word in asked.token.words)
                start, end = ahead[0].token.start, ahead[count - 1].token.end
                return _Place(start, end, typed, others), count
        return None, 1

    def _others_of(self, run: Sequence[_Asked]) -> tuple[str, ...]:
        side = tuple(each for asked in run for each in asked.stems)
        if side not in self._others:
            side = self._in_one.get("".join(asked.in_one for asked in run), side)
        return tuple(self._others.get(side, ()))

    def _asked(self, token: Token, is_known: IsKnown) -> _Asked:
        parts = _parts([token])
        return _Asked(token, tuple(self._meant(part, is_known) for part in parts), "".join(parts))

    def _meant(self, word: str, is_known: IsKnown) -> str:
        """The stem of a side's word that a word is a slip for, else its own."""
        own = stem(word)
        if own in self._letters or is_known(word):
            return own
        return min(near(own, self._letters.items()), default=own)


def _parts(written: Iterable[Token]) -> list[str]:
    """Words with hyphens in parts only."""
    return [part for token in written for part in token.words[:-1] or token.words]


def _read(query: str, choice: Iterable[tuple[_Place, str | None]]) -> Reading:
    text, reached = "", 0
    taken = [(place, other) for place, other in choice if other]
    for place, other in taken:
        text += f"{query[reached : place.start]}{other}"
        reached = place.end
    return Reading(
        query=text + query[reached:],
        others=tuple(dict.fromkeys(other for _place, other in taken)),
        covered=frozenset().union(*(place.words for place, _other in taken)),
    )
