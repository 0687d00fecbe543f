import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.importers.archives import open_archive
from knowledge.importers.files import UNPRINTABLE
from knowledge.importers.reporting import FaultList, ImportRefused
from knowledge.importers.signatures import LONGEST, Signature, signature_of
from knowledge.importers.workbooks.figures import Looks, Styles, shown
from knowledge.importers.workbooks.streams import Allowance, Part, TooMuchError, unescaped
from knowledge.importers.workbooks.texts import Texts

SUFFIX = ".xlsx"
MOST_COLUMNS = 1_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Oddity(Enum):
    """Why the text of a cell isn't what somebody wrote into it."""

    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    oddity: Oddity | None = None


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Workbook:
    """Rows with their numbers, as the program shows them; blank ones are left out."""

    rows: tuple[tuple[int, list[Cell]], ...]
    sheet: str = ""
    # Those that nobody reads.
    other_sheets: tuple[str, ...] = ()


NOTHING = Workbook(())

SAVE_AGAIN = gettext_lazy("Save it again as “Excel workbook (.xlsx)”, or as “CSV UTF-8”.")


def is_workbook(path: Path) -> bool:
    """Both by its name and by its first bytes."""
    try:
        with path.open("rb") as file:
            start = file.read(LONGEST)
    except (OSError, ValueError):
        return False
    return path.suffix.lower() == SUFFIX and signature_of(start) is Signature.ZIP


def read_workbook(path: Path, faults: FaultList, *, most_bytes: int) -> Workbook:
    """The first sheet that can be seen; empty, with a fault, where it can't be read."""
    if path.stat().st_size > most_bytes:
        faults.add(
            None,
            _("The file is larger than %(most)s MB.") % {"most": f"{most_bytes / 1_000_000:g}"},
            _("Split it into smaller files."),
        )
        return NOTHING
    try:
        with open_archive(path) as folder:
            return _read(folder)
    except ImportRefused as refused:
        faults.add(None, refused.faults[0].message, str(SAVE_AGAIN))
    except TooMuchError as error:
        remedy = _("Keep the rows that you need, and delete the empty ones below them.")
        faults.add(None, _unreadable(error), remedy)
    except OSError as error:
        # Its own words would name a folder of the server.
        faults.add(None, _unreadable(error.strerror or ""), str(SAVE_AGAIN))
    except (ValueError, LookupError, expat.ExpatError) as error:
        faults.add(None, _unreadable(error), str(SAVE_AGAIN))
    return NOTHING


def _unreadable(error: Exception | str) -> str:
    reason = UNPRINTABLE.sub("", str(error))[:100]
    return _("This workbook can't be read (%(reason)s).") % {"reason": reason}


def _read(folder: Path) -> Workbook:
    allowance = Allowance()
    contents, links = _Contents(allowance), _Links(allowance)
    contents.read(folder / "xl" / "workbook.xml")
    links.read(folder / "xl" / "_rels" / "workbook.xml.rels")
    names = [name for name, _link in contents.sheets]
    name, link = contents.sheets[0]
    texts, styles = Texts(allowance), Styles(allowance)
    for part, kind in ((texts, "sharedStrings"), (styles, "styles")):
        if target := links.of_kind(kind):
            part.read(_inside(folder, target))
    sheet = _Sheet(allowance, texts.texts, styles, is_1904=contents.is_1904)
    sheet.read(_inside(folder, links.targets[link]))
    return Workbook(tuple(sheet.rows), name, tuple(names[1:]))


def _inside(folder: Path, target: str) -> Path:
    """A part's place; links are told from the folder `xl`, or with a slash from the top."""
    place = PurePosixPath(posixpath.normpath(posixpath.join("/xl", target)))
    return folder.joinpath(*place.parts[1:])


class _Contents(Part):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__(allowance)
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", ""), attributes["id"]))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in {"1", "true"}


class _Links(Part):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__(allowance)
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"]
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.kinds.setdefault(kind, attributes["Target"])

    def of_kind(self, kind: str) -> str:
        return self.kinds.get(kind, "")


class _Sheet(Part):
    def __init__(
        self, allowance: Allowance, texts: list[str], styles: Styles, *, is_1904: bool
    ) -> None:
        super().__init__(allowance)
        self.texts, self.styles, self.is_1904 = texts, styles, is_1904
        self.rows: list[tuple[int, list[Cell]]] = []
        self.line, self.column = 0, -1
        self.cells: dict[int, Cell] = {}
        self.kind, self.looks = "n", Looks.FIGURE
        self.pieces: list[str] = []
        self.has_formula, self.is_spoken = False, False

    @property
    def value(self) -> str:
        return "".join(self.pieces)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self.line = int(attributes.get("r") or self.line + 1)
            self.cells, self.column = {}, -1
        elif name in {"v", "t"} and not self.is_spoken:
            self.listen()
        elif name == "f":
            self.has_formula = True
        elif name == "rPh":
            self.is_spoken = True

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _place(found[1]) if found else self.column + 1
        self.kind = attributes.get("t", "n")
        self.looks = self.styles.looks(int(attributes.get("s") or 0))
        self.pieces, self.has_formula = [], False

    def end(self, name: str) -> None:
        if name in {"v", "t"} and not self.is_spoken:
            self.pieces.append(self.heard())
        elif name == "rPh":
            self.is_spoken = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and any(cell.text or cell.oddity for cell in self.cells.values()):
            last = max(self.cells)
            # Empty cells in between take their room, too.
            self.allowance.take(elements=last + 1)
            row = [self.cells.get(place, EMPTY) for place in range(last + 1)]
            self.rows.append((self.line, row))

    def _end_cell(self) -> None:
        cell = self._cell()
        if cell.text or cell.oddity:
            if self.column >= MOST_COLUMNS:
                raise TooMuchError(_("it has too many columns"))
            # A long text that many cells point at takes its room every time.
            self.allowance.take(letters=len(cell.text))
            self.cells[self.column] = cell

    def _cell(self) -> Cell:
        if self.has_formula:
            return Cell(self._text(), Oddity.FORMULA)
        if self.kind == "e":
            return Cell(self.value, Oddity.ERROR)
        is_date = self.kind == "d" or (self.kind == "n" and self.looks is Looks.DATE)
        return Cell(self._text(), Oddity.DATE if is_date and self.value else None)

    def _text(self) -> str:
        match self.kind:
            case "s":
                text = self.texts[int(self.value)] if self.value else ""
            case "b":
                text = "True" if self.value.strip() == "1" else "False"
            case "n":
                text = shown(self.value, self.looks, is_1904=self.is_1904)
            case _:
                text = unescaped(self.value)
        return UNPRINTABLE.sub("", text)


def _place(letters: str) -> int:
    """“A” is 0, “AA” is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
