"""The many ways in which one word is written: with accents, with endings, with a slip of the hand.

**Guarantee.** What a person types and what an author wrote go through the same steps, so the same
words are found whatever database lies below.

**Steps.** Text is cut at everything that is neither a letter nor a digit; an apostrophe inside a
word joins it ("don't" is one word). Words with hyphens count in parts and as a whole, so that
"wifi" finds "Wi-Fi". A word is folded: small letters, no accents, no apostrophe.

The *stem* brings the everyday forms of an English word together ("refunds", "refunded",
"refunding"): plural, -ing and -ed go, then the final e of longer words, then a doubled last
consonant. It needn't be a word itself, and it errs on the careful side: what it misses is still
found by its beginning.

The *distance* counts slips: a letter too many, missing, wrong, or two letters swapped (optimal
string alignment). One is forgiven from four letters, two from eight; but a first letter is never
wrong, nor is any of only four: "take" is no slip for "make", nor "tape".
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
WORD = re.compile(_WORD)
WORDS_WITH_HYPHENS = re.compile(rf"{_WORD}(?:[-‐‑]{_WORD})*")
# Letters that Unicode doesn't take for an accented one.
PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d"})
VOWELS = frozenset("aeiouy")
# "mov" of "moved", "us" of "using"; but "pay" of "paying" and "eat" of "eating".
LOST_ITS_E = re.compile(r"[^aeiou]?[aeiou][^aeiouwxy]")
# Small words of questions: "How long does a refund take?" asks for "refund".
SMALL_WORDS_OF_ENGLISH = """
a about am an and any are as at be been but by can could did do does for from get go going got had
happens has have he her him his how i if im in is it its ive know long make many me much my need no
not of on or our out please say she should so take takes tell than that the their them then there
these they this those to up us want was we were what when where which who why will with would you
your
"""
SMALL_WORDS = frozenset(SMALL_WORDS_OF_ENGLISH.split())

MOST_QUERY_LETTERS = 200
FORGIVEN_ONCE_FROM = 4
FORGIVEN_TWICE_FROM = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a text, and the folded words that it stands for."""

    start: int
    end: int
    words: tuple[str, ...]


def tidied(typed: str) -> str:
    """What was typed, on one line and not longer than anybody means it to be."""
    shown = (letter if letter.isprintable() else " " for letter in typed[:MOST_QUERY_LETTERS])
    return composed(" ".join("".join(shown).split()))


def composed(text: str) -> str:
    """With each accent in its letter: a loose one would cut the word in two."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tokens(text: str) -> Iterator[Token]:
    for found in WORDS_WITH_HYPHENS.finditer(text):
        yield Token(found.start(), found.end(), _words_of(found[0]))


def words_in(text: str) -> set[str]:
    runs = set(WORDS_WITH_HYPHENS.findall(text))
    return {word for run in runs for word in _words_of(run)}


def stems_in(text: str) -> str:
    """All of a text's stems in order, with a blank around each: so a run of words can be found."""
    stems = [stem(word) for found in WORD.finditer(text) for word in [folded(found[0])]]
    return f" {' '.join(stems)} "


@functools.lru_cache(maxsize=16_384)
def _words_of(run: str) -> tuple[str, ...]:
    parts = [folded(part) for part in WORD.findall(run)]
    words = [*parts, "".join(parts)] if len(parts) > 1 else parts
    return tuple(filter(None, words))


def folded(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    letters = unicodedata.normalize("NFKD", word.casefold()).translate(PLAIN_LETTERS)
    return "".join(letter for letter in letters if letter.isalnum())


def stem(word: str) -> str:
    """Of a folded word; what isn't in Latin letters stays as it is."""
    if not (word.isascii() and word.isalpha()):
        return word
    word = _without_past_or_ing(_without_plural(word))
    # A short word would become another: "care" is no "car".
    if len(word) > 4 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    is_doubled = len(word) > 2 and word[-1] == word[-2] and word[-1] not in VOWELS
    return word[:-1] if is_doubled else word


def _without_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _without_past_or_ing(word: str) -> str:
    if word.endswith("ied"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith("eed"):
        return word[:-1] if len(word) > 5 and not word.endswith("ceed") else word
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1 and VOWELS & set(rest):
            return f"{rest}e" if LOST_ITS_E.fullmatch(rest) else rest
    return word


def slips_forgiven(word: str) -> int:
    """A number is never a slip for another: £50 is not £60."""
    if len(word) < FORGIVEN_ONCE_FROM or not word.isalpha():
        return 0
    return 2 if len(word) >= FORGIVEN_TWICE_FROM else 1


def letters_in(word: str) -> int:
    """The letters of a word as a set of 64 bits: one slip changes at most two of them."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 64)
    return mask


def near(word: str, vocabulary: Iterable[tuple[str, int]]) -> list[str]:
    """The words at the smallest distance that is forgiven, out of pairs of a word and its
    `letters_in`."""
    most = slips_forgiven(word)
    if not most:
        return []
    mask, length = letters_in(word), len(word)
    likely = [
        other
        for other, letters in vocabulary
        if (mask ^ letters).bit_count() <= 2 * most and -most <= len(other) - length <= most
    ]
    measured = [(distance(word, other), other) for other in likely if may_be_meant(word, other)]
    best = min((slips for slips, _other in measured), default=most + 1)
    return [other for slips, other in measured if slips == best <= most]


def may_be_meant(word: str, other: str) -> bool:
    """Whether one can be a slip for the other at all, however few letters differ."""
    if not other.isalpha():
        return False
    if len(word) != len(other) or sorted(word) == sorted(other):
        return True
    return word[0] == other[0] and len(word) > FORGIVEN_ONCE_FROM


def distance(one: str, other: str) -> int:
    """How many slips lie between two words; two swapped letters are one slip."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, opposite in enumerate(other, start=1):
            changed = last[column - 1] + (letter != opposite)
            slips = min(changed, last[column] + 1, line[-1] + 1)
            if row > 1 and column > 1 and one[row - 2] == opposite and other[column - 2] == letter:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, last = last, line
    return last[-1]
