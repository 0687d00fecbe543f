"""Reads a list of people on schedule.

**Guarantee.** The same content, asked for in the same way, is brought in once and told once,
however often this runs. What somebody else was just writing is tried again the next time.
"""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from departments.actions.roster_mail import tell_reading
from departments.importers.people import import_people
from departments.importers.people.readings import note_reading
from departments.models import RosterSync
from knowledge.importers.reporting import ImportRefused
from knowledge.importers.runs.storing import locked
from knowledge.importers.tables import MOST_BYTES


@dataclass(frozen=True, slots=True)
class Synced:
    """`sync` is what the newest content of the file came to; nothing where it has to wait."""

    sync: RosterSync | None
    is_new: bool = False
    is_told: bool = True


def sync_people(path: Path, *, at: datetime, **options: Any) -> Synced:
    """`options` are those of `import_people`. Whoever is at it already is left to it."""
    lock = locked(Path(settings.VAR_DIR) / "people.lock")
    if lock is None:
        return Synced(None)
    with lock:
        return _synced(path, at, options)


def _synced(path: Path, at: datetime, options: dict[str, Any]) -> Synced:
    content = _content(path)
    fingerprint = _fingerprint(content, options)
    last = RosterSync.objects.exclude(fingerprint="").first()
    if last and last.fingerprint == fingerprint:
        # Read again and found to hold: the list is as old as this look at it.
        RosterSync.objects.filter(pk=last.pk).update(at=at)
        return Synced(last, is_told=tell_reading(last))
    try:
        sync = _read(path, content, fingerprint, at, options)
    except ImportRefused as refusal:
        if isinstance(refusal.__cause__, DatabaseError):
            return Synced(None)
        sync = note_reading(refusal, file_name=path.name, fingerprint=fingerprint, at=at)
    return Synced(sync, is_new=True, is_told=tell_reading(sync))


def _content(path: Path) -> bytes | None:
    """A little more than may be read, where it is too large; nothing where there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        return None


def _fingerprint(content: bytes | None, options: dict[str, Any]) -> str:
    asked = {name: value for name, value in options.items() if not callable(value)}
    told = repr((content is None, sorted(asked.items()))).encode()
    return sha256(told + b"\0" + (content or b"")).hexdigest()


def _read(
    path: Path, content: bytes | None, fingerprint: str, at: datetime, options: dict[str, Any]
) -> RosterSync:
    """What was looked at is what is read, whoever writes to the file meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if content is not None:
            copy.write_bytes(content)
        import_people(copy, at=at, fingerprint=fingerprint, **options)
    return RosterSync.objects.filter(fingerprint=fingerprint).latest("pk")
