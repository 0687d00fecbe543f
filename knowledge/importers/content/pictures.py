"""Reads the pictures that stand beside a lesson."""

import io
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.utils.translation import gettext as _
from PIL import Image
from wagtail.utils.file import hash_filelike

from knowledge.importers.files import read_bytes
from knowledge.importers.reporting import FaultList

FORMATS = {"PNG", "JPEG", "WEBP", "GIF", "AVIF"}
MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True)
class PictureFile:
    path: Path
    digest: str


def read_picture(folder: Path, source: str, line: int, faults: FaultList) -> PictureFile | None:
    """The picture of that name in the folder; `None`, with a fault, where there is no such."""
    name = unquote(source)
    if not name or name != Path(name).name or name.startswith("."):
        faults.add(
            line,
            _("“%(name)s” is not the name of a file.") % {"name": name[:60]},
            _("Put the picture beside this file and write its name alone."),
        )
        return None
    found = faults.of_file(f"{Path(faults.file).parent / name}")
    known = len(faults.faults)
    data = read_bytes(folder / name, found)
    if len(faults.faults) > known:
        return None
    if not _is_picture(data):
        found.add(
            None,
            _("This isn't a picture that the portal can show."),
            _("Save it as PNG, JPEG or WebP with at most 50 million pixels."),
        )
        return None
    return PictureFile(folder / name, hash_filelike(io.BytesIO(data)))


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)) as image:
            is_fit = image.format in FORMATS and image.width * image.height <= MOST_PIXELS
            image.verify()
    except Exception:  # noqa: BLE001  (Pillow raises many kinds for a broken file)
        return False
    return is_fit
