r"""Reads GIFT, the text format in which Moodle and others write questions.

**Guarantee.** `parse` never raises, whatever the text. Every question becomes a `ParsedQuestion`
or, where it can't be read, a `GiftFault` with its line; one fault never hides the next question.

**Steps.**

- `\~ \= \# \{ \} \:` stand for the sign itself, `\n` for a line break, `\\` for a backslash. Any
  other backslash is a backslash.
- Questions stand between blank lines. A blank line inside braces is allowed where the closing
  brace comes before another opening one. Where it is forgotten between two questions, the line
  that ends with a closing brace ends the first.
- A line that begins with `//` is a comment; `[id:…]` and `[tag:…]` in it belong to the question
  that it stands in, or else to the next. `$CATEGORY:` holds for all questions below it.
- `::title::`, then `[html]` or the like, then the question, then the answers in braces. Words
  after the braces make it a sentence with a gap. Without braces it asks nothing.
"""

import re

from quizzes.importers.gift.answers import read_answers
from quizzes.importers.gift.blocks import Block, split_blocks
from quizzes.importers.gift.shapes import (
    GiftAnswers,
    GiftFault,
    GiftOption,
    GiftText,
    ParsedQuestion,
    Shape,
    UnreadableError,
    gettext_noop,
)
from quizzes.importers.gift.signs import read_text, show

__all__ = [
    "GiftAnswers",
    "GiftFault",
    "GiftOption",
    "GiftText",
    "ParsedQuestion",
    "Shape",
    "parse",
]

_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_BRACES = re.compile(r"([^{}]*)\{([^{}]*)\}([^{}]*)")
_TAGS = re.compile(r"<[^<>]*>")
_CLOZE = re.compile(r"\{\s*\d{0,3}:[A-Z_]{2,20}:")
_GAP = "_____"
_LONGEST_NAME = 300


def parse(text: str) -> list[ParsedQuestion | GiftFault]:
    """All questions in their order; lines are counted from 1."""
    return [_parse_block(block) for block in split_blocks(text)]


def _parse_block(block: Block) -> ParsedQuestion | GiftFault:
    title, rest = "", block.text
    if found := _TITLE.match(rest):
        title, rest = show(found[1]), rest[found.end() :]
    try:
        stem, answers = _read_question(rest)
    except UnreadableError as unreadable:
        name = title or show(rest.partition("{")[0])
        return GiftFault(
            block.line,
            unreadable.message,
            unreadable.remedy,
            unreadable.params,
            name[:_LONGEST_NAME],
        )
    return ParsedQuestion(
        line=block.line,
        category=block.category,
        category_line=block.category_line,
        title=title,
        stem=stem,
        answers=answers,
        id=block.id,
        tags=block.tags,
    )


def _read_question(hidden: str) -> tuple[GiftText, GiftAnswers]:
    if "{" not in hidden and "}" not in hidden:
        return read_text(hidden), GiftAnswers(Shape.DESCRIPTION)
    _refuse_cloze(hidden)
    found = _BRACES.fullmatch(hidden)
    if found is None:
        raise UnreadableError(
            gettext_noop("The braces of this question don't match."),
            gettext_noop(
                r"Put the answers in one pair of { and }, leave an empty line between questions, "
                r"and write \{ and \} for braces in a text."
            ),
        )
    before, body, after = found.groups()
    stem = read_text(before + _gap(before, after))
    if not stem.text:
        raise UnreadableError(
            gettext_noop("The question is missing."), gettext_noop("Write it before the braces.")
        )
    return stem, read_answers(body, stem.format)


def _refuse_cloze(hidden: str) -> None:
    if _CLOZE.search(hidden):
        raise UnreadableError(
            gettext_noop("This is a Cloze question, which isn't GIFT."),
            gettext_noop("Make each gap a question of its own: The capital is {=Paris ~Rome}."),
        )


def _gap(before: str, after: str) -> str:
    """The gap and the words after it; a mere full stop after a whole sentence is neither."""
    is_whole = _TAGS.sub("", before).rstrip().endswith(("?", ".", "!"))
    words = _TAGS.sub("", after).strip(" \n\t." if is_whole else None)
    return _GAP + after if words else ""
