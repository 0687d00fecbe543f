"""The files of a handbook, sorted into the modules that they become."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from knowledge.importers.content.bounds import refuse_too_many_signs
from knowledge.importers.content.handbook.front import Front, read_front
from knowledge.importers.content.handbook.links import INDEX_NAMES
from knowledge.importers.content.paths import Listing, counted
from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList

MOST_BYTES = 2_000_000
SMALL = 1_000
INTRO_WORDS = 80

_HEADING = re.compile(r"\A\s*#[ \t]+([^\n]+?)[ \t#]*(?:\n|\Z)")
# What would be lost if the text were no more than words.
_MARKUP = re.compile(
    r"[\[\]<>#|`{}*_~\\]|^\s*(?:[-+]|\d+[.)])\s|^\s*(?:-{3,}|={3,})\s*$", re.MULTILINE
)


@dataclass(slots=True)
class SourceFile:
    name: str
    path: Path
    front: Front
    faults: FaultList

    @property
    def is_index(self) -> bool:
        return self.path.stem.lower() in INDEX_NAMES


@dataclass(slots=True)
class Group:
    """One module's files. `folder` is its name below the top; empty for files at the top."""

    folder: str
    files: list[SourceFile] = field(default_factory=list)

    def below(self, file: SourceFile) -> str:
        """The file's path inside the group."""
        return file.name.removeprefix(f"{self.folder}/") if self.folder else file.name

    @property
    def index(self) -> SourceFile | None:
        """The page that speaks for the whole folder."""
        found = (file for file in self.files if file.is_index and "/" not in self.below(file))
        return next(found, None)


def read_sources(
    listing: Listing, faults: FaultList, without: Collection[str]
) -> tuple[list[SourceFile], dict[str, str]]:
    """The pages that can be read, and why others are skipped."""
    files, skipped = [], dict(listing.skipped)
    for name, path in listing.pages.items():
        if name in without:
            continue
        if _is_blank(path):
            skipped[name] = _("The file is empty.")
            continue
        own = faults.of_file(name)
        decoded = read_any_text(path, own, most_bytes=MOST_BYTES)
        if decoded is None or refuse_too_many_signs(decoded.text, own):
            continue
        if front := read_front(decoded.text, own):
            files.append(SourceFile(name, path, front, own))
    return files, skipped


def _is_blank(path: Path) -> bool:
    try:
        return path.stat().st_size < SMALL and not path.read_bytes().strip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False


def grouped(files: Iterable[SourceFile], *, as_one: bool) -> list[Group]:
    """One group for each folder at the top, and one for the files that stand there themselves."""
    groups: dict[str, Group] = {}
    for file in files:
        parts = PurePosixPath(file.name).parts
        folder = "" if as_one or len(parts) == 1 else parts[0]
        groups.setdefault(folder, Group(folder)).files.append(file)
    for group in groups.values():
        group.files.sort(key=lambda file: _order(group.below(file)))
    return [groups[folder] for folder in sorted(groups, key=counted)]


def _order(name: str) -> list[tuple[int, list[tuple[int, str]]]]:
    """A folder's index comes before its other pages."""
    path = PurePosixPath(name)
    return [
        (0 if path.stem.lower() in INDEX_NAMES and part == path.name else 1, counted(part.lower()))
        for part in path.parts
    ]


def plain_intro(file: SourceFile) -> str | None:
    """A short text without any markup, or `None`. The heading above it isn't part of it."""
    text = _HEADING.sub("", file.front.body, count=1)
    if _MARKUP.search(text) or len(text.split()) > INTRO_WORDS:
        return None
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def heading_of(file: SourceFile) -> str:
    found = _HEADING.match(file.front.body)
    return " ".join(found[1].split()) if found else ""
