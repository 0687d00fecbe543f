"""Content as a file: pages from a ZIP of Markdown, or from one Markdown file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from knowledge.exports import export_archive
from knowledge.importers.content import import_content
from knowledge.importers.registry import Download, FileKind, Wishes
from knowledge.importers.reporting import ImportReport
from knowledge.permissions import INDEX_PAGES, may_bring_in_content

MOST_BYTES = 20 * 1024 * 1024
PIECE = 64 * 1024


def bring_in(path: Path, wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    source = path.parent if path.suffix.lower() == ".md" else path
    return import_content(
        source,
        dry_run=dry_run,
        skip_unsupported=wishes.skip_unsupported,
        module=wishes.module,
        brief=wishes.brief,
    )


def take_out(_module: str) -> Download:
    """Written to its end before the first piece is sent."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "content.zip"
        export_archive(path)
        archive = path.open("rb")
    name = f"{_('content')}-{timezone.localdate().isoformat()}.zip"
    return Download(name, "application/zip", pieces_of(archive))


def pieces_of(archive: BinaryIO) -> Iterator[bytes]:
    with archive:
        while piece := archive.read(PIECE):
            yield piece


def places() -> Iterable[tuple[str, str]]:
    for page in Page.objects.type(*INDEX_PAGES).order_by("path"):
        yield page.title, reverse("wagtailadmin_explore", args=[page.pk])


CONTENT = FileKind(
    name="content",
    order=10,
    label=gettext_lazy("Briefs, promises, modules and lessons"),
    about=gettext_lazy(
        "A ZIP of Markdown files with their pictures, or one Markdown file. "
        "Pages that are the same stay as they are, and pages that no file names are left alone."
    ),
    suffixes=(".zip", ".md"),
    most_bytes=MOST_BYTES,
    may=may_bring_in_content,
    bring_in=bring_in,
    take_out=take_out,
    places=places,
    asks={
        "module": gettext_lazy("For ordinary Markdown: its files become draft lessons of it."),
        "brief": gettext_lazy("For ordinary Markdown: each folder becomes a module under it."),
        "skip_unsupported": gettext_lazy("The table says what is left out, and why."),
    },
)
