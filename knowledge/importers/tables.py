"""Reads tables of separated values: `read_table` one whose columns are given, `read_sheet` one that
a stranger wrote, with its own column names, in its own code page."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.cells import original
from knowledge.importers.files import read_text
from knowledge.importers.reporting import FaultList

SEPARATORS = ",;\t|"
MOST_BYTES = 50_000_000

# How far down the row with the column names is looked for.
HEADER_WITHIN = 30
HEADER_WITHIN_SIGNS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, and the line on which it starts."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def has(self, column: str) -> bool:
        """Whether the table has this column, which it needn't have."""
        return column in self.cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stranger's table: the names of its columns, and rows of as many cells as they come."""

    separator: str
    line: int
    names: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def read_table(
    path: Path, columns: Sequence[str], faults: FaultList, *, optional: Sequence[str] = ()
) -> list[Row]:
    text = read_text(path, faults)
    return [] if faults.faults else parse_table(text, columns, faults, optional=optional)


def parse_table(
    text: str, columns: Sequence[str], faults: FaultList, *, optional: Sequence[str] = ()
) -> list[Row]:
    """The rows that could be read. Blank rows are none; cells are trimmed."""
    records = _records(text, _separator(text), faults)
    line, header = next(records, (1, []))
    names = [tidy(name).lower() for name in header]
    if faults.faults or not _is_header(names, columns, optional, faults):
        return []
    rows = []
    for line, cells in records:
        if len(cells) == len(names):
            rows.append(Row(line, dict(zip(names, map(tidy, cells), strict=True))))
        else:
            faults.add(line, *wrong_length(len(cells), len(names)))
    if not rows and not faults.faults:
        faults.add(None, *no_rows())
    return rows


def parse_sheet(text: str, is_known: Callable[[str], bool], faults: FaultList) -> Sheet:
    """A table whose header is the row near the top with the most names that are known.

    Its rows are read while they are asked for: only then `faults` has all faults. Blank rows are
    none; cells are as they stand in the file.
    """
    separator, line = _header(text, is_known)
    records = _records(text, separator, faults)
    for number, cells in records:
        if number >= line:
            names = tuple(tidy(cell) for cell in cells)
            _refuse_quoted_rows(names, separator, number, faults)
            return Sheet(separator, number, names, records)
    return Sheet(separator, line, (), records)


def _refuse_quoted_rows(
    names: tuple[str, ...], separator: str, line: int, faults: FaultList
) -> None:
    if len(names) == 1 and separator in names[0]:
        faults.add(
            line,
            _("The whole row is one cell, because quotes stand around it."),
            _("Take away the quotes around whole rows, or save the table as “CSV UTF-8” again."),
        )


def tidy(cell: str) -> str:
    """A cell without blanks at its ends and double ones inside, as it was before an export."""
    if cell.isascii() and cell.isalnum():
        return cell
    return single_blanks(original(cell))


def single_blanks(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def wrong_length(cells: int, columns: int) -> tuple[str, str]:
    return (
        _("This row has %(cells)s cells; the first row has %(columns)s.")
        % {"cells": cells, "columns": columns},
        _("Put a text that holds a comma in double quotes."),
    )


def no_rows() -> tuple[str, str]:
    return _("There is no row below the column names."), _("Add at least one.")


def _records(text: str, separator: str, faults: FaultList) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells) and any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(line, *_torn_row(error))


def _torn_row(error: csv.Error) -> tuple[str, str]:
    if "field limit" in str(error):
        return (
            _("A cell here holds more than %(most)s letters.") % {"most": csv.field_size_limit()},
            _('Shorten it. Or is there a " that opens a cell and never closes it?'),
        )
    return (
        _("The quotes in this row don't match (%(reason)s).") % {"reason": error},
        _('A quoted cell starts and ends with "; a quote inside it is written twice.'),
    )


def _separator(text: str) -> str:
    # Spreadsheets write semicolons where the comma is the decimal sign.
    first = text.lstrip("\n ").partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _header(text: str, is_known: Callable[[str], bool]) -> tuple[str, int]:
    """The separator, and the line from which on the header is found."""
    usual = _separator(text)
    found = [
        (len({name for name in map(tidy, cells) if is_known(name)}), separator, line)
        for separator in sorted(SEPARATORS, key=usual.__ne__)
        for line, cells in _first_records(text, separator)
    ]
    known, separator, line = max(found, key=lambda place: place[0], default=(0, usual, 1))
    return (separator, line) if known else (usual, 1)


def _first_records(text: str, separator: str) -> list[tuple[int, list[str]]]:
    faults = FaultList("")
    return list(islice(_records(text[:HEADER_WITHIN_SIGNS], separator, faults), HEADER_WITHIN))


def _is_header(
    names: list[str], columns: Sequence[str], optional: Sequence[str], faults: FaultList
) -> bool:
    known = {*columns, *optional}
    missing = [column for column in columns if column not in names]
    unknown = [name or "—" for name in names if name not in known]
    doubled = sorted({name for name in names if name in known and names.count(name) > 1})
    usual = ",".join([*columns, *optional])
    for message, wrong in (
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns aren't known: %(names)s."), unknown),
        (_("These columns are there twice: %(names)s."), doubled),
    ):
        if wrong:
            faults.add(
                1,
                message % {"names": ", ".join(wrong)},
                _("The first row must be: %(columns)s") % {"columns": usual},
            )
    return not (missing or unknown or doubled)
