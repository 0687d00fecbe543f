"""Cuts a GIFT file into its questions, each with the category and the marks that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizzes.importers.gift.signs import hide, show

_COMMENT = re.compile(r"\s*//")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
_MARK = re.compile(r"\[(id|tag):([^\[\]]*)\]")
_BRACE = re.compile(r"[{}]")


@dataclass(slots=True)
class Block:
    """The lines of one question without its comments, with escaped signs hidden."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    is_open: bool = False
    category: str = ""
    category_line: int = 0
    marks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def id(self) -> str:
        return next(iter(self._marked("id")), "")

    @property
    def tags(self) -> tuple[str, ...]:
        return self._marked("tag")

    def add(self, number: int, line: str) -> None:
        self.line = self.line or number
        self.lines.append(line)
        if braces := _BRACE.findall(line):
            self.is_open = braces[-1] == "{"

    def successor(self) -> "Block":
        """The next block keeps the category, and marks that no question has taken yet."""
        marks = [] if self.lines else self.marks
        return Block(category=self.category, category_line=self.category_line, marks=marks)

    def _marked(self, kind: str) -> tuple[str, ...]:
        return tuple(show(mark) for name, mark in self.marks if name == kind and mark.strip())


def split_blocks(text: str) -> Iterator[Block]:
    return (block for block in _cut(hide(text).split("\n")) if block.lines)


def _cut(lines: list[str]) -> Iterator[Block]:
    closes_next = _closes_next(lines)
    block = Block()
    for number, line in enumerate(lines, start=1):
        if _COMMENT.match(line):
            block.marks += _MARK.findall(line)
        elif found := _CATEGORY.match(line):
            yield block
            block = Block(category=show(found[1]), category_line=number)
        elif line.strip() or (block.is_open and closes_next[number - 1]):
            block.add(number, line)
        else:
            yield block
            block = block.successor()
    yield block


def _closes_next(lines: list[str]) -> list[bool]:
    """For each line: is the next brace, on it or below it, a closing one?"""
    closes = False
    answers = []
    for line in reversed(lines):
        found = None if _COMMENT.match(line) else _BRACE.search(line)
        closes = found[0] == "}" if found else closes
        answers.append(closes)
    return answers[::-1]
