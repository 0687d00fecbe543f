"""Reads one Markdown file into a brief, a module or a lesson."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.content.bodies import (
    Answer,
    Picture,
    Piece,
    Source,
    read_answers,
    read_lesson_body,
)
from knowledge.importers.content.front_matter import Fields, Line, read_front_matter
from knowledge.importers.files import read_text
from knowledge.importers.reporting import FaultList

MOST_BYTES = 100_000
BRIEF_NAMES = (
    "kind",
    "slug",
    "title",
    "version",
    "one_breath",
    "right_for",
    "not_right_for",
    "expectation",
    "sponsor",
    "owner",
    "say",
    "dont_say",
    "facts",
)
FACT_NAMES = ("key", "kind", "title", "statement", "limits", "proof")
MODULE_NAMES = ("kind", "slug", "title", "brief", "able_to_say", "try_it", "valid_days")
LESSON_NAMES = ("kind", "slug", "title", "minutes", "one_breath")

_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class FactFile:
    line: int
    key: str
    kind: str
    title: str
    statement: str
    limits: str
    proof: str


@dataclass(frozen=True, slots=True)
class BriefFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    version: int | None
    one_breath: str
    right_for: str
    not_right_for: str
    expectation: str
    sponsor: str
    owner: str
    say: tuple[Line, ...]
    dont_say: tuple[Line, ...]
    facts: tuple[FactFile, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class LessonFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    minutes: int | None
    one_breath: str
    body: tuple[Piece, ...]

    @property
    def pictures(self) -> list[Picture]:
        return [piece for piece in self.body if isinstance(piece, Picture)]


@dataclass(frozen=True, slots=True)
class ModuleFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    brief: str
    intro: str
    able_to_say: tuple[Line, ...]
    try_it: str
    valid_days: int | None
    lessons: list[LessonFile] = field(default_factory=list)


type Document = BriefFile | ModuleFile | LessonFile


def read_document(path: Path, faults: FaultList) -> Document | None:
    known = len(faults.faults)
    text = read_text(path, faults, most_bytes=MOST_BYTES)
    if len(faults.faults) > known:
        return None
    fields, body, first_line = read_front_matter(text, faults)
    if fields is None:
        return None
    readers: dict[str, Callable[[Fields, str, Source], Document]] = {
        "brief": _brief,
        "module": _module,
        "lesson": _lesson,
    }
    reader = readers.get(fields.text("kind"))
    if reader is None:
        faults.add(
            fields.line_of("kind"),
            _("“kind” doesn't say what this is."),
            _("Write “kind: brief”, “kind: module” or “kind: lesson”."),
        )
        return None
    return reader(fields, body, Source(path.parent, first_line, faults))


def _brief(fields: Fields, body: str, source: Source) -> BriefFile:
    fields.refuse_unknown(BRIEF_NAMES)
    return BriefFile(
        fields=fields,
        faults=source.faults,
        slug=fields.required("slug"),
        title=fields.required("title"),
        version=fields.number("version"),
        one_breath=fields.required("one_breath"),
        right_for=fields.required("right_for"),
        not_right_for=fields.required("not_right_for"),
        expectation=fields.required("expectation"),
        sponsor=fields.text("sponsor").lower(),
        owner=fields.text("owner").lower(),
        say=fields.texts("say"),
        dont_say=fields.texts("dont_say"),
        facts=tuple(_fact(fact) for fact in fields.mappings("facts")),
        answers=tuple(read_answers(body, source)),
    )


def _fact(fields: Fields) -> FactFile:
    fields.refuse_unknown(FACT_NAMES)
    return FactFile(
        line=fields.line,
        key=fields.required("key"),
        kind=fields.text("kind") or "condition",
        title=fields.required("title"),
        statement=fields.required("statement"),
        limits=fields.text("limits"),
        proof=fields.text("proof"),
    )


def _module(fields: Fields, body: str, source: Source) -> ModuleFile:
    fields.refuse_unknown(MODULE_NAMES)
    return ModuleFile(
        fields=fields,
        faults=source.faults,
        slug=fields.required("slug"),
        title=fields.required("title"),
        brief=fields.required("brief"),
        intro=_WRAPPED.sub(" ", body.strip()),
        able_to_say=fields.texts("able_to_say"),
        try_it=fields.text("try_it"),
        valid_days=fields.number("valid_days"),
    )


def _lesson(fields: Fields, body: str, source: Source) -> LessonFile:
    fields.refuse_unknown(LESSON_NAMES)
    return LessonFile(
        fields=fields,
        faults=source.faults,
        slug=fields.required("slug"),
        title=fields.required("title"),
        minutes=fields.number("minutes"),
        one_breath=fields.required("one_breath"),
        body=tuple(read_lesson_body(body, source)),
    )
