"""How a number in a workbook looks: as a figure, a share or a date."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from knowledge.importers.workbooks.streams import Allowance, Part

_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_PERCENTS = frozenset({9, 10})
# Words in quotes, colours and conditions in brackets, and single signs that mean themselves.
_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAY_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)

# Day 0, with which the programs count wrongly until 1 March 1900.
_BEGINNING = datetime(1899, 12, 30)  # noqa: DTZ001  (a cell knows no zone)
_BEGINNING_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_MOST_DAYS = 2_958_465
_MOST_DIGITS = 40


class Looks(Enum):
    FIGURE = "figure"
    PERCENT = "percent"
    DATE = "date"


class Styles(Part):
    """Which looks the formats of cells mean."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(allowance)
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self.is_in_cells = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:200]
        elif name == "cellXfs":
            self.is_in_cells = True
        elif name == "xf" and self.is_in_cells:
            self.formats.append(int(attributes.get("numFmtId") or 0))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_in_cells = False

    def looks(self, style: int) -> Looks:
        number = self.formats[style] if 0 <= style < len(self.formats) else 0
        code = _LITERALS.sub("", self.codes.get(number, ""))
        if number in _PERCENTS or "%" in code:
            return Looks.PERCENT
        if number in _DATES or _DAY_SIGNS.search(code):
            return Looks.DATE
        return Looks.FIGURE


def shown(value: str, looks: Looks, *, is_1904: bool) -> str:
    """A figure with a point, a share with its sign, a day as 2026-02-28."""
    if not value.strip():
        return ""
    number = float(value)
    if looks is Looks.DATE:
        return _day(number, is_1904=is_1904)
    if looks is Looks.PERCENT:
        return f"{_figure(number * 100)}%"
    return _figure(number)


def _figure(number: float) -> str:
    """With the fifteen digits that the programs show."""
    figures = f"{Decimal(f'{number:.15g}'):f}"
    if "." in figures:
        figures = figures.rstrip("0").rstrip(".")
    return figures if len(figures) <= _MOST_DIGITS else f"{number:.15g}"


def _day(number: float, *, is_1904: bool) -> str:
    if not 0 <= number <= _MOST_DAYS:
        return _figure(number)
    moment = (_BEGINNING_1904 if is_1904 else _BEGINNING) + timedelta(days=number)
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if number < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if number == int(number) else moment.isoformat(" ")
