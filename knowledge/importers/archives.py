"""Opens a ZIP without believing what it says of itself.

**Guarantee.** Nothing is written outside the folder that is given out, never more than
`MOST_UNPACKED` bytes in `MOST_ENTRIES` files, and nothing at all where one entry is refused.

**Steps.** The size of the list at the end is read first, so that a list of millions isn't. Then
every entry of the list is judged by name, kind and sizes. Only then is it unpacked, and a file that
is longer than the list said stops it.
"""

import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from knowledge.importers.files import UNPRINTABLE
from knowledge.importers.reporting import FaultList

MOST_ENTRIES = 10_000
MOST_PACKED = 100_000_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 100
# A small file may be packed as tightly as it likes.
SMALL = 1_000_000
MOST_NAME = 240

_CHUNK = 65_536
_END = b"PK\x05\x06"
_END_SIZE = 22
_MOST_COMMENT = 65_535
_MOST_LIST = MOST_ENTRIES * 400
_IS_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_PACKED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


@contextmanager
def open_archive(source: Path | BinaryIO, name: str = "") -> Iterator[Path]:
    """A folder with what the ZIP holds, named like it; it is gone afterwards.

    `name` is the file's own name, where `source` is an upload. Raises `ImportRefused`.
    """
    name = PurePosixPath(name or getattr(source, "name", "") or "archive.zip").name
    faults = FaultList(name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place) / (_safe(PurePosixPath(name).stem) or "archive")
        folder.mkdir()
        try:
            with zipfile.ZipFile(_judged(source, faults)) as archive:
                entries = _judge_entries(archive, faults)
                faults.refuse_if_any()
                _unpack(archive, entries, folder)
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error),
            *(ValueError, RuntimeError, NotImplementedError, OverflowError),
        ) as error:
            faults.add(
                None,
                _("This ZIP can't be opened (%(reason)s).") % {"reason": str(error)[:100]},
                _("Pack the folder again."),
            )
            faults.refuse_if_any()
        yield folder


def _safe(stem: str) -> str:
    return _shown(stem).strip(" .")[:MOST_NAME]


def _shown(name: str) -> str:
    return UNPRINTABLE.sub("", name).encode("utf-8", "ignore").decode()


def _judged(source: Path | BinaryIO, faults: FaultList) -> Path | BinaryIO:
    """The source, once its size and the size of its list are known to be bearable."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            size, tail = _ends(file)
    else:
        size, tail = _ends(source)
    if size > MOST_PACKED:
        faults.add(
            None,
            _("The file is larger than %(most)s MB.") % {"most": MOST_PACKED // 1_000_000},
            _("Pack it in smaller parts."),
        )
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + _END_SIZE:
        (list_size,) = struct.unpack("<L", tail[at + 12 : at + 16])
        if list_size > _MOST_LIST:
            _refuse_count(faults)
    faults.refuse_if_any()
    return source


def _ends(file: BinaryIO) -> tuple[int, bytes]:
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _MOST_COMMENT))
    tail = file.read()
    file.seek(0)
    return size, tail


def _refuse_count(faults: FaultList) -> None:
    faults.add(
        None,
        _("The ZIP holds more than %(most)s files.") % {"most": f"{MOST_ENTRIES:,}"},
        _("Pack it in smaller parts."),
    )


def _judge_entries(
    archive: zipfile.ZipFile, faults: FaultList
) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Every file of the list with the path that it may take."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        _refuse_count(faults)
        faults.refuse_if_any()
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        faults.add(
            None,
            _("Unpacked, the ZIP is larger than %(most)s MB.")
            % {"most": MOST_UNPACKED // 1_000_000},
            _("Pack it in smaller parts."),
        )
    seen: set[str] = set()
    entries = []
    for info in infos:
        name = _name_of(info)
        problem = _problem(info) or _problem_of_name(info, name)
        if not problem and not info.is_dir():
            key = unicodedata.normalize("NFC", name).casefold()
            problem = _("Two files have this name.") if key in seen else ""
            seen.add(key)
            entries.append((info, PurePosixPath(name)))
        if problem:
            faults.add(
                None, f"“{_shown(name)[:80]}”: {problem}", _("Take it out and pack the rest again.")
            )
    return entries


def _name_of(info: zipfile.ZipInfo) -> str:
    """Many tools write UTF-8 without saying so; DOS names stay what `zipfile` makes of them."""
    name = info.filename
    if not info.flag_bits & _IS_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.flag_bits & _IS_ENCRYPTED:
        return _("The file is locked with a password.")
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return _("This is no file of its own, but points to another place.")
    if info.compress_type not in _PACKED_BY:
        return _("The file is packed in a way that can't be read here.")
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size):
        return _("Unpacked, the file is more than %(ratio)s times as large.") % {
            "ratio": MOST_RATIO
        }
    return ""


def _problem_of_name(info: zipfile.ZipInfo, name: str) -> str:
    parts = name.rstrip("/").split("/")
    leads_out = name.startswith("/") or ".." in parts or ":" in parts[0]
    if leads_out:
        return _("The name leads out of the folder.")
    is_odd = "\0" in info.orig_filename or UNPRINTABLE.search(name) or "" in parts
    if (
        is_odd
        or "." in parts
        or any(len(part.encode("utf-8", "replace")) > MOST_NAME for part in parts)
    ):
        return _("The name can't be used.")
    return ""


def _unpack(
    archive: zipfile.ZipFile,
    entries: list[tuple[zipfile.ZipInfo, PurePosixPath]],
    folder: Path,
) -> None:
    left = MOST_UNPACKED
    for info, name in entries:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as packed, target.open("xb") as file:
            while chunk := packed.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise ValueError("larger than it says")
                file.write(chunk)
