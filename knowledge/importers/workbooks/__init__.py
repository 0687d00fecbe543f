"""Workbooks (XLSX): the first sheet of a stranger's as rows of text, and one of our own to give.

**Guarantee.** Nothing in a workbook is computed, run or fetched, whatever it says; one that is made
to burst is refused before it does.

**Steps.** The file is opened like any ZIP (`archives`). Of its parts only four are read: which
sheets there are, the texts, the formats of dates, and the first sheet that can be seen. Each is
read as a stream, and reading stops at the first document type, and where there is too much of it.
"""

from knowledge.importers.workbooks.reading import Cell, Oddity, Workbook, is_workbook, read_workbook
from knowledge.importers.workbooks.writing import workbook

__all__ = ["Cell", "Oddity", "Workbook", "is_workbook", "read_workbook", "workbook"]
