"""What a row of the list says, once it is read, and what is wrong with it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from knowledge.importers.reporting import Fault

# A fault or a table needn't repeat more of what stands in a cell.
MOST_SHOWN = 200


@dataclass(slots=True, eq=False)
class PeopleLine:
    """One row of the file. `role` and `groups` are `None` where the file doesn't speak of them.

    Without a department there are no dates, and the title isn't kept. `skipped` says why the row
    is left out; `note` what was made of it.
    """

    line: int
    email: str = ""
    given_name: str = ""
    family_name: str = ""
    department: tuple[str, ...] = ()
    title: str = ""
    role: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    groups: frozenset[str] | None = None
    level: str = ""
    also_in: tuple[tuple[str, ...], ...] = ()
    manager: str = ""
    number: str = ""
    skipped: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def add_note(self, told: str) -> None:
        self.note = f"{self.note} {told}".lstrip()

    @property
    def shown(self) -> str:
        """As lists and tables name the person."""
        if not self.email:
            return self.name[:MOST_SHOWN] or _("line %(line)s") % {"line": self.line}
        return f"{self.name[:MOST_SHOWN]} <{self.email[:MOST_SHOWN]}>".lstrip()


class RowFaults:
    """The faults of each row, so that one can be left out while the others come in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.by_line: defaultdict[int, list[Fault]] = defaultdict(list)

    def add(self, line: int, message: str, remedy: str) -> None:
        self.by_line[line].append(Fault(self.file, line, message, remedy))

    def __contains__(self, line: int) -> bool:
        return line in self.by_line

    def told(self, line: int) -> str:
        return " ".join(f"{fault.message} {fault.remedy}" for fault in self.by_line[line])

    @property
    def all(self) -> list[Fault]:
        return [fault for line in sorted(self.by_line) for fault in self.by_line[line]]
