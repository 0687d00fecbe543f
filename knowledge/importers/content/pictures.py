"""Reads the pictures that stand beside a lesson.

**Guarantee.** A picture that is too large to show, moves, is broken off or holds other things than
a picture is told by its first bytes and its shape, before a single row of it is decoded.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.utils.translation import gettext as _
from PIL import Image

from knowledge.importers.files import read_bytes
from knowledge.importers.reporting import FaultList

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000

# A phone's JPEG with a second picture in it, for brightness or depth: nothing in it moves.
PHONE_JPEG = "MPO"
# An SVG begins with its root, after a few lines at most.
SVG_WITHIN = 4096
JPEG_END = b"\xff\xd9"
# Some cameras write a little behind the end of the picture.
AFTER_END = 65_536


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
    picture, problem = read_file(folder / name)
    if picture is None:
        message, remedy = picture_problem(problem)
        faults.add(line, f"{name}: {message}", remedy)
    return picture


def read_file(path: Path) -> tuple[PictureFile | None, str]:
    """The picture; or `None` and what is wrong with it, a name for `picture_problem`."""
    faults = FaultList(path.name)
    if path.is_symlink():
        return None, "unreadable"
    data = read_bytes(path, faults, most_bytes=MOST_BYTES)
    if faults.faults:
        is_there = path.is_file()
        return None, "heavy" if is_there and path.stat().st_size > MOST_BYTES else "unreadable"
    problem = problem_of(data)
    if problem:
        return None, problem
    return PictureFile(path, hashlib.sha1(data, usedforsecurity=False).hexdigest()), ""


def picture_problem(problem: str) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    return {
        "unreadable": (
            _("The file can't be read."),
            _("Check its name and whether it lies there."),
        ),
        "heavy": (
            _("The picture is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000},
            _("Save it smaller: 2,000 pixels across are enough."),
        ),
        "huge": (
            _("The picture has more than %(most)s million pixels.")
            % {"most": MOST_PIXELS // 1_000_000},
            _("Save it smaller: 2,000 pixels across are enough."),
        ),
        "moving": (
            _("This is a moving picture."),
            _("Save the one frame that matters as PNG."),
        ),
        "drawing": (
            _("This is an SVG: it is refused, because it can carry scripts."),
            _("Save it as PNG, 2,000 pixels across."),
        ),
        "broken": (
            _("This picture is broken off or damaged."),
            _("Save it again as PNG, JPEG or WebP."),
        ),
    }.get(
        problem,
        (
            _("This isn't a picture that the portal can show."),
            _("Save it as PNG, JPEG or WebP with at most %(most)s million pixels.")
            % {"most": MOST_PIXELS // 1_000_000},
        ),
    )


def problem_of(data: bytes) -> str:
    """What is wrong with a picture, a name for `picture_problem`; empty where nothing is."""
    if len(data) > MOST_BYTES:
        return "heavy"
    try:
        # Pillow warns of a bomb by a limit of its own.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _problem_of_shape(data) or _problem_of_content(data)
    except Image.DecompressionBombError:
        return "huge"
    except Exception:  # noqa: BLE001  (Pillow raises many kinds for a broken file)
        return "drawing" if b"<svg" in data[:SVG_WITHIN].lower() else "unknown"


def _problem_of_shape(data: bytes) -> str:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            return "huge"
        if image.format != PHONE_JPEG and getattr(image, "is_animated", False):
            return "moving"
        return "" if _is_whole(data, image.format or "") else "broken"


def _problem_of_content(data: bytes) -> str:
    """Decodes it once, now that its size is known: a page would fall over it later."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            # A JPEG can be decoded at an eighth of its size.
            image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
    except Exception:  # noqa: BLE001  (Pillow raises many kinds for a broken file)
        return "broken"
    return ""


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether the file's own account of its length holds."""
    match kind:
        case "PNG":
            return b"IEND" in data[-AFTER_END:]
        case "JPEG" | "MPO":
            return JPEG_END in data[-AFTER_END:]
        case "WEBP":
            return int.from_bytes(data[4:8], "little") + 8 <= len(data)
        case "GIF":
            return b";" in data[-AFTER_END:]
    return True
