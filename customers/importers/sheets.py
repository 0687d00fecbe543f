"""Reads a table of a few known columns, from text or from a workbook.

A column that nobody knows is a fault and not left out: it may be a misspelt one, and what
customers are called has no place in the portal.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import (
    HEADER_WITHIN,
    MOST_BYTES,
    Row,
    no_rows,
    parse_sheet,
    tidy,
    wrong_length,
)
from knowledge.importers.workbooks import Cell, Oddity, Workbook, is_workbook, read_workbook

type Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Columns:
    """By name: those that every file has, and those that it may leave out."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)

    def know(self, name: str) -> bool:
        return name.lower() in self.all


@dataclass(frozen=True, slots=True)
class Found:
    """A table with its own header, and how it was read where that was a guess."""

    line: int
    names: list[str]
    cells: Rows
    note: str = ""


def read_rows(path: Path, columns: Columns, faults: FaultList) -> tuple[list[Row], list[str]]:
    """Rows with a cell for every column, empty where the file hasn't got it; and notes."""
    found = _workbook(path, columns, faults) if is_workbook(path) else _text(path, columns, faults)
    if found is None or not _is_header(found, columns, faults):
        return [], []
    empty = dict.fromkeys(columns.all, "")
    rows = [
        Row(line, empty | dict(zip(found.names, map(tidy, cells), strict=False)))
        for line, cells in found.cells
        if _fits(line, cells, len(found.names), faults)
    ]
    if not rows and not faults.faults:
        faults.add(found.line, *no_rows())
    return rows, [found.note] if found.note else []


def _text(path: Path, columns: Columns, faults: FaultList) -> Found | None:
    decoded = read_any_text(path, faults, most_bytes=MOST_BYTES)
    if decoded is None:
        return None
    sheet = parse_sheet(decoded.text, columns.know, faults)
    note = _("Read as %(page)s.") % {"page": decoded.label} if decoded.is_guess else ""
    return Found(sheet.line, _names(sheet.names), sheet.rows, note)


def _workbook(path: Path, columns: Columns, faults: FaultList) -> Found | None:
    book = read_workbook(path, faults, most_bytes=MOST_BYTES)
    if faults.faults:
        return None
    top = _header_of(book, columns)
    line, header = book.rows[top] if book.rows else (1, [])
    names = _names(cell.text for cell in header)
    return Found(line, names, _plain_rows(book.rows[top + 1 :], len(names), faults))


def _names(texts: Iterable[str]) -> list[str]:
    """Spreadsheets leave empty cells behind the last name."""
    names = [tidy(text).lower() for text in texts]
    while names and not names[-1]:
        names.pop()
    return names


def _header_of(book: Workbook, columns: Columns) -> int:
    known = [
        sum(columns.know(tidy(cell.text)) for cell in cells)
        for _line, cells in book.rows[:HEADER_WITHIN]
    ]
    return known.index(max(known)) if known else 0


def _plain_rows(
    rows: Sequence[tuple[int, list[Cell]]], columns: int, faults: FaultList
) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        # Whatever stands beside the table is a remark.
        within = cells[:columns]
        if any(cell.oddity in {Oddity.FORMULA, Oddity.ERROR} for cell in within):
            faults.add(
                line,
                _("This row holds a formula or an error."),
                _("Copy the table, and paste it as values."),
            )
        yield line, [cell.text for cell in within]


def _fits(line: int, row: Sequence[str], columns: int, faults: FaultList) -> bool:
    """Empty cells at a row's end are none: spreadsheets write and drop them as they like."""
    if any(row[columns:]):
        faults.add(line, *wrong_length(len(row), columns))
        return False
    return True


def _is_header(found: Found, columns: Columns, faults: FaultList) -> bool:
    names = found.names
    missing = [column for column in columns.required if column not in names]
    unknown = [name[:40] or "—" for name in names if name not in columns.all]
    doubled = sorted({name for name in names if name in columns.all and names.count(name) > 1})
    for message, wrong in (
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns aren't known: %(names)s."), unknown),
        (_("These columns are there twice: %(names)s."), doubled),
    ):
        if wrong:
            remedy = _("These can be there: %(columns)s.") % {"columns": ", ".join(columns.all)}
            faults.add(found.line, message % {"names": ", ".join(wrong)}, remedy)
    return not (missing or unknown or doubled)
