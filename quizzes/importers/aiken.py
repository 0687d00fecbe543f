"""Reads Aiken, the plainest format for choices.

**Guarantee.** `parse` never raises, whatever the text. Every question becomes a `ParsedQuestion`
or a `GiftFault` with its line; one fault never hides the next question.

**Steps.**

- The text of a question, then one line for each option: a letter, `)` or `.`, a blank, its text.
  The letters are capitals; small ones count in a file without a single option in capitals.
- `ANSWER: B` below the options names the right one, and ends the question.
- A line right below an option, without a letter, goes on with it. Where the letters begin anew
  instead of an `ANSWER:`, it was the next question.
- Words that stand alone between blank lines ask nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizzes.importers.gift import (
    GiftAnswers,
    GiftFault,
    GiftOption,
    GiftText,
    ParsedQuestion,
    Shape,
)
from quizzes.importers.gift.shapes import gettext_noop
from quizzes.importers.gift.weights import FULL, NONE

_OPTION = re.compile(r"[ \t]*([A-Z])[.)](?:[ \t]+(.*))?")
_SMALL_OPTION = re.compile(r"[ \t]*([A-Za-z])[.)](?:[ \t]+(.*))?")
_ANSWER = re.compile(r"[ \t]*ANSWER[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_ANSWER_LINE = re.compile(r"^[ \t]*ANSWER[ \t]*:[ \t]*[A-Z]\b", re.IGNORECASE | re.MULTILINE)
_OPTION_LINE = re.compile(r"^[ \t]*[A-Z][.)][ \t]+\S", re.MULTILINE)
_ANY_OPTION_LINE = re.compile(r"^[ \t]*[A-Za-z][.)][ \t]+\S", re.MULTILINE)
_LETTER = re.compile(r"([A-Za-z])[.)]?")
_OPENING = re.compile(r"(?<!\\)\{")
_PLAIN = "plain"


def is_aiken(text: str) -> bool:
    """Told by what stands in the file: more `ANSWER:` lines than braces, and lettered options."""
    answers = len(_ANSWER_LINE.findall(text))
    if not answers or not _ANY_OPTION_LINE.search(text):
        return False
    return answers > len(_OPENING.findall(text))


def parse(text: str) -> list[ParsedQuestion | GiftFault]:
    """All questions in their order; lines are counted from 1."""
    reader = _Reader(_OPTION if _OPTION_LINE.search(text) else _SMALL_OPTION)
    for number, line in enumerate(text.split("\n"), start=1):
        reader.take(number, line)
    reader.end()
    return reader.items


@dataclass(slots=True)
class _Option:
    letter: str
    lines: list[str]


@dataclass(slots=True)
class _Question:
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[_Option] = field(default_factory=list)

    def add_words(self, number: int, words: str) -> None:
        self.line = self.line or number
        (self.options[-1].lines if self.options else self.stem).append(words)


class _Reader:
    def __init__(self, option: re.Pattern[str]) -> None:
        self.option = option
        self.items: list[ParsedQuestion | GiftFault] = []
        self.question = _Question()
        self.follows_blank = False

    def take(self, number: int, line: str) -> None:
        if found := self.option.fullmatch(line):
            self.take_option(number, found[1].upper(), (found[2] or "").strip())
        elif found := _ANSWER.fullmatch(line):
            self.take_answer(number, found[1].strip())
        elif line.strip():
            if self.follows_blank:
                self.end()
            self.question.add_words(number, line.strip())
        self.follows_blank = not line.strip()

    def take_option(self, number: int, letter: str, words: str) -> None:
        if letter == "A" and any(option.letter == "A" for option in self.question.options):
            self.begin_anew(number)
        self.question.line = self.question.line or number
        self.question.options.append(_Option(letter, [words]))

    def begin_anew(self, number: int) -> None:
        """The `ANSWER:` was forgotten; what followed the last option is the next question."""
        last = self.question.options[-1]
        stem = last.lines[1:]
        del last.lines[1:]
        self.end()
        self.question = _Question(number - len(stem), stem)

    def take_answer(self, number: int, letter: str) -> None:
        self.question.line = self.question.line or number
        self.items.append(_finished(self.question, letter))
        self.question = _Question()

    def end(self) -> None:
        """Without an `ANSWER:`, options are a fault, and words alone ask nothing."""
        question, self.question = self.question, _Question()
        if question.options:
            self.items.append(
                _fault(
                    question,
                    gettext_noop("Nothing says which answer is right."),
                    gettext_noop("Write a line like ANSWER: B below the options."),
                )
            )
        elif question.stem:
            description = GiftAnswers(Shape.DESCRIPTION)
            self.items.append(_parsed(question, description))


def _finished(question: _Question, letter: str) -> ParsedQuestion | GiftFault:
    letters = [option.letter for option in question.options]
    found = _LETTER.fullmatch(letter)
    if not question.stem:
        return _fault(
            question,
            gettext_noop("The question is missing."),
            gettext_noop("Write it on a line of its own above the options."),
        )
    if not letters:
        return _fault(
            question,
            gettext_noop("No options stand above “ANSWER: %(letter)s”."),
            gettext_noop("Begin the line of each with a capital, a bracket and a blank: A) Monday"),
            letter,
        )
    right = found[1].upper() if found else ""
    if right not in letters or len(set(letters)) < len(letters):
        return _fault(
            question,
            gettext_noop("“ANSWER: %(letter)s” doesn't name one of the options."),
            gettext_noop("Name exactly one letter, and give each option a letter of its own."),
            letter,
        )
    return _parsed(question, GiftAnswers(Shape.CHOICE, tuple(_options(question.options, right))))


def _options(options: Iterable[_Option], right: str) -> Iterable[GiftOption]:
    for option in options:
        is_right = option.letter == right
        text = GiftText(" ".join(option.lines), _PLAIN)
        yield GiftOption(text, FULL if is_right else NONE, is_marked_right=is_right)


def _parsed(question: _Question, answers: GiftAnswers) -> ParsedQuestion:
    return ParsedQuestion(
        line=question.line,
        category="",
        category_line=0,
        title="",
        stem=GiftText("\n".join(question.stem), _PLAIN),
        answers=answers,
    )


def _fault(question: _Question, message: str, remedy: str, letter: str = "") -> GiftFault:
    name = " ".join(question.stem)[:300]
    return GiftFault(question.line, message, remedy, {"letter": letter[:40]}, name)
