"""Folders of ordinary Markdown, written for another tool, become modules of draft lessons.

Each folder at the top becomes a module, and each page in it a lesson. They come in as drafts,
because a lesson needs a line to say in one breath, and nobody but an editor can write it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.importers.content.documents import BriefFile, LessonFile, ModuleFile
from knowledge.importers.content.folders import Folder
from knowledge.importers.content.front_matter import Fields
from knowledge.importers.content.handbook.links import Atlas
from knowledge.importers.content.handbook.naming import free_slug, shortened, slug_of, title_of
from knowledge.importers.content.handbook.notes import unused_note
from knowledge.importers.content.handbook.pages import read_lesson
from knowledge.importers.content.handbook.sources import (
    Group,
    SourceFile,
    grouped,
    heading_of,
    plain_intro,
    read_sources,
)
from knowledge.importers.content.paths import Listing
from knowledge.importers.reporting import FaultList
from knowledge.models import BriefPage, ModulePage


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pages go: the slugs of a brief and of a module, where somebody named them."""

    brief: str = ""
    module: str = ""


@dataclass(slots=True)
class Known:
    """What the portal holds: the slug of each module's brief, and all briefs."""

    modules: dict[str, str] = field(
        default_factory=lambda: dict(
            ModulePage.objects.in_source_language().values_list("slug", "brief__slug")
        )
    )
    briefs: set[str] = field(
        default_factory=lambda: set(
            BriefPage.objects.in_source_language().values_list("slug", flat=True)
        )
    )


@dataclass(slots=True)
class Draft:
    """One group with the names that it gets in the portal."""

    group: Group
    slug: str
    intro: str | None
    slugs: dict[str, str] = field(default_factory=dict)

    def address(self, file: SourceFile) -> str:
        if file.name in self.slugs:
            return reverse("knowledge:lesson-detail", args=[self.slug, self.slugs[file.name]])
        return reverse("knowledge:module-detail", args=[self.slug])


def read_handbook(
    root: Path, listing: Listing, faults: FaultList, *, target: Target, without: Collection[str]
) -> Folder:
    files, skipped = read_sources(listing, faults, without)
    known = Known()
    _check_target(target, known, faults)
    name = root.resolve().name or "handbook"
    brief = target.brief or known.modules.get(target.module) or slug_of(name, "brief")
    drafts = _drafts(grouped(files, as_one=bool(target.module)), name, brief, target, known)
    atlas = _atlas(listing, drafts)
    modules = [_module(draft, name, brief, target, known, atlas, faults) for draft in drafts]
    folder = Folder(modules=modules, skipped=skipped)
    folder.names = [name for name in listing.pages if name not in skipped and name not in without]
    if brief not in known.briefs and modules:
        folder.briefs.append(_brief(brief, name, faults))
    _name_unused(listing, folder, without)
    return folder


def _check_target(target: Target, known: Known, faults: FaultList) -> None:
    if target.brief and target.brief not in known.briefs:
        near = get_close_matches(target.brief, known.briefs, n=3)
        faults.add(
            None,
            _("There is no brief “%(slug)s”.") % {"slug": target.brief[:60]},
            _("Did you mean %(slugs)s?") % {"slugs": ", ".join(near)}
            if near
            else _("Write the last part of its address, as in /briefs/fair-refund/."),
        )


def _drafts(
    groups: list[Group], name: str, brief: str, target: Target, known: Known
) -> list[Draft]:
    # A module of the same name under another brief is somebody else's.
    taken = {slug for slug, home in known.modules.items() if home != brief}
    drafts = []
    for group in groups:
        wanted = target.module or slug_of(group.folder or name, "module")
        slug = target.module or free_slug(wanted, taken)
        taken.add(slug)
        drafts.append(_draft(group, slug))
    return drafts


def _draft(group: Group, slug: str) -> Draft:
    index = group.index
    intro = plain_intro(index) if index and len(group.files) > 1 else None
    draft = Draft(group, slug, intro)
    for file in group.files:
        if file is not index or intro is None:
            wanted = slug_of(group.below(file), "page")
            draft.slugs[file.name] = free_slug(wanted, draft.slugs.values())
    return draft


def _atlas(listing: Listing, drafts: list[Draft]) -> Atlas:
    atlas = Atlas()
    for name, path in listing.files.items():
        atlas.add_file(name, path)
    for draft in drafts:
        for file in draft.group.files:
            atlas.add_page(file.name, draft.address(file))
            for shown_at in file.front.addresses:
                atlas.add_page(shown_at.strip("/"), draft.address(file))
    return atlas


def _module(
    draft: Draft,
    name: str,
    brief: str,
    target: Target,
    known: Known,
    atlas: Atlas,
    faults: FaultList,
) -> ModuleFile:
    index = draft.group.index
    title = (index.front.title or heading_of(index)) if index else ""
    own = faults.of_file(index.name if index and draft.intro is not None else f"{draft.slug}/")
    lessons: list[LessonFile] = [
        read_lesson(file, draft.slugs[file.name], atlas)
        for file in draft.group.files
        if file.name in draft.slugs
    ]
    return ModuleFile(
        fields=Fields(1, own),
        faults=own,
        slug=draft.slug,
        title=shortened(title) or title_of(draft.group.folder or name),
        brief=brief,
        intro=draft.intro or "",
        lessons=lessons,
        is_draft=True,
        is_kept=bool(target.module) and target.module in known.modules,
        notes=tuple(unused_note(index.front.unused) if index and draft.intro is not None else []),
    )


def _brief(slug: str, name: str, faults: FaultList) -> BriefFile:
    own = faults.of_file(f"{name}/")
    note = _(
        "Made from the folder's name: write what it promises, or name a brief that is there "
        "already with --brief."
    )
    return BriefFile(
        fields=Fields(1, own),
        faults=own,
        slug=slug,
        title=title_of(name),
        is_draft=True,
        notes=(note,),
    )


def _name_unused(listing: Listing, folder: Folder, without: Collection[str]) -> None:
    pictures = {picture.file.path for lesson in folder.lessons for picture in lesson.pictures}
    for name, path in listing.files.items():
        is_used = name in folder.names or path in pictures
        if not is_used and name not in without and name not in folder.skipped:
            folder.unused.append(name)
