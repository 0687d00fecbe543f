"""A list of people as a table, whichever kind of file holds it: separated values or a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from departments.importers.people.columns import is_known
from departments.importers.people.lines import MOST_SHOWN, PeopleLine, RowFaults
from knowledge.importers.encodings import Decoded
from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import HEADER_WITHIN, MOST_BYTES, parse_sheet, tidy
from knowledge.importers.workbooks import Cell, Oddity, Workbook, is_workbook, read_workbook

type Rows = Iterator[tuple[int, list[str]]]

_SHEETS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, the line on which they stand, and the rows as often as asked.

    `told` says how it was read; `odd` are cells of a workbook whose text nobody wrote, by line and
    place.
    """

    names: Sequence[str]
    line: int
    told: Sequence[str]
    rows: Callable[[], Rows]
    odd: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)

    def refuse_odd(
        self, people: Sequence[PeopleLine], places: Mapping[str, int], rows: RowFaults
    ) -> None:
        """Formulas and errors are faults in the columns that are used."""
        used = {place: column for column, place in places.items()}
        for person in people if self.odd else ():
            for place, cell in self.odd.get(person.line, {}).items():
                if place in used and not person.skipped:
                    rows.add(person.line, *_told_oddity(self.names[place], cell))


def read_table(path: Path, encoding: str, faults: FaultList) -> Table | None:
    """`None`, with faults, where it can't be read at all."""
    if is_workbook(path):
        book = read_workbook(path, faults, most_bytes=MOST_BYTES)
        return None if faults.faults else workbook_table(book)
    decoded = read_any_text(path, faults, page=encoding, most_bytes=MOST_BYTES)
    return text_table(decoded, faults) if decoded else None


def text_table(decoded: Decoded, faults: FaultList) -> Table:
    sheet = parse_sheet(decoded.text, is_known, faults)
    separators = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs"), "|": _("upright bars")}
    told = _("Read as %(page)s, columns separated by %(separator)s.") % {
        "page": decoded.label,
        "separator": separators[sheet.separator],
    }
    if decoded.is_guess:
        told += " " + _("Where letters look wrong, name another code page (--encoding).")
    # A large file isn't kept as cells: it is parsed anew.
    return Table(
        sheet.names,
        sheet.line,
        [told],
        lambda: parse_sheet(decoded.text, is_known, faults).rows,
    )


def workbook_table(book: Workbook) -> Table:
    """The row near the top with the most names that are known names the columns."""
    known = [
        len({name for name in (tidy(cell.text) for cell in cells) if is_known(name)})
        for _line, cells in book.rows[:HEADER_WITHIN]
    ]
    top = known.index(max(known)) if known else 0
    line, header = book.rows[top] if known else (1, [])
    names = tuple(tidy(cell.text) for cell in header)
    below = book.rows[top + 1 :]
    return Table(
        names,
        line,
        _told_sheets(book),
        # Whatever stands beside the table is a remark.
        lambda: ((line, [cell.text for cell in cells[: len(names)]]) for line, cells in below),
        {
            line: odd
            for line, cells in below
            if (odd := {place: cell for place, cell in enumerate(cells) if _is_odd(cell)})
        },
    )


def _is_odd(cell: Cell) -> bool:
    return cell.oddity in {Oddity.FORMULA, Oddity.ERROR}


def _told_sheets(book: Workbook) -> list[str]:
    told = [_("Read as a workbook, the sheet “%(sheet)s”.") % {"sheet": book.sheet[:60]}]
    if book.other_sheets:
        others = ", ".join(f"“{name[:60]}”" for name in book.other_sheets[:_SHEETS_SHOWN])
        told.append(_("These sheets aren't read: %(others)s.") % {"others": others})
    return told


def _told_oddity(name: str, cell: Cell) -> tuple[str, str]:
    if cell.oddity is Oddity.FORMULA:
        return (
            _("“%(column)s” holds a formula.") % {"column": name[:MOST_SHOWN]},
            _("Copy the column, and paste it as values."),
        )
    return (
        _("“%(column)s” holds an error, %(text)s.")
        % {"column": name[:MOST_SHOWN], "text": cell.text[:20]},
        _("Write what belongs there."),
    )
