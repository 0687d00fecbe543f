"""Finds the files of a folder: none that is hidden, none that only points somewhere else."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.reporting import FaultList

MOST_FILES = 20_000
SUFFIXES = {".md", ".markdown"}
# What macOS adds to an archive.
UNSEEN = {"__MACOSX"}

_FIGURES = re.compile(r"([0-9]+)")


@dataclass(slots=True)
class Listing:
    """`files` by their path below the folder, in the order in which people count: 2 before 10.

    `skipped` says why a file is left alone.
    """

    files: dict[str, Path] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, Path]:
        return {name: path for name, path in self.files.items() if is_page(path)}


def is_page(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def list_files(folder: Path, faults: FaultList) -> Listing:
    listing = Listing()
    try:
        found = [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
    except (OSError, ValueError):
        found = []
    if len(found) > MOST_FILES:
        faults.add(
            None,
            _("The folder holds more than %(most)s files.") % {"most": f"{MOST_FILES:,}"},
            _("Bring in a part of it."),
        )
        faults.refuse_if_any()
    for path in sorted(found, key=lambda path: counted(path.relative_to(folder).as_posix())):
        _list(path, folder, listing)
    if not listing.pages and not listing.skipped:
        faults.add(
            None,
            _("There is no folder of this name with Markdown files (*.md) in it."),
            _("Name the folder that holds the briefs and modules."),
        )
    return listing


def _list(path: Path, folder: Path, listing: Listing) -> None:
    below = path.relative_to(folder)
    name = below.as_posix()
    if any(part.startswith(".") or part in UNSEEN for part in below.parts):
        return
    shown = name.encode("utf-8", "replace").decode("utf-8")
    if shown != name:
        listing.skipped[shown] = _("Its name can't be read. Rename the file.")
    elif path.is_symlink():
        listing.skipped[name] = _("It only points to another place. Put the file itself here.")
    else:
        listing.files[name] = path


def counted(name: str) -> list[tuple[int, str]]:
    parts = _FIGURES.split(name)
    return [(int(part[:18]), part) if place % 2 else (-1, part) for place, part in enumerate(parts)]
