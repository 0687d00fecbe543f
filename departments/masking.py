"""Takes out of somebody's words whatever names a person.

What stands for a colleague's name, an e-mail address or a long number is replaced by a word in
square brackets. A name is any part of any colleague's name, with or without its accents, in capital
or small letters. Where it is an everyday word too ("will", "mark"), or of two letters, only its
capitalised form is taken for a name. Too much is masked rather than too little.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# An e-mail address; or six digits or more, as in telephone and account numbers, with what stands
# between them.
ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|\+?\d(?:[ ./()\-]{0,2}\d){5,}")
WORD = re.compile(r"[^\W\d_]+")
SHORT = 2
# fmt: off
EVERYDAY = frozenset({
    "able", "art", "bell", "best", "bill", "bond", "brook", "brown", "cash", "chance", "chase",
    "cook", "day", "dean", "drew", "fair", "field", "fields", "frank", "free", "gay", "good",
    "grace", "grant", "green", "guy", "hand", "hill", "hope", "hunter", "iris", "jack", "joy",
    "june", "kind", "king", "lane", "law", "little", "long", "love", "low", "major", "mark",
    "may", "miles", "mill", "moon", "more", "neat", "new", "nice", "north", "old", "page",
    "park", "parker", "penny", "pike", "pool", "poole", "price", "read", "rich", "rob", "rose",
    "sharp", "short", "small", "so", "south", "still", "stone", "strong", "summer", "sun",
    "swift", "to", "true", "wall", "ward", "way", "west", "white", "will", "wise", "wood",
    "woods", "work", "young",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Masks:
    """What is written in place of each."""

    name: str
    email: str
    number: str


def parts_of_names(names: Iterable[str]) -> frozenset[str]:
    """The words that names are made of; single letters are none."""
    words = (word for name in names for word in WORD.findall(plain(name)))
    return frozenset(word for word in words if len(word) >= SHORT)


def masked(text: str, names: Collection[str], masks: Masks) -> str:
    """`names` as from `parts_of_names`."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        mask = masks.email if "@" in found[0] else masks.number
        pieces += [_without_names(text[end : found.start()], names, masks.name), mask]
        end = found.end()
    return "".join([*pieces, _without_names(text[end:], names, masks.name)])


def is_name(word: str, names: Collection[str]) -> bool:
    simple = plain(word)
    if simple not in names:
        return False
    return word[:1].isupper() or not (len(simple) <= SHORT or simple in EVERYDAY)


def plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _without_names(text: str, names: Collection[str], mask: str) -> str:
    """A full name is one name."""
    hidden = WORD.sub(lambda found: mask if is_name(found[0], names) else found[0], text)
    again = re.compile(rf"{re.escape(mask)}(?:[ \-]{re.escape(mask)})+")
    return again.sub(lambda _found: mask, hidden)
