"""What lies beside the database: files that were sent, their locks, and words on their way in."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge.importers.runs import sweep
from knowledge.importers.runs.storing import root
from knowledge.importers.runs.telling import storable


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    """Where files that were sent are kept."""
    settings.VAR_DIR = tmp_path
    return root()


def forgotten_since(path: Path, at: datetime) -> None:
    path.touch()
    days_ago = at.timestamp() - 3 * 24 * 60 * 60
    os.utime(path, (days_ago, days_ago))


@pytest.mark.django_db
def test_a_lock_that_nobody_remembers_is_swept(kept: Path, at: datetime) -> None:
    forgotten_since(kept / "0123.lock", at)
    sweep(at)
    assert list(kept.iterdir()) == []


@pytest.mark.django_db
def test_the_lock_for_whose_turn_it_is_stays_however_old(kept: Path, at: datetime) -> None:
    forgotten_since(kept / "turn", at)
    sweep(at)
    assert [path.name for path in kept.iterdir()] == ["turn"]


@pytest.mark.parametrize("name", ["a\0b.md", "a\ud800b.md"])
def test_a_name_that_no_database_keeps_can_be_told(name: str) -> None:
    told = storable(name)
    assert (told[0], told[2:]) == ("a", "b.md")
    assert told.encode().isascii() or told[1] == "�"
    assert "\0" not in told
