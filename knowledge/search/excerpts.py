"""The words around a hit, cut to one line, with the words that were looked for marked.

Text stays text: it comes out in segments, which a template escapes like any other words.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.spelling import tokens

LETTERS = 180
LETTERS_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_marked: bool = False


def marked(text: str, words: Collection[str]) -> tuple[Segment, ...]:
    """The whole text."""
    return tuple(_segments(text, _places(text, words)))


def excerpt(text: str, words: Collection[str]) -> tuple[Segment, ...]:
    """As much of the text as fits around most of the words; its beginning where it has none."""
    start, end = _window(text, _places(text, words))
    shown = ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
    return marked(shown, words)


def _places(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    wanted = frozenset(words)
    return [(token.start, token.end) for token in tokens(text) if wanted.intersection(token.words)]


def _segments(text: str, places: list[tuple[int, int]]) -> Iterator[Segment]:
    reached = 0
    for start, end in places:
        if start > reached:
            yield Segment(text[reached:start])
        yield Segment(text[start:end], is_marked=True)
        reached = end
    if reached < len(text):
        yield Segment(text[reached:])


def _window(text: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LETTERS:
        return 0, len(text)
    reach = LETTERS - 2 * LETTERS_BEFORE
    starts = [start for start, _end in places] or [0]
    first = max(starts, key=lambda start: sum(start <= other < start + reach for other in starts))
    start = _blank_before(text, first - LETTERS_BEFORE)
    end = min(start + LETTERS, len(text))
    return start, end if end == len(text) else _blank_before(text, end) or end


def _blank_before(text: str, place: int) -> int:
    """The last end of a word before the place; the place itself inside an endless word."""
    if place <= 0:
        return 0
    blank = text.rfind(" ", max(0, place - LETTERS_BEFORE), place + 1)
    return place if blank < 0 else blank
