"""Reads a folder of our own files; lessons belong to the module in their own folder."""

import posixpath
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.content.documents import (
    BriefFile,
    Document,
    LessonFile,
    ModuleFile,
    PromiseFile,
)
from knowledge.importers.content.paths import Listing
from knowledge.importers.content.reading import READERS, read_document
from knowledge.importers.reporting import FaultList

HEAD_BYTES = 4_000
UNUSED = {"readme"}

_KIND = re.compile(
    rb"^kind:\s*[\"']?(%s)\b" % b"|".join(name.encode() for name in READERS), re.MULTILINE
)


@dataclass(slots=True)
class Folder:
    """What a folder says.

    `names` are all its pages, those with faults too; `skipped` says why; `unused` are files that
    no page needs.
    """

    promises: list[PromiseFile] = field(default_factory=list)
    briefs: list[BriefFile] = field(default_factory=list)
    modules: list[ModuleFile] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)

    @property
    def lessons(self) -> list[LessonFile]:
        return [lesson for module in self.modules for lesson in module.lessons]


def is_ours(listing: Listing) -> bool:
    """Whether one file at least says of what kind it is, in the words of this portal."""
    return any(_says_its_kind(path) for path in listing.pages.values())


def _says_its_kind(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")
    except OSError:
        return False
    return head.startswith(b"---") and bool(_KIND.search(head.split(b"\n---", 1)[0]))


def read_folder(listing: Listing, faults: FaultList, without: Collection[str]) -> Folder:
    """Everything but `without`, lessons with the module that stands in the same folder."""
    found: dict[str, Document] = {}
    folder = Folder(skipped=dict(listing.skipped))
    for name, path in listing.pages.items():
        if path.stem.lower() in UNUSED or name in without:
            continue
        folder.names.append(name)
        if document := read_document(path, faults.of_file(name)):
            found[name] = document
    modules = _modules(found)
    lessons = {name: file for name, file in found.items() if isinstance(file, LessonFile)}
    for name, lesson in lessons.items():
        _place(lesson, modules.get(posixpath.dirname(name)))
    folder.promises = [file for file in found.values() if isinstance(file, PromiseFile)]
    folder.briefs = [file for file in found.values() if isinstance(file, BriefFile)]
    folder.modules = list(modules.values())
    _name_unused(listing, folder, lessons.values(), without)
    return folder


def _name_unused(
    listing: Listing, folder: Folder, lessons: Iterable[LessonFile], without: Collection[str]
) -> None:
    pictures = {picture.file.path for lesson in lessons for picture in lesson.pictures}
    for name, path in listing.files.items():
        if name not in folder.names and name not in without and path not in pictures:
            folder.unused.append(name)


def _place(lesson: LessonFile, module: ModuleFile | None) -> None:
    if module:
        module.lessons.append(lesson)
    else:
        lesson.faults.add(
            None,
            _("There is no module in this lesson's folder."),
            _("Put a module.md with “kind: module” beside it."),
        )


def _modules(found: dict[str, Document]) -> dict[str, ModuleFile]:
    modules: dict[str, ModuleFile] = {}
    for name, file in found.items():
        if not isinstance(file, ModuleFile):
            continue
        if posixpath.dirname(name) in modules:
            file.faults.add(
                None,
                _("There are two modules in this folder."),
                _("Give each module a folder of its own."),
            )
        modules[posixpath.dirname(name)] = file
    return modules
