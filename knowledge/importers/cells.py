"""Cells of a table that is made for spreadsheets: none is a formula, and each can be read back.

A spreadsheet takes a cell that begins with one of `FORMULA_STARTS` for a formula. An apostrophe
before it makes it text. So that each cell can be told from every other, a text that already has
apostrophes before such a sign gets one more, and `original` takes away exactly one.
"""

import csv
import re
from collections.abc import Iterable
from io import StringIO

# Full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA_STARTS))}]")
_NEUTRALISED = re.compile(f"'+[{re.escape(''.join(FORMULA_STARTS))}]")


def neutralised(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([neutralised(cell) for cell in cells])
    return line.getvalue()


def csv_head(cells: Iterable[str]) -> str:
    """The first line. A byte order mark comes before it: else a spreadsheet misreads accents."""
    return "\ufeff" + csv_line(cells)


def original(cell: str) -> str:
    return cell[1:] if _NEUTRALISED.match(cell) else cell
