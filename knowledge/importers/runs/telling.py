"""A report on its way through the database: what was found in a file, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from knowledge.importers.reporting import (
    Entry,
    Fault,
    ImportRefused,
    ImportReport,
    Outcome,
    Tally,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the screen shows of a report or a refusal."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    counted: str
    tally: Tally


def as_json(told: ImportReport | ImportRefused) -> dict[str, Any]:
    faults: Iterable[Fault] = told.faults if isinstance(told, ImportRefused) else ()
    return {
        "entries": [
            [
                entry.outcome.value,
                *map(storable, (entry.name, entry.note, entry.kind, entry.file)),
                entry.line,
            ]
            for entry in told.entries
        ],
        "faults": [
            [storable(fault.file), fault.line, storable(fault.message), storable(fault.remedy)]
            for fault in faults
        ],
        "notes": [storable(note) for note in told.notes],
        "counted": told.counted,
        "tally": list(astuple(told.tally)),
    }


def from_json(stored: dict[str, Any] | None) -> Told:
    if stored is None:
        return Told((), (), (), "", Tally())
    return Told(
        entries=tuple(
            Entry(name, Outcome(outcome), note, kind, file, line)
            for outcome, name, note, kind, file, line in stored["entries"]
        ),
        faults=tuple(Fault(*fault) for fault in stored["faults"]),
        notes=tuple(stored["notes"]),
        counted=stored["counted"],
        tally=Tally(*stored["tally"]),
    )


def storable(text: str) -> str:
    """PostgreSQL keeps neither NUL nor half a pair; names in archives can hold both."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")
