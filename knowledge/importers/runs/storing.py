"""Where a file that was sent lies until it is brought in: a folder of its own that nobody is shown.

It is not among the media, so it has no address. Its folder has the name of the run's key, and
whoever works on a run holds its lock, which the system lets go when the server dies.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from knowledge.models import ImportRun

LONGEST_NAME = 100
_UNUSUAL = re.compile(r"[^\w .,()&+'-]|^[.\s]+")


def root() -> Path:
    folder = Path(settings.VAR_DIR) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder_of(run: ImportRun) -> Path:
    return root() / run.key.hex


def path_of(run: ImportRun) -> Path:
    return folder_of(run) / run.file_name


def plain_name(name: str | None) -> str:
    """The last part of a name, with nothing in it that means something to a file system."""
    last = re.split(r"[/\\]", name or "")[-1]
    stem, dot, suffix = _UNUSUAL.sub("_", last).strip().rpartition(".")
    return f"{stem[: LONGEST_NAME - len(suffix)]}{dot}{suffix}"[-LONGEST_NAME:] or "file"


def store_file(run: ImportRun, file: "UploadedFile[bytes]") -> None:
    """Raises `OSError` where the disk has no room, having kept nothing."""
    try:
        folder_of(run).mkdir(mode=0o700)
        with path_of(run).open("xb") as stored:
            for piece in file.chunks():
                stored.write(piece)
    except OSError:
        remove_file(run)
        raise


def remove_file(run: ImportRun) -> None:
    shutil.rmtree(folder_of(run), ignore_errors=True)
    lock_of(run).unlink(missing_ok=True)


def lock_of(run: ImportRun) -> Path:
    return root() / f"{run.key.hex}.lock"


def held(run: ImportRun) -> IO[str] | None:
    """The lock of whoever works on the run, to be closed afterwards; nothing if another has it."""
    return locked(lock_of(run))


def locked(path: Path, *, wait: bool = False) -> IO[str] | None:
    file = path.open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def turn(*, wait: bool) -> Iterator[bool]:
    """One file at a time, whatever process reads it: the others' pages need the machine too."""
    lock = locked(root() / "turn", wait=wait)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.close()


def forgotten(before: datetime) -> Iterator[Path]:
    """Folders and locks that are left from before, whose run is gone."""
    for path in root().iterdir():
        # Others end their runs, and sweep, meanwhile.
        with suppress(FileNotFoundError):
            if path.name != "turn" and path.stat().st_mtime < before.timestamp():
                yield path
