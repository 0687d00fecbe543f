"""Reads a folder of Markdown files; lessons belong to the module in their own folder."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.content.documents import (
    BriefFile,
    Document,
    LessonFile,
    ModuleFile,
    read_document,
)
from knowledge.importers.reporting import FaultList

_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Folder:
    briefs: list[BriefFile]
    modules: list[ModuleFile]
    unused: list[str]

    @property
    def lessons(self) -> list[LessonFile]:
        return [lesson for module in self.modules for lesson in module.lessons]


def read_folder(folder: Path, faults: FaultList) -> Folder:
    """Everything in the folder, lessons with the module that stands in the same folder."""
    paths = _paths_in(folder, faults)
    found: list[tuple[Path, Document]] = []
    for path in paths:
        if path.suffix == ".md" and path.stem.lower() != "readme":
            document = read_document(path, faults.of_file(path.relative_to(folder).as_posix()))
            found += [(path, document)] if document else []
    modules = _modules(found)
    lessons = [(path, file) for path, file in found if isinstance(file, LessonFile)]
    for path, lesson in lessons:
        _place(lesson, modules.get(path.parent))
    used = {path for path, _file in found}
    used |= {picture.file.path for _path, lesson in lessons for picture in lesson.pictures}
    return Folder(
        briefs=[file for _path, file in found if isinstance(file, BriefFile)],
        modules=list(modules.values()),
        unused=[path.relative_to(folder).as_posix() for path in paths if path not in used],
    )


def _paths_in(folder: Path, faults: FaultList) -> list[Path]:
    """All files but hidden ones, in the order in which people count: 2 before 10."""
    try:
        found = [path for path in folder.rglob("*") if path.is_file()]
    except (OSError, ValueError):
        found = []
    paths = [
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not any(path.suffix == ".md" for path in paths):
        faults.add(
            None,
            _("There is no folder of this name with Markdown files (*.md) in it."),
            _("Name the folder that holds the briefs and modules."),
        )
    return sorted(paths, key=lambda path: _counted(path.relative_to(folder).as_posix()))


def _counted(name: str) -> list[tuple[int, str]]:
    parts = _FIGURES.split(name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _place(lesson: LessonFile, module: ModuleFile | None) -> None:
    if module:
        module.lessons.append(lesson)
    else:
        lesson.faults.add(
            None,
            _("There is no module in this lesson's folder."),
            _("Put a module.md with “kind: module” beside it."),
        )


def _modules(found: Iterable[tuple[Path, Document]]) -> dict[Path, ModuleFile]:
    modules: dict[Path, ModuleFile] = {}
    for path, file in found:
        if not isinstance(file, ModuleFile):
            continue
        if path.parent in modules:
            file.faults.add(
                None,
                _("There are two modules in this folder."),
                _("Give each module a folder of its own."),
            )
        modules[path.parent] = file
    return modules
