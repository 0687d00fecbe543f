"""Reads what stands below the front matter: a lesson's blocks, a brief's questions and answers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knowledge.importers.content.pictures import PictureFile, read_picture
from knowledge.importers.content.prose import canonical, read_blocks, render, words_of
from knowledge.importers.reporting import FaultList

CALL = "call"
FEWEST_TURNS = 2

_FACT = re.compile(r"\[fact:\s*([^\[\]\s]*)\s*\]")
_TURN = re.compile(r"((?:\\[\\:]|[^:\\]){1,30}):\s+(\S.*)")
_ESCAPED = re.compile(r"\\([\\:])")


@dataclass(frozen=True, slots=True)
class Prose:
    line: int
    html: str


@dataclass(frozen=True, slots=True)
class FactReference:
    line: int
    key: str


@dataclass(frozen=True, slots=True)
class Call:
    line: int
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    line: int
    file: PictureFile
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Answer:
    line: int
    question: str
    html: str


type Piece = Prose | FactReference | Call | Picture


@dataclass(frozen=True, slots=True)
class Source:
    """Where a body stands: its folder, its first line, its faults."""

    folder: Path
    first_line: int
    faults: FaultList

    def line_of(self, block: Sequence[Any]) -> int:
        return self.first_line + int((block[0].map or [0])[0])


def read_lesson_body(markdown: str, source: Source) -> list[Piece]:
    read = (_read_piece(block, source) for block in read_blocks(markdown))
    pieces = [piece for piece in read if piece]
    if not pieces:
        source.faults.add(
            source.first_line, _("The lesson is empty."), _("Write it below the second ---.")
        )
    return list(_merged(pieces))


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Prose that isn't interrupted is one block, as an editor would write it."""
    for is_prose, group in groupby(pieces, key=lambda piece: isinstance(piece, Prose)):
        if is_prose:
            prose = [piece for piece in group if isinstance(piece, Prose)]
            yield Prose(prose[0].line, _joined(part.html for part in prose))
        else:
            yield from group


def _joined(parts: Iterable[str]) -> str:
    return canonical("\n".join(parts))


def read_answers(markdown: str, source: Source) -> list[Answer]:
    """Each heading is a question; all prose up to the next one is its answer."""
    found: list[tuple[int, str, list[str]]] = []
    for block in read_blocks(markdown):
        line = source.line_of(block)
        if block[0].type == "heading_open" and block[0].tag == "h2":
            found.append((line, words_of(block[1]), []))
        elif not found:
            source.faults.add(
                line,
                _("A brief's text begins with a question."),
                _("Write “## ” and the question above it."),
            )
        elif prose := _read_prose(block, source):
            found[-1][2].append(prose.html)
    answers = [Answer(line, question, _joined(parts)) for line, question, parts in found]
    _check_answers(answers, source.faults)
    return answers


def _check_answers(answers: Sequence[Answer], faults: FaultList) -> None:
    for answer in answers:
        if not answer.question or not answer.html:
            faults.add(
                answer.line,
                _("A question or its answer is empty."),
                _("Write the question behind “## ” and the answer below it."),
            )


def _read_piece(block: Sequence[Any], source: Source) -> Piece | None:
    if block[0].type == "fence" and block[0].info.strip() == CALL:
        return _read_call(block[0], source)
    if block[0].type == "paragraph_open":
        inline = block[1]
        if found := _FACT.fullmatch(inline.content.strip()):
            return FactReference(source.line_of(block), found[1])
        if len(inline.children) == 1 and inline.children[0].type == "image":
            return _read_picture(inline.children[0], source.line_of(block), source)
    return _read_prose(block, source)


def _read_call(fence: Any, source: Source) -> Call | None:
    line = source.line_of([fence])
    turns: list[tuple[str, str]] = []
    for number, text in enumerate(fence.content.split("\n"), start=line + 1):
        if turns and text.startswith("  "):
            speaker, words = turns[-1]
            turns[-1] = (speaker, f"{words}\n{text[2:].rstrip()}")
        elif found := _TURN.fullmatch(text.strip()):
            turns.append((_ESCAPED.sub(r"\1", found[1].strip()), found[2]))
        elif text.strip():
            source.faults.add(
                number,
                _("Nothing says who speaks here."),
                _("Begin the line like “Customer: ” or “You: ”, with at most 30 letters."),
            )
    if len(turns) < FEWEST_TURNS:
        source.faults.add(line, _("A call has two turns or more."), _("Write what both say."))
    return Call(line, tuple((speaker, words.strip()) for speaker, words in turns))


def _read_picture(image: Any, line: int, source: Source) -> Picture | None:
    alt = words_of(image)
    if not alt:
        source.faults.add(
            line,
            _("The picture has no description."),
            _("Say between the square brackets what someone who can't see it would miss."),
        )
    file = read_picture(source.folder, str(image.attrs.get("src", "")), line, source.faults)
    if file is None:
        return None
    return Picture(line, file, alt, str(image.attrs.get("title", "")).strip())


def _read_prose(block: Sequence[Any], source: Source) -> Prose | None:
    line = source.line_of(block)
    if any(token.type in {"fence", "code_block"} for token in block):
        source.faults.add(
            line,
            _("Code has no place in this text."),
            _("For an example call in a lesson, write ```call; else don't indent the text."),
        )
    for inline in (token for token in block if token.type == "inline"):
        _check_inline(inline, line, source.faults)
    html = render(block)
    return Prose(line, html) if html else None


def _check_inline(inline: Any, line: int, faults: FaultList) -> None:
    if _FACT.search(inline.content):
        faults.add(
            line,
            _("A fact doesn't stand alone here."),
            _("In a lesson, put [fact: …] between two empty lines; elsewhere, leave it out."),
        )
    if any(child.type == "image" for child in inline.children):
        faults.add(
            line,
            _("A picture doesn't stand alone here."),
            _("In a lesson, put it between two empty lines; elsewhere, leave it out."),
        )
