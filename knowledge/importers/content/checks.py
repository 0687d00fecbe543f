"""Finds all that is wrong with the files before any page is written."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knowledge.blocks import AnswersBlock, LessonBodyBlock, LinesBlock
from knowledge.importers.content.bodies import Call, FactReference, Picture
from knowledge.importers.content.documents import (
    BriefFile,
    Document,
    LessonFile,
    ModuleFile,
    PromiseFile,
)
from knowledge.importers.content.filling import fill_claim, fill_fact
from knowledge.importers.content.folders import Folder
from knowledge.importers.content.front_matter import Line
from knowledge.importers.content.stored import Stored
from knowledge.importers.reporting import FaultList
from knowledge.importers.validation import add_validation
from knowledge.models import BriefPage, Claim, Fact, LessonPage, ModulePage, PromisePage
from knowledge.uses import uses_of

# What the tree, not the file, decides.
TREE_FIELDS = {"path", "depth", "numchild", "url_path"}

_BODY: Any = LessonBodyBlock().child_blocks
_LINE: Any = LinesBlock().child_blocks["line"]
_QUESTION: Any = AnswersBlock().child_blocks["answer"].child_blocks["question"]
_PICTURE: Any = _BODY["picture"].child_blocks
_TURN: Any = _BODY["call"].child_blocks["turns"].child_block.child_blocks


def check_folder(folder: Folder, stored: Stored, faults: FaultList) -> None:
    if None in {stored.brief_index, stored.promise_index, stored.learn_index}:
        faults.add(
            None,
            _("The portal has no place for briefs and modules yet."),
            _("Run “make manage ARGS=prepare_portal” first."),
        )
    _check_once(folder.promises)
    _check_once(folder.briefs)
    _check_once(folder.modules)
    for module in folder.modules:
        _check_once(module.lessons)
        _check_lines(module.able_to_say, module.faults)
    _check_facts(folder, stored)
    _check_claims(folder, stored)
    promises = stored.promises.keys() | {promise.slug for promise in folder.promises}
    known = known_facts(folder, stored)
    for brief in folder.briefs:
        _check_brief(brief, stored)
        _check_promises(brief, promises)
    _check_replacements(folder, stored)
    kept: list[PromiseFile | ModuleFile] = [*folder.promises, *folder.modules]
    for file in kept:
        _check_people(file, stored)
    for lesson in folder.lessons:
        _check_lesson(lesson, known)


def known_facts(folder: Folder, stored: Stored) -> set[str]:
    """The keys that lessons can show once the briefs of the folder are written."""
    slugs = {brief.slug for brief in folder.briefs}
    kept = {key for key, slug in stored.fact_homes.items() if slug not in slugs}
    return kept | {fact.key for brief in folder.briefs for fact in brief.facts}


def check_page(
    page: BriefPage | PromisePage | ModulePage | LessonPage, file: Document, *without: str
) -> None:
    """What the model has against the page; `without` are fields that are checked elsewhere."""
    is_draft = file.is_draft and not page.live
    if is_draft or any(fault.file == file.faults.file for fault in file.faults.faults):
        return
    try:
        page.full_clean(exclude={*TREE_FIELDS, *without})
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            line = file.fields.line_of(field)
            add_validation(file.faults, line, f"“{field}”", ValidationError(errors))


def _check_once(files: Iterable[Document]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        if file.slug and file.slug in seen:
            file.faults.add(
                file.fields.line_of("slug"),
                _("“%(slug)s” is the slug of %(file)s already.")
                % {"slug": file.slug, "file": seen[file.slug]},
                _("Choose another."),
            )
        seen.setdefault(file.slug, file.faults.file)


def _check_facts(folder: Folder, stored: Stored) -> None:
    homes: dict[str, str] = dict(stored.fact_homes)
    seen: set[str] = set()
    for brief in folder.briefs:
        for place, fact in enumerate(brief.facts):
            if fact.key in seen or homes.setdefault(fact.key, brief.slug) != brief.slug:
                brief.faults.add(
                    fact.line,
                    _("The key “%(key)s” belongs to another fact.") % {"key": fact.key},
                    _("Choose another; a fact keeps its key and its brief for good."),
                )
            seen.add(fact.key)
            try:
                fill_fact(Fact(), fact, place).clean_fields(exclude=["brief"])
            except ValidationError as error:
                add_validation(brief.faults, fact.line, f"“{fact.key}”", error)


def _check_claims(folder: Folder, stored: Stored) -> None:
    homes: dict[str, str] = dict(stored.claim_homes)
    seen: set[str] = set()
    for promise in folder.promises:
        for place, claim in enumerate(promise.claims):
            if claim.key in seen or homes.setdefault(claim.key, promise.slug) != promise.slug:
                promise.faults.add(
                    claim.line,
                    _("The key “%(key)s” belongs to another claim.") % {"key": claim.key},
                    _("Choose another; a claim keeps its key and its promise for good."),
                )
            seen.add(claim.key)
            if claim.target is None:
                continue
            try:
                fill_claim(Claim(), claim, place).clean_fields(exclude=["promise"])
            except ValidationError as error:
                add_validation(promise.faults, claim.line, f"“{claim.key}”", error)


def _check_promises(brief: BriefFile, known: Iterable[str]) -> None:
    known = sorted(known)
    for promise in brief.promises:
        if promise.text not in known:
            near = get_close_matches(promise.text, known, n=3)
            brief.faults.add(
                promise.line,
                _("There is no promise “%(slug)s”.") % {"slug": promise.text[:60]},
                _("Did you mean %(slugs)s?") % {"slugs": ", ".join(near)}
                if near
                else _("Write the slug of a promise that is here or in the portal."),
            )


def _check_brief(brief: BriefFile, stored: Stored) -> None:
    kept = {fact.key for fact in brief.facts}
    dropped = {key for key, slug in stored.fact_homes.items() if slug == brief.slug} - kept
    for use in uses_of(dropped):
        brief.faults.add(
            brief.fields.line_of("facts"),
            _("The fact “%(key)s” is left out, but it is used in %(place)s.")
            % {"key": use.fact_key, "place": use.label},
            _("Change that first, or keep the fact."),
        )
    _check_people(brief, stored)
    _check_lines((*brief.say, *brief.dont_say), brief.faults)
    for answer in brief.answers:
        _check_block(_QUESTION, answer.question, answer.line, brief.faults)


def _check_replacements(folder: Folder, stored: Stored) -> None:
    next_of = {brief.slug: brief.replaced_by for brief in folder.briefs}
    for brief in folder.briefs:
        slug = brief.replaced_by
        if slug and slug not in next_of.keys() | stored.briefs.keys():
            brief.faults.add(
                brief.fields.line_of("replaced_by"),
                _("There is no brief “%(slug)s”.") % {"slug": slug[:60]},
                _("Write the slug of the brief to read instead."),
            )
        seen = {brief.slug}
        while slug and slug not in seen:
            seen.add(slug)
            slug = next_of.get(slug, "")
        if slug == brief.slug:
            brief.faults.add(
                brief.fields.line_of("replaced_by"),
                _("In the end this brief replaces itself."),
                _("Write the slug of another brief, or leave it out."),
            )


def _check_people(file: BriefFile | PromiseFile | ModuleFile, stored: Stored) -> None:
    for role in ("sponsor", "owner", "carer"):
        email = getattr(file, role, "")
        if email and email not in stored.people:
            file.faults.add(
                file.fields.line_of(role),
                _("Nobody has the e-mail “%(email)s”.") % {"email": email},
                _("Import people first, or correct it."),
            )


def _check_lines(lines: Iterable[Line], faults: FaultList) -> None:
    for line in lines:
        _check_block(_LINE, line.text, line.line, faults)


def _check_lesson(lesson: LessonFile, known: set[str]) -> None:
    for piece in lesson.body:
        match piece:
            case FactReference() if piece.key not in known:
                lesson.faults.add(
                    piece.line,
                    _("There is no fact “%(key)s”.") % {"key": piece.key},
                    _("Write the key of a fact in one of the briefs."),
                )
            case Picture() if not lesson.is_draft:
                _check_block(_PICTURE["alt"], piece.alt, piece.line, lesson.faults)
                _check_block(_PICTURE["caption"], piece.caption, piece.line, lesson.faults)
            case Call():
                for speaker, words in piece.turns:
                    _check_block(_TURN["speaker"], speaker, piece.line, lesson.faults)
                    _check_block(_TURN["words"], words, piece.line, lesson.faults)


def _check_block(block: Any, value: str, line: int, faults: FaultList) -> None:
    try:
        block.clean(value)
    except ValidationError as error:
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        add_validation(faults, line, f"“{shown}”", error)
