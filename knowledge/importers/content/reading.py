"""Reads one Markdown file with front matter of ours into a brief, promise, module or lesson."""

import re
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.content.bodies import Source, read_answers, read_lesson_body
from knowledge.importers.content.bounds import refuse_too_many_signs
from knowledge.importers.content.documents import (
    BriefFile,
    Document,
    FactFile,
    LessonFile,
    ModuleFile,
    NamedFile,
)
from knowledge.importers.content.front_matter import Fields, read_front_matter
from knowledge.importers.content.market import (
    CHANNEL_NAMES,
    PRODUCT_NAMES,
    SEGMENT_NAMES,
    read_named,
)
from knowledge.importers.content.promises import read_promise
from knowledge.importers.files import read_text
from knowledge.importers.reporting import FaultList
from knowledge.models import OpensAgain

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
    "promises",
    "product",
    "segments",
    "channels",
    "sponsor",
    "owner",
    "carer",
    "verify_days",
    "embargo_until",
    "valid_from",
    "valid_until",
    "replaced_by",
    "say",
    "dont_say",
    "facts",
)
FACT_NAMES = ("key", "kind", "title", "statement", "limits", "proof")
MODULE_NAMES = (
    "kind",
    "slug",
    "title",
    "brief",
    "owner",
    "carer",
    "verify_days",
    "able_to_say",
    "try_it",
    "valid_days",
    "closes_on",
    "closes_at",
    "closes_zone",
    "opens_again",
)
LESSON_NAMES = ("kind", "slug", "title", "minutes", "one_breath")

# Editors may break a line inside an introduction; files are wrapped where it suits them.
_WRAPPED = re.compile(r"(?<![\n\\])\n(?!\n)")


def read_document(path: Path, faults: FaultList) -> Document | None:
    known = len(faults.faults)
    text = read_text(path, faults, most_bytes=MOST_BYTES)
    if len(faults.faults) > known or refuse_too_many_signs(text, faults):
        return None
    fields, body, first_line = read_front_matter(text, faults)
    if fields is None:
        return None
    reader = READERS.get(fields.text("kind"))
    if reader is None:
        faults.add(
            fields.line_of("kind"),
            _("“kind” doesn't say what this is."),
            _("Write “kind: brief”, “kind: promise”, “kind: module” or “kind: lesson”."),
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
        promises=fields.texts("promises"),
        sponsor=fields.text("sponsor").lower(),
        owner=fields.text("owner").lower(),
        carer=fields.text("carer").lower(),
        verify_days=fields.number("verify_days"),
        embargo_until=fields.day("embargo_until"),
        valid_from=fields.day("valid_from"),
        valid_until=fields.day("valid_until"),
        replaced_by=fields.text("replaced_by"),
        products=_product(fields),
        segments=read_named(fields, "segments", SEGMENT_NAMES),
        channels=read_named(fields, "channels", CHANNEL_NAMES),
        say=fields.texts("say"),
        dont_say=fields.texts("dont_say"),
        facts=tuple(_fact(fact) for fact in fields.mappings("facts")),
        answers=tuple(read_answers(body, source)),
    )


def _product(fields: Fields) -> tuple[NamedFile, ...]:
    products = read_named(fields, "product", PRODUCT_NAMES)
    if len(products) > 1:
        fields.refuse("product", _("Write one product."))
    return products


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
        intro=_WRAPPED.sub(" ", body.strip()).replace("\\\n", "\n"),
        able_to_say=fields.texts("able_to_say"),
        try_it=fields.text("try_it"),
        valid_days=fields.number("valid_days"),
        closes_on=fields.day("closes_on"),
        closes_at=fields.clock("closes_at"),
        closes_zone=fields.text("closes_zone"),
        opens_again=fields.text("opens_again") or OpensAgain.TOMORROW.value,
        owner=fields.text("owner").lower(),
        carer=fields.text("carer").lower(),
        verify_days=fields.number("verify_days"),
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


READERS: dict[str, Callable[[Fields, str, Source], Document]] = {
    "brief": _brief,
    "promise": read_promise,
    "module": _module,
    "lesson": _lesson,
}
