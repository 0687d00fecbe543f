"""Compares files with pages: what is new, what changes, what stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from knowledge.importers.content.checks import check_page
from knowledge.importers.content.documents import (
    BriefFile,
    Document,
    LessonFile,
    ModuleFile,
    PromiseFile,
)
from knowledge.importers.content.filling import (
    content_of,
    fill_brief,
    fill_lesson,
    fill_module,
    fill_promise,
)
from knowledge.importers.content.folders import Folder
from knowledge.importers.content.held import is_drafted_already, is_held_back, why_held
from knowledge.importers.content.market import Market, load_market, plan_market
from knowledge.importers.content.stored import Stored
from knowledge.importers.reporting import Entry, Outcome
from knowledge.models import BriefPage, LessonPage, ModulePage, PromisePage

LAST = 10_000


def kind_of(file: Document, *, is_draft: bool) -> str:
    match file:
        case BriefFile():
            return _("a draft brief") if is_draft else _("a brief")
        case PromiseFile():
            return _("a promise")
        case ModuleFile():
            return _("a draft module") if is_draft else _("a module")
        case LessonFile():
            return _("a draft lesson") if is_draft else _("a lesson")


@dataclass(frozen=True, slots=True)
class PagePlan[
    File: (BriefFile, PromiseFile, ModuleFile, LessonFile),
    Model: (BriefPage, PromisePage, ModulePage, LessonPage),
]:
    """A page as the file wants it, not saved yet."""

    file: File
    page: Model
    outcome: Outcome
    is_held: bool = False

    @property
    def stays_unpublished(self) -> bool:
        """A draft waits for an editor; what an editor took out of use no file brings back."""
        was_taken_out = self.page.first_published_at is not None
        return not self.page.live and (self.file.is_draft or was_taken_out)

    @property
    def entry(self) -> Entry:
        notes = list(self.file.notes)
        if self.outcome is Outcome.CHANGED and self.page.first_published_at and not self.page.live:
            notes.append(_("It stays unpublished."))
        if self.outcome is Outcome.CHANGED and self.page.has_unpublished_changes:
            notes.append(_("Unpublished changes become an older version."))
        file = self.file.faults.file
        return Entry(
            name=f"{self.file.title} ({file})",
            outcome=self.outcome,
            note=" ".join(notes),
            kind=kind_of(self.file, is_draft=self.file.is_draft and not self.page.live),
            file=file,
            line=1,
        )


@dataclass(frozen=True, slots=True)
class ModulePlan:
    module: PagePlan[ModuleFile, ModulePage]
    lessons: list[PagePlan[LessonFile, LessonPage]]
    has_new_order: bool

    @property
    def entries(self) -> list[Entry]:
        entries = [self.module.entry, *(lesson.entry for lesson in self.lessons)]
        if self.has_new_order:
            name = _("Order of the lessons in “%(module)s”") % {"module": self.module.file.title}
            entries.append(Entry(name, Outcome.CHANGED))
        return entries


@dataclass(frozen=True, slots=True)
class ContentPlan:
    """`promise_order` are the slugs of all promises, where the order changes; else none."""

    promises: list[PagePlan[PromiseFile, PromisePage]]
    promise_order: list[str]
    briefs: list[PagePlan[BriefFile, BriefPage]]
    modules: list[ModulePlan]
    market: Market

    @property
    def entries(self) -> list[Entry]:
        entries = [promise.entry for promise in self.promises]
        if self.promise_order:
            entries.append(Entry(_("Order of the promises"), Outcome.CHANGED))
        entries += [brief.entry for brief in self.briefs]
        return entries + [entry for module in self.modules for entry in module.entries]


def plan_content(folder: Folder, stored: Stored) -> ContentPlan:
    # New ones are made in their order, so that only those that are there have to move.
    files = sorted(folder.promises, key=lambda file: file.position or LAST)
    promises = [_plan_promise(file, stored) for file in files]
    promised = stored.promises | {plan.file.slug: plan.page for plan in promises}
    pages = stored.briefs | {
        file.slug: BriefPage(slug=file.slug, live=False)
        for file in folder.briefs
        if file.slug not in stored.briefs
    }
    market = plan_market(folder.briefs, load_market())
    briefs = [
        _plan_brief(file, promised, pages, market, stored)
        for file in replacements_first(folder.briefs)
    ]
    return ContentPlan(
        promises,
        _new_order(files, stored),
        briefs,
        [_plan_module(file, pages, stored) for file in folder.modules],
        market,
    )


def replacements_first(files: Iterable[BriefFile]) -> list[BriefFile]:
    """A brief is written after the one that replaces it, else in the order of the files."""
    waiting = {file.slug: file for file in files}
    ordered: list[BriefFile] = []
    for slug in list(waiting):
        chain: list[BriefFile] = []
        following = slug
        while file := waiting.pop(following, None):
            chain.append(file)
            following = file.replaced_by
        ordered += reversed(chain)
    return ordered


def _new_order(files: Iterable[PromiseFile], stored: Stored) -> list[str]:
    """Each promise with a position takes that place among all; the others keep their order."""
    files = list(files)
    there = [*stored.promises, *(file.slug for file in files if file.slug not in stored.promises)]
    placed = sorted((file.position, file.slug) for file in files if file.position)
    wanted = [slug for slug in there if slug not in {slug for _position, slug in placed}]
    for position, slug in placed:
        wanted.insert(position - 1, slug)
    return [] if wanted == there else wanted


def _plan_promise(file: PromiseFile, stored: Stored) -> PagePlan[PromiseFile, PromisePage]:
    page = stored.promises.get(file.slug) or PromisePage(slug=file.slug, live=False)
    before = content_of(page, stored.addresses)
    fill_promise(page, file, stored.people)
    check_page(page, file, "sponsor")
    return PagePlan(file, page, _outcome(page, before, stored))


def _plan_brief(
    file: BriefFile,
    promises: dict[str, PromisePage],
    briefs: dict[str, BriefPage],
    market: Market,
    stored: Stored,
) -> PagePlan[BriefFile, BriefPage]:
    page = briefs[file.slug]
    before = content_of(page, stored.addresses)
    fill_brief(page, file, stored.people, promises, briefs, market)
    # What may not be saved yet is looked at where it is planned.
    check_page(page, file, "sponsor", "product", "replaced_by")
    noted = replace(file, notes=(*file.notes, *market.notes(file.faults.file)))
    outcome = _outcome(page, before, stored)
    if not is_held_back(page, outcome):
        return PagePlan(noted, page, outcome)
    if is_drafted_already(page, stored.addresses):
        outcome = Outcome.UNCHANGED
    noted = replace(noted, notes=(*noted.notes, why_held(page)))
    return PagePlan(noted, page, outcome, is_held=True)


def _plan_module(file: ModuleFile, briefs: dict[str, BriefPage], stored: Stored) -> ModulePlan:
    page = stored.modules.get(file.slug) or ModulePage(slug=file.slug, live=False)
    before = content_of(page, stored.addresses)
    if file.is_kept:
        pass
    elif brief := briefs.get(file.brief):
        fill_module(page, file, brief, stored.people)
        check_page(page, file, "brief")
    else:
        file.faults.add(
            file.fields.line_of("brief"),
            _("There is no brief “%(slug)s”.") % {"slug": file.brief},
            _("Write the slug of a brief."),
        )
    known = stored.lessons.get(page.pk, {})
    lessons = [_plan_lesson(lesson, known, stored) for lesson in file.lessons]
    return ModulePlan(
        PagePlan(file, page, _outcome(page, before, stored)), lessons, _has_new_order(file, known)
    )


def _plan_lesson(
    file: LessonFile, known: dict[str, LessonPage], stored: Stored
) -> PagePlan[LessonFile, LessonPage]:
    page = known.get(file.slug) or LessonPage(slug=file.slug, live=False)
    before = content_of(page, stored.addresses)
    fill_lesson(page, file, stored.images)
    check_page(page, file, "body")
    return PagePlan(file, page, _outcome(page, before, stored))


def _has_new_order(file: ModuleFile, known: dict[str, LessonPage]) -> bool:
    wanted = [lesson.slug for lesson in file.lessons]
    stays = [slug for slug in known if slug in wanted]
    added = [slug for slug in wanted if slug not in known]
    return stays + added != wanted


def _outcome(
    page: BriefPage | PromisePage | ModulePage | LessonPage,
    before: tuple[object, ...],
    stored: Stored,
) -> Outcome:
    if page.pk is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if content_of(page, stored.addresses) == before else Outcome.CHANGED
