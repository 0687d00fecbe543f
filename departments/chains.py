"""When a promise's chain of links holds, and what is still missing where it doesn't.

**Guarantee.** A chain is as ready as what is missing. It is told as the links that hold, and for
each other link as what it waits for: people, a head's word, a version. Never as a percentage: where
four links each do their part nine times of ten, about every third customer is let down, and
"90 per cent" would hide it. Nobody counts as ready because of a grace. Where nobody is needed,
nothing is known, and a link of which it can't be said doesn't hold.

**A link holds** on a day when both of these do:

1. *Its people know it.* As many are ready for the version as the link requires.
2. *Its head has said so:* "We can do our part", from that day at the latest.

**How many a link requires.** The share that is set for it, of those who are needed that day,
rounded down: in a group of four, 80 per cent are three. One at least, and the head-count that is
set for it where that is more. Never more than are needed. Where the module isn't asked of the
department nobody is needed, and it can't be said whether they know it.

**Which word counts.** Versions that only word each other anew are one family, and what a head said
of one of them counts for all, and for no other. The newest word about the family counts, and only
while the promise itself says what it said then. So a "not yet" about a version to come that means
something else takes nothing from the one that holds today.

**What is missing** is told in the order in which it has to come about. First what keeps people from
knowing it: that nobody is needed, or else that the version isn't out, or else how many are missing.
Then the head's word: that there is none, or "not yet", or one for a later day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# More than any version's number.
NO_END = 1 << 31
ANY_VERSION = range(NO_END)


class Lack(StrEnum):
    """What a link still waits for."""

    NOT_ASKED = "not-asked"
    NOT_OUT = "not-out"
    PEOPLE = "people"
    NO_WORD = "no-word"
    NOT_YET = "not-yet"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Word:
    """What the head said: that they can, from a day on or at once, or that they can't yet."""

    can: bool
    from_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.can and (self.from_on is None or self.from_on <= day)


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a brief; with `asks` it means something else than the one before."""

    version: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a link's people stand for the version that day; nobody is ready for one not out yet."""

    needed: int
    required: int
    ready: int
    is_out: bool = True

    @property
    def knows(self) -> bool | None:
        """`None` is: it can't be said."""
        return self.ready >= self.required if self.needed else None

    @property
    def missing(self) -> int:
        return max(self.required - self.ready, 0)


def required(needed: int, *, share: int, at_least: int | None = None) -> int:
    """How many have to be ready of those who are needed; `share` in per cent."""
    return min(needed, max(1, needed * share // 100, at_least or 0))


def holds(standing: Standing, word: Word | None, *, day: date) -> bool:
    return not lacks(standing, word, day=day)


def lacks(standing: Standing, word: Word | None, *, day: date) -> tuple[Lack, ...]:
    found = (_lack_of_knowledge(standing), _lack_of_word(word, day))
    return tuple(lack for lack in found if lack)


def family(editions: Iterable[Edition], version: int) -> range:
    """The versions around this one that mean the same, so that one word speaks for all of them."""
    turns = sorted(edition.version for edition in editions if edition.asks)
    first = max((turn for turn in turns if turn <= version), default=0)
    following = min((turn for turn in turns if turn > version), default=None)
    return range(first, following if following is not None else NO_END)


def _lack_of_knowledge(standing: Standing) -> Lack | None:
    if standing.knows is None:
        return Lack.NOT_ASKED
    if not standing.is_out:
        return Lack.NOT_OUT
    return None if standing.knows else Lack.PEOPLE


def _lack_of_word(word: Word | None, day: date) -> Lack | None:
    if word is None:
        return Lack.NO_WORD
    if not word.can:
        return Lack.NOT_YET
    return None if word.holds_on(day) else Lack.LATER


@dataclass(frozen=True, slots=True)
class Waiting:
    """A link that doesn't hold, as data for "Finance: 2 people, by Thursday 3 December".

    No number of people is: it isn't told. `because` and `from_on` are what its head said.
    """

    department: str
    lacks: Sequence[Lack]
    people: int = 0
    by: date | None = None
    from_on: date | None = None
    because: str = ""
