"""From a file to rows: its code page, its separator, its columns, and how it writes dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.dates import DateOrder, ProvenOrder, proven_order
from departments.importers.paths import split_path
from departments.importers.people.checks import ROLES, check_people
from departments.importers.people.columns import (
    DATE_COLUMNS,
    MANAGER,
    NAME_COLUMNS,
    Columns,
    as_told,
    map_columns,
)
from departments.importers.people.levels import level_of
from departments.importers.people.lines import PeopleLine, RowFaults
from departments.importers.people.notes import told_columns
from departments.importers.people.reporting_lines import lead_departments
from departments.importers.people.rows import RowReader, read_rows
from departments.importers.people.tables import Table, read_table
from departments.reports.roster import GROUPS
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import no_rows, tidy

_DECIDED_BY_VALUES: Mapping[str, Callable[[str], bool]] = {
    "role": frozenset(filter(None, ROLES)).__contains__,
    "groups": frozenset(map(str.lower, GROUPS)).__contains__,
    "level": lambda text: bool(level_of(text)),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sender of a file says about it: code page, order of dates, where all belong."""

    encoding: str = ""
    date_order: DateOrder | None = None
    department: str = ""


@dataclass(slots=True)
class PeopleFile:
    """All rows, also those that are skipped or have faults."""

    people: list[PeopleLine] = field(default_factory=list)
    columns: Columns = field(default_factory=lambda: Columns({}, {}))
    notes: list[str] = field(default_factory=list)


def read_people(path: Path, reading: Reading, faults: FaultList, rows: RowFaults) -> PeopleFile:
    """`faults` gets what makes the whole file unreadable, `rows` what is wrong with one row."""
    table = read_table(path, reading.encoding, faults)
    return parse_people(table, reading, faults, rows) if table else PeopleFile()


def parse_people(table: Table, reading: Reading, faults: FaultList, rows: RowFaults) -> PeopleFile:
    columns = map_columns(table.names)
    values = _survey(table, columns)
    columns = _fitting_values(columns, values)
    notes = [*table.told, *told_columns(columns, table.line)]
    _check_columns(columns, reading, table.line, faults)
    order = _date_order(values, reading, faults)
    if faults.faults:
        return PeopleFile(columns=columns, notes=notes)
    default = split_path(reading.department) if reading.department.strip() else ()
    reader = RowReader(columns, order, default, rows)
    people = read_rows(table.rows(), table.names, reader)
    if not people:
        faults.add(None, *no_rows())
    table.refuse_odd(people, columns.places, rows)
    check_people(people, rows)
    file = PeopleFile(people, columns, notes)
    _add_heads(file, rows)
    return file


def _survey(table: Table, columns: Columns) -> dict[str, set[str]]:
    """The different texts of those columns in which all rows together decide what is meant."""
    asked = [
        (place, column)
        for column, place in columns.places.items()
        if column in DATE_COLUMNS or column in _DECIDED_BY_VALUES
    ]
    raw: dict[str, set[str]] = {column: set() for _place, column in asked}
    for _line, cells in table.rows():
        for place, column in asked:
            if place < len(cells):
                raw[column].add(cells[place])
    return {column: set(map(tidy, cells)) - {""} for column, cells in raw.items()}


def _fitting_values(columns: Columns, values: dict[str, set[str]]) -> Columns:
    """Elsewhere “Role” is often the job, “Groups” something else, and “Grade” a number."""
    if columns.are_ours:
        return columns
    for column, is_meant in _DECIDED_BY_VALUES.items():
        parts = ";".join(values.get(column, ())).split(";")
        texts = {part.strip().lower() for part in parts} - {""}
        # A word too many in a stranger's grades would be a fault in every row that has it.
        fits = all if column == "level" and columns.names.get(column) != column else any
        if texts and not fits(map(is_meant, texts)):
            is_job = column == "role" and "title" not in columns
            columns = columns.moved("role", "title") if is_job else columns.without(column)
    return columns


def _date_order(
    values: dict[str, set[str]], reading: Reading, faults: FaultList
) -> DateOrder | None:
    if reading.date_order:
        return reading.date_order
    texts = {text for column in DATE_COLUMNS for text in values.get(column, ())}
    proven = proven_order(sorted(texts))
    if proven.is_mixed or proven.is_open:
        faults.add(None, _told_order(proven), _remedy_order())
    return proven.order


def _told_order(proven: ProvenOrder) -> str:
    if proven.is_mixed:
        return _("“%(one)s” begins with the day, “%(other)s” with the month.") % {
            "one": proven.day_first,
            "other": proven.month_first,
        }
    return _("“%(text)s” can be two days, and no other date in the file tells which is meant.") % {
        "text": proven.undecided
    }


def _remedy_order() -> str:
    return _(
        "Say which comes first (--date-order dmy or --date-order mdy), "
        "or write dates like 2026-02-28."
    )


def _check_columns(columns: Columns, reading: Reading, line: int, faults: FaultList) -> None:
    has_department = "department" in columns or reading.department.strip()
    for is_there, message, remedy in (
        (
            "email" in columns,
            _("No column holds e-mail addresses."),
            _("Name one “email” in the first row: by the address people are found again."),
        ),
        (
            any(column in columns for column in NAME_COLUMNS),
            _("No column holds names."),
            _("Name it “Full name”, or name two of them “given_name” and “family_name”."),
        ),
        (
            has_department,
            _("No column holds departments."),
            _("Name one “department”, or put everybody into one with --department NAME."),
        ),
        (
            not columns.doubled,
            _("These columns are there twice: %(names)s.") % {"names": as_told(columns.doubled)},
            _("Keep one of them, or give the other another name."),
        ),
    ):
        if not is_there:
            faults.add(line, message, remedy)


def _add_heads(file: PeopleFile, rows: RowFaults) -> None:
    if "role" in file.columns or MANAGER not in file.columns:
        return
    coming = [person for person in file.people if not person.skipped and person.line not in rows]
    left_out = [person for person in file.people if person.skipped or person.line in rows]
    lines = lead_departments(coming, left_out)
    file.notes.extend(lines.notes)
    told = ngettext(
        "No column gives roles, so “%(manager)s” tells who leads: %(count)s head.",
        "No column gives roles, so “%(manager)s” tells who leads: %(count)s heads.",
        lines.heads,
    )
    file.notes.append(told % {"manager": file.columns.names[MANAGER], "count": lines.heads})
