"""What an import found, planned and did, and how that is told on the terminal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

MOST_FAULTS = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason not to import: where it is, what is wrong, what to do about it."""

    file: str
    line: int | None
    message: str
    remedy: str


class ImportRefused(Exception):
    """Nothing was written; `faults` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(describe(fault) for fault in self.faults))

    @property
    def tally(self) -> "Tally":
        return Tally(refused=len({(fault.file, fault.line) for fault in self.faults}))


class FaultList:
    """Collects the faults of one file, so that all are named at once.

    A file with very many faults is the wrong file: it is refused without looking further.
    """

    def __init__(self, file: str, faults: list[Fault] | None = None) -> None:
        self.file = file
        self.faults: list[Fault] = [] if faults is None else faults

    def of_file(self, file: str) -> "FaultList":
        """Collects into the same list, under another file's name."""
        return FaultList(file, self.faults)

    def add(self, line: int | None, message: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, line, message, remedy))
        if len(self.faults) >= MOST_FAULTS:
            self.refuse_if_any()

    def refuse_if_any(self) -> None:
        refuse_if_any(self.faults)


def refuse_if_any(faults: Sequence[Fault]) -> None:
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))


class Outcome(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, page or question of the import, and what becomes of it."""

    name: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do in a dry run."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    is_dry_run: bool = False

    @property
    def tally(self) -> Tally:
        counts = Counter(entry.outcome.value for entry in self.entries)
        return Tally(**counts)


def describe(fault: Fault) -> str:
    """“people.csv, line 14: “31.02.2026” is not a date. Write it like 2026-02-28.”"""
    place = (
        fault.file
        if fault.line is None
        else _("%(file)s, line %(line)s") % {"file": fault.file, "line": fault.line}
    )
    return f"{place}: {fault.message} {fault.remedy}".rstrip()


def describe_tally(tally: Tally) -> str:
    return _(
        "%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(skipped)s skipped, "
        "%(refused)s refused."
    ) % {
        "new": tally.new,
        "changed": tally.changed,
        "unchanged": tally.unchanged,
        "skipped": tally.skipped,
        "refused": tally.refused,
    }


def describe_entries(entries: Sequence[Entry]) -> list[str]:
    """A table of all that isn't simply unchanged."""
    told = [entry for entry in entries if entry.outcome is not Outcome.UNCHANGED or entry.note]
    names = {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.SKIPPED: _("skipped"),
    }
    width = max((len(names[entry.outcome]) for entry in told), default=0)
    name_width = max((len(entry.name) for entry in told if entry.note), default=0)
    return [
        f"{names[entry.outcome]:<{width}}  {entry.name:<{name_width}}  {entry.note}".rstrip()
        for entry in told
    ]
