"""CSV: a table of questions with commas, semicolons or tabs between its cells."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import no_rows, parse_sheet, wrong_length
from knowledge.importers.workbooks import Cell
from quizzes.importers.questions.formats.format import Format, Reading, Source
from quizzes.importers.questions.formats.sheets.columns import Columns, columns_of, is_known
from quizzes.importers.questions.formats.sheets.reading import (
    check_columns,
    read_rows,
    told_columns,
)
from quizzes.importers.questions.formats.sheets.writing import table
from quizzes.models import Question

SUFFIXES = (".csv", ".tsv")


def is_table(source: Source) -> bool:
    if source.suffix in SUFFIXES:
        return True
    # Whatever stands below the first rows says nothing of this.
    sheet = parse_sheet(source.text[:100_000], is_known, FaultList(""))
    return columns_of(sheet.names).are_of_questions


def read(source: Source) -> Reading:
    if not source.text:
        return Reading([])
    faults = source.faults
    sheet = parse_sheet(source.text, is_known, faults)
    columns = columns_of(sheet.names)
    check_columns(columns, sheet.line, faults)
    if faults.faults:
        return Reading([])
    notes = told_columns(columns)
    if sheet.line > 1:
        told = _("Line %(line)s names the columns; what stands above it isn't used.")
        notes.append(told % {"line": sheet.line})
    found = read_rows(_cells(sheet.rows, columns, faults), columns, source.name)
    if not found and not faults.faults:
        faults.add(None, *no_rows())
    return Reading(found, notes)


def _cells(
    rows: Iterable[tuple[int, list[str]]], columns: Columns, faults: FaultList
) -> Iterator[tuple[int, list[Cell]]]:
    width = len(columns.names)
    for line, cells in rows:
        if any(cell.strip() for cell in cells[width:]):
            faults.add(line, *wrong_length(len(cells), width))
        yield line, [Cell(text) for text in cells[:width]]


def written(questions: Iterable[Question]) -> bytes:
    """With a byte order mark: without it a spreadsheet misreads accents."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table(questions))
    return text.getvalue().encode("utf-8-sig")


CSV = Format(
    name="csv",
    label="CSV",
    suffixes=SUFFIXES,
    content_type="text/csv; charset=utf-8",
    is_it=is_table,
    read=read,
    write=written,
)
