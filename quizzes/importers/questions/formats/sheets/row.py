"""One row of a table: its cells by column, as text, a number, yes or no."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from knowledge.importers.cells import original
from knowledge.importers.workbooks import Cell, Oddity
from quizzes.importers.questions.drafts import Found
from quizzes.importers.questions.formats.sheets.columns import NAMES, Columns
from quizzes.importers.questions.saying import gettext as _

# Their cells are figures; a date there is a slip that a spreadsheet made of them.
FIGURES = frozenset({"right", "number", "tolerance", "slips"})

_YES = frozenset({"yes", "y", "true", "x", "1", "✓", "ja", "oui", "si", "sí"})
_NO = frozenset({"", "no", "n", "false", "0", "-", "nein", "non"})
_FIGURE = re.compile(r"[-+]?(?:[0-9]{1,15}(?:[.,][0-9]{1,15})?|[.,][0-9]{1,15})", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)


class Row:
    """Whatever is wrong with a cell becomes a fault of the question, by the column's name."""

    def __init__(self, line: int, cells: Sequence[Cell], columns: Columns, found: Found) -> None:
        self.line, self.cells, self.columns, self.found = line, cells, columns, found
        self._tell_oddities()

    def text(self, place: str) -> str:
        at = self.columns.places.get(place)
        return "" if at is None else self._text(at)

    def single_line(self, place: str) -> str:
        return one_line(self.text(place))

    def part(self, number: int, part: str) -> str:
        at = self.columns.options[number].get(part)
        return "" if at is None else one_line(self._text(at))

    def all_texts(self) -> Iterator[str]:
        return (cell.text for cell in self.cells)

    def refuse(self, place: str, message: str, remedy: str) -> None:
        """`place` is a column of ours, or the name of one with a number."""
        at = self.columns.places.get(place)
        known_as = NAMES[place][0] if place in NAMES else place
        name = known_as if at is None else self.columns.names[at]
        self.found.refuse(self.line, f"“{name.strip()[:60]}”: {message}", remedy)

    def number(self, place: str) -> Decimal | None:
        words = self.text(place)
        return None if not words else self.figure(place, words)

    def figure(self, place: str, words: str) -> Decimal | None:
        bare = words.replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
        if _FIGURE.fullmatch(bare) and not _THOUSANDS.fullmatch(bare):
            try:
                return Decimal(bare.replace(",", "."))
            except InvalidOperation:
                pass
        self.refuse(
            place,
            _("“%(words)s” is not a number.") % {"words": words[:40]},
            _("Write it like 1500 or 3.5, without a unit and without a sign between thousands."),
        )
        return None

    def is_ticked(self, place: str) -> bool:
        words = self.text(place).casefold()
        if words not in _YES | _NO:
            self.refuse(
                place,
                _("“%(words)s” is neither yes nor no.") % {"words": words[:40]},
                _("Write yes, or leave it empty."),
            )
        return words in _YES

    def _text(self, at: int) -> str:
        cell = self.cells[at] if at < len(self.cells) else Cell()
        return original(cell.text).replace("\r\n", "\n").replace("\r", "\n").strip()

    def _tell_oddities(self) -> None:
        figures = {self.columns.places.get(place) for place in FIGURES}
        for at, cell in enumerate(self.cells[: len(self.columns.names)]):
            if cell.oddity is not None and at in self.columns.used:
                name = self.columns.names[at].strip()[:60]
                self._tell_oddity(cell, name, is_figure=at in figures)

    def _tell_oddity(self, cell: Cell, name: str, *, is_figure: bool) -> None:
        if cell.oddity is Oddity.DATE and not is_figure:
            note = _("“%(column)s”: the cell holds a date, read as %(date)s.")
            self.found.notes.append(note % {"column": name, "date": cell.text})
            return
        message, remedy = {
            Oddity.DATE: (
                _("the spreadsheet made a date of this cell."),
                _("Format the cell as text, and write it anew."),
            ),
            Oddity.FORMULA: (
                _("this cell holds a formula."),
                _("Copy the column, and paste it as values."),
            ),
        }.get(
            cell.oddity or Oddity.ERROR,
            (
                _("this cell holds an error, %(text)s.") % {"text": cell.text[:20]},
                _("Write what belongs there."),
            ),
        )
        self.found.refuse(self.line, f"“{name}”: {message}", remedy)


def one_line(text: str) -> str:
    if "\n" not in text:
        return text
    return " ".join(line.strip() for line in text.split("\n") if line.strip())
