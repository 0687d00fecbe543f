"""A typed text against the accepted ones, give or take spelling slips.

Both sides are compared without case, accents, punctuation, extra blanks and opening words like
"the" or "on". A slip is a letter added, dropped, replaced, or changed round with its neighbour
(optimal string alignment distance), counted word by word. Words under four letters and words with a
digit may have none: there, one letter makes another word. Blanks alone never matter: "pricelock".
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from quizzes.scoring.explanations import Explanation, Rule, all_or_nothing
from quizzes.scoring.keys import TextKey

_OPENING_WORDS = frozenset({"a", "an", "on", "the"})
_SHORTEST_WORD_WITH_SLIPS = 4
_LONGEST_TYPED = 200
_OTHER_WORDS = float("inf")
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"


def explain_text(key: TextKey, response: object) -> Explanation:
    given = response if isinstance(response, str) else ""
    slips = fewest_slips(key.accepted, given, key.slips)
    was_tried = has_words(given)
    is_lenient = slips != 0 and was_tried and key.slips > 0
    rule = Rule.SPELLING if is_lenient else Rule.ALL_OR_NOTHING
    judged = all_or_nothing(is_right=slips is not None, was_tried=was_tried, rule=rule)
    return replace(judged, slips=slips or 0)


def fewest_slips(accepted: Iterable[str], text: str, most: int) -> int | None:
    """The slips to forgive so that the text is an accepted one; `None` where they exceed `most`."""
    given = _words(text) if len(text) <= _LONGEST_TYPED else []
    slips = min((_slips_to(_words(wording), given) for wording in accepted), default=_OTHER_WORDS)
    return int(slips) if slips <= most else None


def has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


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


def _slips_to(accepted: list[str], given: list[str]) -> float:
    if not accepted or not given:
        return _OTHER_WORDS
    if "".join(accepted) == "".join(given):
        return 0
    if len(accepted) != len(given):
        return _OTHER_WORDS
    return sum(_word_slips(*pair) for pair in zip(accepted, given, strict=True))


def _word_slips(accepted: str, given: str) -> float:
    if accepted == given:
        return 0
    is_short = len(accepted) < _SHORTEST_WORD_WITH_SLIPS
    if is_short or any(letter.isdigit() for letter in accepted):
        return _OTHER_WORDS
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
