"""Reads a file that was sent, and writes it once its sender has seen what that means.

**Guarantee.** "Saved" is stored in the very transaction that stores what the file brings, so that
it is true whenever it can be read. A run whose worker is gone has written nothing.

**Steps.** A small file is worked on at once, within the request. Any other one is worked on in a
thread with a database connection of its own, one file after the other. Reading takes no lock of
the database. Before anything is written the file is read again, and again compared after writing:
where the outcome isn't the one that was shown, nothing is kept and the new one is shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from threading import Thread
from typing import IO, Any

import structlog
from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, log

from knowledge.importers.registry import Wishes, file_kind
from knowledge.importers.reporting import ImportRefused, ImportReport
from knowledge.importers.runs.storing import path_of, remove_file, turn
from knowledge.importers.runs.telling import as_json
from knowledge.models import ImportRun

State = ImportRun.State
type Job = Callable[[ImportRun], None]

# About a second's work.
AT_ONCE = 100_000
# Seconds that a request waits for the other ones: most are done by then.
PATIENCE = 1.5

logger = structlog.get_logger("portal.imports")


class Moved(Exception):
    """What was written isn't what was shown, so it is taken back."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__()


def work(run: ImportRun, job: Job, lock: IO[str]) -> None:
    """`lock` says that somebody works on this run; it is let go at the end."""
    if run.size <= AT_ONCE:
        with turn(wait=False) as is_free:
            if is_free:
                return _finish(run, job, lock)
    # Not a daemon: a server that is asked to stop waits for it as for any request.
    thread = Thread(target=_work_apart, args=(run, job, lock), name=f"import-{run.key}")
    thread.start()
    thread.join(PATIENCE)
    return None


def _work_apart(run: ImportRun, job: Job, lock: IO[str]) -> None:
    try:
        with turn(wait=True):
            _finish(run, job, lock)
    finally:
        connection.close()


def _finish(run: ImportRun, job: Job, lock: IO[str]) -> None:
    with lock:
        try:
            job(run)
        except Exception:
            logger.exception("import stopped", kind=run.kind, run=str(run.key))
            stop(run)
        if run.state != State.READY:
            remove_file(run)


def read(run: ImportRun) -> None:
    move(run, State.READING)
    state, report = outlook(run)
    move(run, state, report=report)


def write(run: ImportRun) -> None:
    shown = run.report
    move(run, State.WRITING)
    state, report = outlook(run)
    if state == State.REFUSED or differs(report, shown):
        return move(run, state, report=report, has_moved=True)
    try:
        with transaction.atomic(), LogContext(user=run.person):
            bring_in(run, shown)
    except Moved as moved:
        move(run, State.READY, report=as_json(moved.report), has_moved=True)
    except ImportRefused as refusal:
        move(run, State.REFUSED, report=as_json(refusal), has_moved=True)
    return None


def bring_in(run: ImportRun, shown: Any) -> None:
    report = imported(run, dry_run=False)
    if differs(as_json(report), shown):
        raise Moved(report)
    told = {"kind": run.kind, "file": run.file_name, "tally": list(astuple(report.tally))}
    log(run, "knowledge.bring_in", user=run.person, data=told)
    move(run, State.DONE, report=as_json(report), has_moved=False)


def outlook(run: ImportRun) -> tuple[str, dict[str, Any]]:
    """What a dry run says now."""
    with without_lock():
        try:
            return State.READY, as_json(imported(run, dry_run=True))
        except ImportRefused as refusal:
            return State.REFUSED, as_json(refusal)


def imported(run: ImportRun, *, dry_run: bool) -> ImportReport:
    kind = file_kind(run.kind)
    if kind is None:
        raise LookupError(run.kind)
    return kind.bring_in(path_of(run), Wishes(**run.options), dry_run=dry_run)


def differs(report: dict[str, Any], shown: Any) -> bool:
    return bool(report["entries"] != shown["entries"])


def move(run: ImportRun, state: str, **columns: Any) -> None:
    """Brings the run to a state, unless it was discarded meanwhile."""
    changed = {"state": state, "state_since": timezone.now(), **columns}
    ImportRun.objects.filter(pk=run.pk).update(**changed)
    for name, value in changed.items():
        setattr(run, name, value)


def stop(run: ImportRun) -> None:
    """What is stored already stays stored, even where something went wrong right after it."""
    unfinished = ImportRun.objects.filter(pk=run.pk).exclude(state=State.DONE)
    unfinished.update(state=State.STOPPED, state_since=timezone.now())
    run.state = State.STOPPED


@contextmanager
def without_lock() -> Iterator[None]:
    """SQLite's transactions take the write lock when they begin. A dry run needs none."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    wrapper: Any = connection
    usual, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        wrapper.transaction_mode = usual
