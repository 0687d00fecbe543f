"""What an import found, planned and did, and how that is told on the terminal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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


class Outcome(Enum):
    NEW = "new"
    CHANGED = "changed"
    # Of people only: to another department, and out of the organisation.
    MOVED = "moved"
    LEFT = "left"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, page or question of the import, and what becomes of it.

    `kind` says what it is imported as ("a choice", "a lesson"); `note` why it is skipped or
    refused and what to write instead; `file` and `line` where it begins.
    """

    name: str
    outcome: Outcome
    note: str = ""
    kind: str = ""
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0
    moved: int = 0
    left: int = 0

    @property
    def written(self) -> int:
        return self.new + self.changed + self.moved + self.left


def tally_of(entries: Iterable[Entry]) -> Tally:
    return Tally(**Counter(entry.outcome.value for entry in entries))


class ImportRefused(Exception):
    """Nothing was written; `faults` says why.

    `entries` are all that was found in the file, those without a fault too; `counted` names
    them ("7 questions"); `notes` say how the file was read.
    """

    def __init__(
        self,
        faults: Iterable[Fault],
        entries: Iterable[Entry] = (),
        *,
        notes: Iterable[str] = (),
        counted: str = "",
    ) -> None:
        self.faults = tuple(faults)
        self.entries = tuple(entries)
        self.notes = tuple(notes)
        self.counted = counted
        super().__init__("\n".join(describe(fault) for fault in self.faults))

    @property
    def tally(self) -> Tally:
        if self.entries:
            return tally_of(self.entries)
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


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do in a dry run."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    is_dry_run: bool = False
    counted: str = ""

    @property
    def tally(self) -> Tally:
        return tally_of(self.entries)


def describe(fault: Fault) -> str:
    """“people.csv, line 14: “31.02.2026” is not a date. Write it like 2026-02-28.”"""
    place = (
        fault.file
        if fault.line is None
        else _("%(file)s, line %(line)s") % {"file": fault.file, "line": fault.line}
    )
    return f"{place}: {fault.message} {fault.remedy}".rstrip()


def describe_tally(tally: Tally, counted: str = "") -> str:
    """“7 questions: 5 new, 0 changed, …”"""
    told = _tally_words(tally) % asdict(tally)
    return f"{counted}: {told}" if counted else told


def _tally_words(tally: Tally) -> str:
    """Only people move and leave; of all other things nobody needs to be told that none did."""
    if tally.moved or tally.left:
        return _(
            "%(new)s new, %(changed)s changed, %(moved)s moved, %(left)s left, "
            "%(unchanged)s unchanged, %(skipped)s skipped, %(refused)s refused."
        )
    return _(
        "%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(skipped)s skipped, "
        "%(refused)s refused."
    )


def describe_entries(entries: Sequence[Entry]) -> list[str]:
    """A table of all that isn't simply unchanged: outcome, name, what it is imported as, why."""
    told = [entry for entry in entries if entry.outcome is not Outcome.UNCHANGED or entry.note]
    names = outcome_names()
    width = max((len(names[entry.outcome]) for entry in told), default=0)
    name_width = max((len(entry.name) for entry in told if entry.kind or entry.note), default=0)
    return [
        f"{names[entry.outcome]:<{width}}  {entry.name:<{name_width}}  {_told(entry)}".rstrip()
        for entry in told
    ]


def _told(entry: Entry) -> str:
    return " · ".join(part for part in (entry.kind, entry.note) if part)


def outcome_names() -> dict[Outcome, str]:
    return {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.MOVED: _("moved"),
        Outcome.LEFT: _("left"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.SKIPPED: _("skipped"),
        Outcome.REFUSED: _("refused"),
    }
