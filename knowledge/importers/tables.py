"""Reads a table of comma-separated values whose first row names the columns."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.files import read_text
from knowledge.importers.reporting import FaultList

SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, and the line on which it starts."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(path: Path, columns: Sequence[str], faults: FaultList) -> list[Row]:
    text = read_text(path, faults)
    return [] if faults.faults else parse_table(text, columns, faults)


def parse_table(text: str, columns: Sequence[str], faults: FaultList) -> list[Row]:
    """The rows that could be read. Blank rows are none; cells are trimmed."""
    records = _records(text, faults)
    _line, header = next(records, (1, []))
    names = [name.lower() for name in header]
    if faults.faults or not _is_header(names, columns, faults):
        return []
    rows = []
    for line, cells in records:
        if len(cells) == len(names):
            rows.append(Row(line, dict(zip(names, cells, strict=True))))
        else:
            faults.add(
                line,
                _("This row has %(cells)s cells; the first row has %(columns)s.")
                % {"cells": len(cells), "columns": len(names)},
                _("Put a text that holds a comma in double quotes."),
            )
    if not rows and not faults.faults:
        faults.add(None, _("There is no row below the column names."), _("Add at least one."))
    return rows


def _records(text: str, faults: FaultList) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_tidy(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(
            line,
            _("The quotes in this row don't match (%(reason)s).") % {"reason": error},
            _('A quoted cell starts and ends with "; a quote inside it is written twice.'),
        )


def _separator(text: str) -> str:
    # Spreadsheets write semicolons where the comma is the decimal sign.
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _is_header(names: list[str], columns: Sequence[str], faults: FaultList) -> bool:
    missing = [column for column in columns if column not in names]
    unknown = [name or "—" for name in names if name not in columns]
    doubled = sorted({name for name in names if name in columns and names.count(name) > 1})
    for message, wrong in (
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns aren't known: %(names)s."), unknown),
        (_("These columns are there twice: %(names)s."), doubled),
    ):
        if wrong:
            faults.add(
                1,
                message % {"names": ", ".join(wrong)},
                _("The first row must be: %(columns)s") % {"columns": ",".join(columns)},
            )
    return not (missing or unknown or doubled)
