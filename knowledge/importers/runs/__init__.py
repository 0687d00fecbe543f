"""Files that people send in the browser: kept apart, read, shown, and brought in when confirmed."""

import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from knowledge.importers.registry import FileKind, Wishes
from knowledge.importers.runs.storing import (
    forgotten,
    held,
    path_of,
    plain_name,
    remove_file,
    store_file,
)
from knowledge.importers.runs.telling import Told, from_json
from knowledge.importers.runs.working import read, work, write
from knowledge.models import ImportRun

__all__ = ["Told", "confirm", "discard", "from_json", "send", "settle", "sweep"]

KEPT_FOR = timedelta(days=1)
State = ImportRun.State


def send(
    *, person: Any, kind: FileKind, file: "UploadedFile[bytes]", wishes: Wishes, at: datetime
) -> ImportRun:
    """Keeps the file and begins to read it. Raises `OSError` where it can't be kept."""
    run = ImportRun(
        person=person,
        kind=kind.name,
        file_name=plain_name(file.name),
        size=file.size or 0,
        options=asdict(wishes),
        sent_at=at,
        state_since=at,
    )
    store_file(run, file)
    lock = held(run)
    run.save()
    if lock is not None:
        work(run, read, lock)
    return run


def confirm(run: ImportRun) -> None:
    """Writes what was shown; once, however often and from wherever it is asked."""
    lock = held(run)
    if lock is None:
        return
    ready = ImportRun.objects.filter(pk=run.pk, state=State.READY)
    if not ready.update(state=State.WAITING_TO_WRITE, state_since=timezone.now()):
        lock.close()
        return
    run.refresh_from_db()
    work(run, write, lock)


def discard(run: ImportRun) -> bool:
    """Forgets the file; not while it is being written."""
    writing = (State.WAITING_TO_WRITE, State.WRITING)
    gone, _rows = ImportRun.objects.filter(pk=run.pk).exclude(state__in=writing).delete()
    if gone:
        remove_file(run)
    return bool(gone)


def settle(run: ImportRun) -> None:
    """Says so where the server died over this run, or its file is no longer there."""
    is_lost = run.state == State.READY and not path_of(run).is_file()
    if (is_lost or run.is_at_work) and (lock := held(run)):
        with lock:
            # Somebody else may have brought the run further since it was read.
            stopped = ImportRun.objects.filter(pk=run.pk, state=run.state)
            if stopped.update(state=State.STOPPED, state_since=timezone.now()):
                remove_file(run)
            run.refresh_from_db()


def sweep(at: datetime) -> None:
    """Files and rows of before yesterday, but what is worked on."""
    for run in ImportRun.objects.filter(sent_at__lt=at - KEPT_FOR).defer("report"):
        if lock := held(run):
            with lock:
                remove_file(run)
                run.delete()
    for path in forgotten(at - 2 * KEPT_FOR):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
