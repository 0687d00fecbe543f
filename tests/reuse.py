"""Keeps the test database between runs, for as long as it is what the migrations would make.

Wagtail's migrations take longer than most of the tests. A stamp beside the database says which
migrations made it; it is away while a test that really commits leaves the database unlike that.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

_rows: dict[str, str] = {}


def is_as_migrated() -> bool:
    stamp = _stamp()
    return stamp.is_file() and stamp.read_text() == _fingerprint()


def begin() -> None:
    """The database is as the migrations made it: keeps its rows for `restore`."""
    # A browser's event loop gives each of its steps a connection that has not kept them itself.
    _rows["all"] = getattr(connection, "_test_serialized_contents", "")
    _note_as_migrated()


def note_changed() -> None:
    _stamp().unlink(missing_ok=True)


def restore() -> None:
    """Brings back the rows that the migrations made, after a test has emptied every table."""
    connection.creation.deserialize_db_from_string(_rows["all"])
    ContentType.objects.clear_cache()
    _note_as_migrated()


def _note_as_migrated() -> None:
    _stamp().write_text(_fingerprint())


def _stamp() -> Path:
    return Path(settings.VAR_DIR, "test", f"{connection.vendor}.stamp")


def _fingerprint() -> str:
    folders = [Path(config.path, "migrations") for config in apps.get_app_configs()]
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
