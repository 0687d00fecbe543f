"""Limits and measures of wording, counted the way a reader counts.

**Words.** A word is a run of characters between blanks that holds at least one letter or digit, so
a free-standing dash is not a word and "£38" is one. A one-breath line has at most 25.

**Outside in.** How often a text speaks of its reader ("you", "your") and how often of its writer
("we", "our", "us"), in any case, with or without an apostrophe ("you'll", "we're").

**Reading age.** The Flesch–Kincaid grade level, 0.39 · words per sentence + 11.8 · syllables per
word - 15.59 (Kincaid, Fishburne, Rogers and Chissom, *Derivation of New Readability Formulas*,
Research Branch Report 8-75, 1975), and five years: a child of grade 1 is six. Syllables are groups
of vowels, without a silent e at the end; a number is one. It holds for English. Fewer than
`FEWEST_WORDS` words tell nothing. A line break ends a sentence, as the end of a list's line does.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

ONE_BREATH_WORDS = 25
FEWEST_WORDS = 20
GRADE_ONE_AGE = 5
YOUNGEST, OLDEST = 6, 22
YOU = frozenset({"you", "your", "yours", "yourself", "yourselves"})
WE = frozenset({"we", "our", "ours", "us", "ourselves"})

_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = re.compile(r"[.!?…]+(?=\s|[”\"’')]|$)|\n")
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")


@dataclass(frozen=True, slots=True)
class OutsideIn:
    """How a text reads from where a customer stands. No `age` where it is too short to tell."""

    you: int
    we: int
    words: int
    words_a_sentence: int
    age: int | None

    @property
    def is_about_us(self) -> bool:
        return self.we > self.you


def count_words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())


def outside_in(texts: Iterable[str]) -> OutsideIn:
    sentences = [each for text in texts for each in sentences_of(text)]
    words = sum(map(count_words, sentences))
    return OutsideIn(
        you=sum(count_among(YOU, sentence) for sentence in sentences),
        we=sum(count_among(WE, sentence) for sentence in sentences),
        words=words,
        words_a_sentence=round(words / len(sentences)) if sentences else 0,
        age=reading_age(sentences) if words >= FEWEST_WORDS else None,
    )


def sentences_of(text: str) -> list[str]:
    return [part for part in _SENTENCE_ENDS.split(text) if count_words(part)]


def count_among(wanted: Collection[str], text: str) -> int:
    """In "you'll" the run of letters before the apostrophe counts."""
    return sum(run in wanted for run in _LETTERS.findall(text.casefold()))


def reading_age(sentences: Collection[str]) -> int:
    words = sum(map(count_words, sentences))
    beats = sum(syllables(word) for sentence in sentences for word in sentence.split())
    grade = 0.39 * words / len(sentences) + 11.8 * beats / words - 15.59
    return min(max(round(grade) + GRADE_ONE_AGE, YOUNGEST), OLDEST)


def syllables(word: str) -> int:
    """At least one for whatever counts as a word, none for a dash."""
    letters = "".join(_LETTERS.findall(word.casefold()))
    silent = letters.endswith("e") and not letters.endswith(("le", "ee"))
    groups = len(_VOWELS.findall(letters)) - silent
    return max(groups, count_words(word))
