"""Cuts a GIFT file into its questions, each with the category and the marks that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from quizzes.importers.gift.signs import hide, show

_COMMENT = re.compile(r"\s*//")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
# Moodle writes a closing bracket inside a mark as \].
_MARK = re.compile(r"\[(id|tag):((?:\\[\[\]]|[^\[\]]){1,700})\]")
_BRACE = re.compile(r"[{}]")

type Marks = list[tuple[str, str]]


@dataclass(slots=True)
class Block:
    """The lines of one question without its comments, with escaped signs hidden."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    is_open: bool = False
    category: str = ""
    category_line: int = 0
    own_marks: Marks = field(default_factory=list)
    # Those of comments that stand in paragraphs of their own above it.
    earlier_marks: Marks = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def marks(self) -> Marks:
        """Whoever takes a question out as a comment doesn't give its id to the next one."""
        if _has_id(self.own_marks) and _has_id(self.earlier_marks):
            return self.own_marks
        return [*self.earlier_marks, *self.own_marks]

    @property
    def id(self) -> str:
        return next(iter(self._marked("id")), "")

    @property
    def tags(self) -> tuple[str, ...]:
        return self._marked("tag")

    def ends_before(self, line: str, ahead: "_Ahead") -> bool:
        """At a blank line that isn't in its braces, or where the next begins without one."""
        if not line or line.isspace():
            return bool(self.lines or self.own_marks) and not (self.is_open and ahead.closes)
        return ahead.opens_in_paragraph and not self.is_open and self._is_complete()

    def _is_complete(self) -> bool:
        return bool(self.lines) and self.lines[-1].rstrip().endswith("}")

    def add(self, number: int, line: str) -> None:
        self.line = self.line or number
        self.lines.append(line)
        if braces := _BRACE.findall(line):
            self.is_open = braces[-1] == "{"

    def successor(self) -> "Block":
        """The next block keeps the category, and marks that no question has taken yet."""
        marks = [] if self.lines else self.marks
        return Block(category=self.category, category_line=self.category_line, earlier_marks=marks)

    def _marked(self, kind: str) -> tuple[str, ...]:
        values = (
            show(value.replace(r"\[", "[").replace(r"\]", "]"))
            for name, value in self.marks
            if name == kind
        )
        return tuple(value for value in values if value)


class _Ahead(NamedTuple):
    """What the next brace is, on a line or below it."""

    closes: bool
    opens_in_paragraph: bool


_OPENS = _Ahead(closes=False, opens_in_paragraph=True)
_OPENS_LATER = _Ahead(closes=False, opens_in_paragraph=False)
_CLOSES = _Ahead(closes=True, opens_in_paragraph=False)


def split_blocks(text: str) -> Iterator[Block]:
    return (block for block in _cut(hide(text).split("\n")) if block.lines)


def _cut(lines: list[str]) -> Iterator[Block]:
    block = Block()
    for number, (line, ahead) in enumerate(zip(lines, _look_ahead(lines), strict=True), start=1):
        if block.ends_before(line, ahead):
            yield block
            block = block.successor()
        if _COMMENT.match(line):
            block.own_marks += _MARK.findall(line)
        elif found := _CATEGORY.match(line):
            yield block
            block = Block(category=show(found[1]), category_line=number)
        elif line.strip() or block.is_open:
            block.add(number, line)
    yield block


def _look_ahead(lines: list[str]) -> list[_Ahead]:
    ahead = _OPENS_LATER
    found = []
    for line in reversed(lines):
        if not line:
            ahead = _CLOSES if ahead.closes else _OPENS_LATER
        elif not _COMMENT.match(line):
            ahead = _above(line, ahead)
        found.append(ahead)
    return found[::-1]


def _above(line: str, below: _Ahead) -> _Ahead:
    if brace := _BRACE.search(line):
        return _OPENS if brace[0] == "{" else _CLOSES
    if not line.strip() or _CATEGORY.match(line):
        return _CLOSES if below.closes else _OPENS_LATER
    return below


def _has_id(marks: Marks) -> bool:
    return any(name == "id" for name, _value in marks)
