"""Writes what is published into the folder that `import_content` reads.

**Guarantee.** Brought in where it came from, the folder changes nothing. Brought in where nothing
is, and taken out again, every file is the same, byte for byte.

Drafts stay where they are. What only they hold together is left out too, and named.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knowledge.exports.pages import brief_file, lesson_file, module_file, promise_file
from knowledge.importers.content.stored import page_addresses
from knowledge.models import BriefPage, LessonPage, ModulePage, PortalImage, PromisePage

# The oldest day that a ZIP can name: the same content makes the same file.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class ContentExport:
    """The files that were written, and what was left out."""

    files: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    folder: Path
    export: ContentExport = field(default_factory=ContentExport)
    addresses: dict[str, str] = field(default_factory=page_addresses)
    emails: dict[int, str] = field(
        default_factory=lambda: dict(get_user_model().objects.values_list("pk", "email"))
    )

    def write(self, name: str, data: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        self.export.files.append(name)

    def leave_out(self, page: Any, why: str) -> None:
        self.export.left_out.append(f"{page.title}: {why}")


def export_content(folder: Path) -> ContentExport:
    """Writes every published promise, brief, module and lesson below `folder`, with pictures."""
    writer = _Writer(folder)
    promises = _write_promises(writer)
    briefs = _write_briefs(writer, promises)
    for module in ModulePage.objects.in_source_language().select_related("brief").order_by("slug"):
        if not module.live:
            writer.leave_out(module, _("not published"))
        elif module.brief.slug not in briefs:
            writer.leave_out(module, _("its brief is not published"))
        else:
            _write_module(writer, module)
    return writer.export


def export_archive(path: Path) -> ContentExport:
    """The same as a ZIP."""
    with tempfile.TemporaryDirectory() as place:
        export = export_content(Path(place))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in export.files:
                info = zipfile.ZipInfo(f"content/{name}", ZIP_DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, (Path(place) / name).read_bytes())
    return export


def _write_promises(writer: _Writer) -> set[str]:
    written = set()
    pages = PromisePage.objects.in_source_language().order_by("path")
    for position, page in enumerate(pages, start=1):
        if page.live:
            text = promise_file(page, writer.emails, position)
            writer.write(f"promises/{page.slug}.md", text)
            written.add(page.slug)
        else:
            writer.leave_out(page, _("not published"))
    return written


def _write_briefs(writer: _Writer, promises: set[str]) -> set[str]:
    written = set()
    pages = BriefPage.objects.in_source_language().prefetch_related("promises").order_by("slug")
    published = [page for page in pages if page.live]
    for page in pages:
        if not page.live:
            writer.leave_out(page, _("not published"))
            continue
        served = {promise.slug for promise in page.promises.all()} & promises
        text = brief_file(page, writer.emails, served, writer.addresses, published)
        writer.write(f"briefs/{page.slug}.md", text)
        written.add(page.slug)
    return written


def _write_module(writer: _Writer, module: ModulePage) -> None:
    place = f"modules/{module.slug}"
    writer.write(f"{place}/module.md", module_file(module, writer.emails))
    pictures = _Pictures(writer, place)
    number = 0
    for lesson in LessonPage.objects.child_of(module).order_by("path"):
        if not lesson.live:
            writer.leave_out(lesson, _("not published"))
            continue
        number += 1
        text = lesson_file(lesson, writer.addresses, pictures.name_of)
        writer.write(f"{place}/{number}-{lesson.slug}.md", text)


class _Pictures:
    """The pictures of one module: each is written once, under a name of its own."""

    def __init__(self, writer: _Writer, place: str) -> None:
        self.writer = writer
        self.place = place
        self.names: dict[int, str] = {}

    def name_of(self, image: PortalImage) -> str:
        if image.pk not in self.names:
            name = next(name for name in _names(image) if name not in self.names.values())
            self.names[image.pk] = name
            with image.file.open("rb") as file:
                self.writer.write(f"{self.place}/{name}", file.read())
        return self.names[image.pk]


def _names(image: PortalImage) -> Iterator[str]:
    stem = slugify(image.title) or "picture"
    suffix = Path(image.file.name).suffix.lower()
    yield f"{stem}{suffix}"
    bare = re.sub(r"-\d+$", "", stem)
    for number in range(2, 100_000):
        yield f"{bare}-{number}{suffix}"
