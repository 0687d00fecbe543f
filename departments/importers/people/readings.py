"""What stays of each list that was read: when, which file, and what came of it."""

from datetime import datetime

from departments.models import RosterSync
from knowledge.importers.reporting import (
    ImportRefused,
    ImportReport,
    Outcome,
    describe,
    describe_tally,
)

ROWS_KEPT = 100


def note_reading(
    told: ImportReport | ImportRefused, *, file_name: str, fingerprint: str, at: datetime
) -> RosterSync:
    rows = _rows(told)
    return RosterSync.objects.create(
        fingerprint=fingerprint,
        file_name=file_name[:120],
        at=at,
        is_applied=isinstance(told, ImportReport),
        report={
            "sentence": describe_tally(told.tally, told.counted),
            "rows": rows[:ROWS_KEPT],
            "more": max(0, len(rows) - ROWS_KEPT),
        },
    )


def _rows(told: ImportReport | ImportRefused) -> list[str]:
    """The rows that didn't come in, each with its reason and what to write instead."""
    if isinstance(told, ImportRefused):
        return [describe(fault) for fault in told.faults]
    return [
        f"{entry.file}, {entry.line}: {entry.name}: {entry.note}"
        for entry in told.entries
        if entry.outcome is Outcome.SKIPPED
    ]
