"""Reads a GIFT file into question drafts; whatever can't become one is a fault."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from textwrap import shorten

from django.utils.text import slugify
from django.utils.translation import gettext as _

from knowledge.importers.files import read_text
from knowledge.importers.reporting import FaultList
from quizzes.importers.gift import GiftFault, ParsedQuestion, Shape, parse
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.marks import (
    LOOK_UP,
    MUST_KNOW,
    Marks,
    read_marks,
    refuse_misplaced,
)
from quizzes.importers.questions.meaning import Meaning, read_meaning
from quizzes.importers.questions.plain import plain, plain_line

MOST_BYTES = 500_000
REFERENCE_LENGTH = 64
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question of the file, understood but not yet compared with what is stored."""

    line: int
    reference: str
    category: str
    category_line: int
    name: str
    stem: str
    meaning: Meaning
    marks: Marks

    @property
    def is_must_know(self) -> bool:
        return MUST_KNOW in self.marks.flags

    @property
    def is_look_up(self) -> bool:
        return LOOK_UP in self.marks.flags


@dataclass(frozen=True, slots=True)
class Drafts:
    questions: list[QuestionDraft]
    # Texts without braces: Moodle shows them between questions, the portal has no place for them.
    descriptions: list[str]


def read_drafts(path: Path, faults: FaultList) -> Drafts:
    text = read_text(path, faults, most_bytes=MOST_BYTES)
    drafts = Drafts([], [])
    for item in parse(text):
        _add(item, drafts, faults)
    if text and not drafts.questions and not faults.faults:
        faults.add(None, _("There is no question in this file."), _("Check whether it is GIFT."))
    _check_references(drafts.questions, faults)
    return drafts


def _add(item: ParsedQuestion | GiftFault, drafts: Drafts, faults: FaultList) -> None:
    if isinstance(item, GiftFault):
        faults.add(item.line, _(item.message) % item.params, _(item.remedy))
    elif item.answers.shape is Shape.DESCRIPTION:
        drafts.descriptions.append(
            shorten(item.title or plain_line(item.stem), 60, placeholder="…")
        )
    else:
        try:
            drafts.questions.append(_draft(item))
        except UnreadableError as unreadable:
            faults.add(item.line, unreadable.message, unreadable.remedy)


def _draft(parsed: ParsedQuestion) -> QuestionDraft:
    marks = read_marks(parsed.tags)
    refuse_misplaced(marks, parsed.answers.shape)
    name = _name(parsed)
    return QuestionDraft(
        line=parsed.line,
        reference=_reference(parsed.id or f"{parsed.category} {name}"),
        category=parsed.category,
        category_line=parsed.category_line,
        name=name,
        stem=plain(parsed.stem),
        meaning=read_meaning(parsed.answers, marks),
        marks=marks,
    )


def _name(parsed: ParsedQuestion) -> str:
    title = parsed.title or plain_line(parsed.stem)
    return shorten(title, NAME_LENGTH, placeholder="…")


def _reference(text: str) -> str:
    """By this a question is found again; where the text is cut, a digest keeps it its own."""
    slug = slugify(text)
    digest = sha256(text.encode()).hexdigest()[:8]
    if not slug:
        return f"q-{digest}"
    if len(slug) <= REFERENCE_LENGTH:
        return slug
    return f"{slug[: REFERENCE_LENGTH - len(digest) - 1]}-{digest}"


def _check_references(drafts: Iterable[QuestionDraft], faults: FaultList) -> None:
    lines: dict[str, int] = {}
    for draft in drafts:
        if draft.reference in lines:
            faults.add(
                draft.line,
                _("“%(reference)s” names the question in line %(line)s already.")
                % {"reference": draft.reference, "line": lines[draft.reference]},
                _("Give each question an [id:…] of its own in the // line above it."),
            )
        lines.setdefault(draft.reference, draft.line)
