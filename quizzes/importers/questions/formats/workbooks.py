"""XLSX: a table of questions as spreadsheets keep it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from knowledge.importers.files import MOST_BYTES
from knowledge.importers.tables import no_rows
from knowledge.importers.workbooks import is_workbook, read_workbook, workbook
from quizzes.importers.questions.formats.format import Format, Reading, Source
from quizzes.importers.questions.formats.sheets.columns import columns_of, is_known
from quizzes.importers.questions.formats.sheets.reading import (
    check_columns,
    read_rows,
    told_columns,
)
from quizzes.importers.questions.formats.sheets.writing import table
from quizzes.models import Question

HEADER_WITHIN = 30


def read(source: Source) -> Reading:
    faults = source.faults
    book = read_workbook(source.path, faults, most_bytes=MOST_BYTES)
    if faults.faults:
        return Reading([])
    names = [[cell.text for cell in cells] for _line, cells in book.rows[:HEADER_WITHIN]]
    known = [len({name for name in row if is_known(name)}) for row in names]
    if not known:
        faults.add(None, *no_rows())
        return Reading([])
    # The row with the most names that are known; titles may stand above it.
    top = known.index(max(known))
    columns = columns_of(names[top])
    check_columns(columns, book.rows[top][0], faults)
    if faults.faults:
        return Reading([])
    found = read_rows(book.rows[top + 1 :], columns, source.name)
    if not found:
        faults.add(None, *no_rows())
    notes = told_columns(columns)
    if book.other_sheets:
        told = _("Only the sheet “%(sheet)s” is read; these aren't: %(others)s.")
        others = ", ".join(f"“{name[:60]}”" for name in book.other_sheets[:10])
        notes.append(told % {"sheet": book.sheet[:60], "others": others})
    return Reading(found, notes)


def written(questions: Iterable[Question]) -> bytes:
    return workbook(table(questions), name=_("Questions"))


XLSX = Format(
    name="xlsx",
    label="XLSX",
    suffixes=(".xlsx",),
    is_packed=True,
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    is_it=lambda source: is_workbook(source.path),
    read=read,
    write=written,
)
