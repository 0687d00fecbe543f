"""The team's table as a file: the very rows of the screen."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.translation import gettext as _

from departments.reports import Cell, DepartmentReadiness, PersonRow
from departments.wording import REASON_WORDS, STATE_WORDS

# A spreadsheet takes a cell that begins with one of these for a formula, full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralised(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def readiness_csv(report: DepartmentReadiness, rows: Iterable[PersonRow]) -> Iterator[str]:
    """Lines of CSV: one per person and module that is shown, with the day in the head.

    Dates are ISO. A byte order mark comes first: without it a spreadsheet misreads accents.
    """
    yield "\ufeff" + csv_line(
        [
            _("Name"),
            _("Department"),
            _("Module"),
            _("State on %(day)s") % {"day": report.on.isoformat()},
            _("Ready until"),
            _("Not counted until"),
            _("Reason"),
        ]
    )
    for row in rows:
        for cell in row.cells:
            if cell.readiness is not None:
                yield csv_line(readiness_row(row, cell))


def readiness_row(row: PersonRow, cell: Cell) -> list[str]:
    readiness = cell.readiness
    if readiness is None:
        return []
    return [
        row.name,
        row.department_name,
        cell.title,
        str(STATE_WORDS[readiness.state]),
        readiness.ready_until.isoformat() if readiness.ready_until else "",
        readiness.until.isoformat() if readiness.until else "",
        readiness.because or (str(REASON_WORDS[readiness.reason]) if readiness.reason else ""),
    ]


def csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([neutralised(cell) for cell in cells])
    return line.getvalue()
