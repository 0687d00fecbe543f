"""Whether an answer is right.

**Guarantee.** An answer is right or not, never partly. Judging never raises, whatever the browser
sends: a response of the wrong shape is not right. The order in which options were shown makes no
difference.

**Steps**, by kind of key:

- *Choose* (one, many, scenario, true/false with reason): the chosen option ids are exactly the
  right ones.
- *Number*: the typed text, read by `parse_number`, is at most `tolerance` away from `value`.
- *Text*: the typed text is one of the accepted answers, give or take `slips` spelling slips.
- *Order*: the ids stand in exactly this order.
- *Say it*: the person marked her own words against the model.

**Text.** Both sides are compared without case, accents, punctuation, extra blanks and opening words
like "the" or "on". A slip is a letter added, dropped, replaced, or changed round with its neighbour
(optimal string alignment distance), counted word by word. Words under four letters and words with a
digit may have none: there, one letter makes another word. Blanks alone never matter: "pricelock".
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_OPENING_WORDS = frozenset({"a", "an", "on", "the"})
_SHORTEST_WORD_WITH_SLIPS = 4
_LONGEST_TYPED = 200
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"

_NUMBER = re.compile(
    r"""
    (?:[A-Z]{3}\s*)?        # EUR
    (?P<minus>[-\u2212])?    # a hyphen, or the true minus sign
    [+$€£¥]?\s*
    (?P<figures>[\d.,](?:[\d.,'\u2019\s]*\d)?)
    (?:\s*(?:[ckm]?m|ft)[23]\b)?  # the units whose names hold a figure: m2
    \D*                     # any other: working days, Mbps, %
    """,
    re.VERBOSE,
)

# Tried in this order. A lone comma before exactly three figures groups thousands, as in 1,000;
# a lone dot is always the decimal point.
_FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:[\s'\u2019]\d{3})+)(?:[.,](?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3}){2,})(?:,(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+),(?P<part>\d+)",
        r"(?P<whole>\d*)[.,](?P<part>\d+)",
        r"(?P<whole>\d+)(?P<part>)",
    )
)


@dataclass(frozen=True, slots=True)
class ChooseKey:
    """The response is a list of option ids."""

    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The response is a text. Its unit is shown beside the box, so it is not judged."""

    value: Decimal
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TextKey:
    """The response is a text."""

    accepted: tuple[str, ...]
    slips: int = 0


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The response is a list of all ids."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SayKey:
    """The response is true where the person found her words as good as the model."""


type AnswerKey = ChooseKey | NumberKey | TextKey | OrderKey | SayKey


def is_right(key: AnswerKey, response: object) -> bool:
    match key:
        case ChooseKey():
            return _is_chosen(key, _ids(response))
        case NumberKey():
            return _is_near(key, parse_number(response) if isinstance(response, str) else None)
        case TextKey():
            return isinstance(response, str) and _is_accepted(key, response)
        case OrderKey():
            return bool(key.order) and _ids(response) == key.order
        case SayKey():
            return response is True


def parse_number(text: str) -> Decimal | None:
    """The one number in a typed text, or `None`: "£50", "1,000", "2,5 days", but not "5 or 6"."""
    stripped = text.strip()
    found = _NUMBER.fullmatch(stripped) if len(stripped) <= _LONGEST_TYPED else None
    if found is None:
        return None
    number = _parse_figures(found["figures"])
    return -number if number is not None and found["minus"] else number


def _parse_figures(figures: str) -> Decimal | None:
    matches = (pattern.fullmatch(figures) for pattern in _FIGURES)
    match = next((match for match in matches if match), None)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return Decimal(f"{whole or 0}.{match['part'] or 0}")


def _ids(response: object) -> tuple[int, ...]:
    """The response as ids; empty where it is anything but a list of integers."""
    if not isinstance(response, list | tuple):
        return ()
    # In Python, True == 1: without the strict test a JSON `true` would choose option 1.
    return tuple(response) if all(type(part) is int for part in response) else ()


def _is_chosen(key: ChooseKey, chosen: tuple[int, ...]) -> bool:
    return bool(chosen) and len(chosen) == len(key.right) and frozenset(chosen) == key.right


def _is_near(key: NumberKey, number: Decimal | None) -> bool:
    return number is not None and abs(number - key.value) <= key.tolerance


def _is_accepted(key: TextKey, text: str) -> bool:
    given = _words(text) if len(text) <= _LONGEST_TYPED else []
    return any(_is_alike(_words(accepted), given, key.slips) for accepted in key.accepted)


def _words(text: str) -> list[str]:
    """The text's bare words: "On Thursday's" and "thursdays" are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(_bare(letter) for letter in decomposed)
    words = letters.split()
    while len(words) > 1 and words[0] in _OPENING_WORDS:
        words = words[1:]
    return words


def _bare(letter: str) -> str:
    if letter.isalnum():
        return letter
    return "" if letter in _APOSTROPHES or unicodedata.combining(letter) else " "


def _is_alike(accepted: list[str], given: list[str], slips: int) -> bool:
    if not accepted or not given:
        return False
    if "".join(accepted) == "".join(given):
        return True
    return len(accepted) == len(given) and _count_slips(zip(accepted, given, strict=True)) <= slips


def _count_slips(pairs: Iterable[tuple[str, str]]) -> float:
    return sum(_word_slips(accepted, given) for accepted, given in pairs)


def _word_slips(accepted: str, given: str) -> float:
    if accepted == given:
        return 0
    is_short = len(accepted) < _SHORTEST_WORD_WITH_SLIPS
    if is_short or any(letter.isdigit() for letter in accepted):
        return float("inf")
    return slips_between(accepted, given)


def slips_between(one: str, other: str) -> int:
    """Optimal string alignment distance: the fewest slips that turn one word into the other."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            fewest = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and wanted == one[i - 2]:
                fewest = min(fewest, before_last[j - 2] + 1)
            row.append(fewest)
        before_last, last = last, row
    return last[-1]
