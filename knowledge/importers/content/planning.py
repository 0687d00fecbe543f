"""Compares files with pages: what is new, what changes, what stays."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from knowledge.importers.content.checks import check_page
from knowledge.importers.content.documents import BriefFile, LessonFile, ModuleFile
from knowledge.importers.content.filling import (
    content_of,
    fill_brief,
    fill_lesson,
    fill_module,
)
from knowledge.importers.content.folders import Folder
from knowledge.importers.content.stored import Stored
from knowledge.importers.reporting import Entry, Outcome
from knowledge.models import BriefPage, LessonPage, ModulePage


@dataclass(frozen=True, slots=True)
class PagePlan[
    File: (BriefFile, ModuleFile, LessonFile),
    Model: (BriefPage, ModulePage, LessonPage),
]:
    """A page as the file wants it, not saved yet."""

    file: File
    page: Model
    outcome: Outcome

    @property
    def stays_unpublished(self) -> bool:
        """An editor has taken it out of use; a file doesn't bring it back."""
        return not self.page.live and self.page.first_published_at is not None

    @property
    def entry(self) -> Entry:
        notes = []
        if self.outcome is Outcome.CHANGED and self.stays_unpublished:
            notes.append(_("It stays unpublished."))
        if self.outcome is Outcome.CHANGED and self.page.has_unpublished_changes:
            notes.append(_("Unpublished changes become an older version."))
        return Entry(f"{self.file.title} ({self.file.faults.file})", self.outcome, " ".join(notes))


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
    briefs: list[PagePlan[BriefFile, BriefPage]]
    modules: list[ModulePlan]

    @property
    def entries(self) -> list[Entry]:
        entries = [brief.entry for brief in self.briefs]
        return entries + [entry for module in self.modules for entry in module.entries]


def plan_content(folder: Folder, stored: Stored) -> ContentPlan:
    briefs = [_plan_brief(file, stored) for file in folder.briefs]
    pages = stored.briefs | {plan.file.slug: plan.page for plan in briefs}
    return ContentPlan(briefs, [_plan_module(file, pages, stored) for file in folder.modules])


def _plan_brief(file: BriefFile, stored: Stored) -> PagePlan[BriefFile, BriefPage]:
    page = stored.briefs.get(file.slug) or BriefPage(slug=file.slug)
    before = content_of(page)
    fill_brief(page, file, stored.people)
    check_page(page, file, without="sponsor")
    return PagePlan(file, page, _outcome(page, before))


def _plan_module(file: ModuleFile, briefs: dict[str, BriefPage], stored: Stored) -> ModulePlan:
    page = stored.modules.get(file.slug) or ModulePage(slug=file.slug)
    before = content_of(page)
    if brief := briefs.get(file.brief):
        fill_module(page, file, brief)
        check_page(page, file, without="brief")
    else:
        file.faults.add(
            file.fields.line_of("brief"),
            _("There is no brief “%(slug)s”.") % {"slug": file.brief},
            _("Write the slug of a brief."),
        )
    known = stored.lessons.get(page.pk, {})
    lessons = [_plan_lesson(lesson, known, stored) for lesson in file.lessons]
    return ModulePlan(
        PagePlan(file, page, _outcome(page, before)), lessons, _has_new_order(file, known)
    )


def _plan_lesson(
    file: LessonFile, known: dict[str, LessonPage], stored: Stored
) -> PagePlan[LessonFile, LessonPage]:
    page = known.get(file.slug) or LessonPage(slug=file.slug)
    before = content_of(page)
    fill_lesson(page, file, stored.images)
    check_page(page, file, without="body")
    return PagePlan(file, page, _outcome(page, before))


def _has_new_order(file: ModuleFile, known: dict[str, LessonPage]) -> bool:
    wanted = [lesson.slug for lesson in file.lessons]
    stays = [slug for slug in known if slug in wanted]
    added = [slug for slug in wanted if slug not in known]
    return stays + added != wanted


def _outcome(page: BriefPage | ModulePage | LessonPage, before: tuple[object, ...]) -> Outcome:
    if page.pk is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if content_of(page) == before else Outcome.CHANGED
