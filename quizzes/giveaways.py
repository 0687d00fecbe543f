"""What in the options of a question gives the right one away to somebody who doesn't know it.

Each rule is one that people use who take many tests, and advice to an author, never an error.

* The right options are clearly the longest: longer than each wrong one, and on average more than
  half as long again as the wrong ones on average.
* “All of these”, “none of the above”: two right ones among the others are enough to know it, and
  options that are shuffled have no above.
* A word that allows no exception stands in wrong options only: real rules have exceptions, so
  whoever guesses strikes those out.

Words are English; questions in other languages are asked about their length alone.

After Haladyna, Downing, Rodriguez: A review of multiple-choice item-writing guidelines for
classroom assessment, Applied Measurement in Education 15 (2002).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from statistics import mean

CLEARLY_LONGER = 1.5
_ABSOLUTE = re.compile(r"\b(always|never|under no circumstances)\b", re.IGNORECASE)
_OF_THE_OTHERS = re.compile(
    r"\b(all|none|both|neither) of (the above|the others?|these|them)\b", re.IGNORECASE
)


class Giveaway(Enum):
    LONGEST = auto()
    OF_THE_OTHERS = auto()
    ABSOLUTE = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    is_right: bool


def giveaways(choices: Sequence[Choice]) -> tuple[Giveaway, ...]:
    """Nothing as long as there aren't both right and wrong ones."""
    right = [choice.text.strip() for choice in choices if choice.is_right]
    wrong = [choice.text.strip() for choice in choices if not choice.is_right]
    if not right or not wrong:
        return ()
    found = {
        Giveaway.LONGEST: _are_clearly_longest(right, wrong),
        Giveaway.OF_THE_OTHERS: any(map(_OF_THE_OTHERS.search, (*right, *wrong))),
        Giveaway.ABSOLUTE: _has_absolute(wrong) and not _has_absolute(right),
    }
    return tuple(giveaway for giveaway, is_found in found.items() if is_found)


def _are_clearly_longest(right: Collection[str], wrong: Collection[str]) -> bool:
    of_right, of_wrong = [len(text) for text in right], [len(text) for text in wrong]
    return min(of_right) > max(of_wrong) and mean(of_right) > CLEARLY_LONGER * mean(of_wrong)


def _has_absolute(texts: Collection[str]) -> bool:
    return any(map(_ABSOLUTE.search, texts))
