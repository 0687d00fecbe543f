"""Reads requirements.csv: in any order of columns, under the names that people give them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from departments.importers.dates import DateOrder, parse_any_day, proven_order
from departments.importers.people.columns import as_told, plain
from departments.importers.requirements.limits import Limits
from departments.reports.terms import MOST_JOINER_DAYS
from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import Sheet, no_rows, parse_sheet, tidy, wrong_length

COLUMNS = ("department", "module", "due")
# Everybody, at once, where a file hasn't got them.

SYNONYMS: Mapping[str, str] = {
    "department": """department, department path, department name, dept, team, unit, org unit,
        organisational unit, organizational unit, business unit, division, abteilung, bereich,
        service, departement, equipe, departamento, afdeling""",
    "module": """module, module slug, module address, slug, topic, training, learning, modul,
        thema, modulo""",
    "due": """due, due on, due date, due by, by, ready by, ready on, deadline, until, when, days,
        frist, fallig, bis, echeance, date limite, fecha limite""",
    "levels": "levels, level, job level, ebene, niveau, nivel",
    "titles": "titles, title, job titles, job title, role, position, funktion, poste, cargo",
    "from": "from, from date, starts on, asked from, start date, ab, a partir de, desde, vanaf",
}

_DAYS = re.compile(r"(?:(.+?)\s*(?:[,;+]|\band\b))?\s*(\d{1,4}) days?(?: for joiners)?")
_KNOWN = {
    plain(synonym): column
    for column, synonyms in SYNONYMS.items()
    for synonym in synonyms.split(",")
}


@dataclass(frozen=True, slots=True)
class Due:
    """By a day, or some days after joining, or both."""

    on: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, with what it says about the time; `None` where that isn't clear."""

    line: int
    department: str
    module: str
    due_text: str
    due: Due | None
    limits: Limits


def read_lines(path: Path, faults: FaultList) -> tuple[list[Line], list[str]]:
    """The rows, and notes on how the file was read."""
    decoded = read_any_text(path, faults)
    if decoded is None:
        return [], []
    sheet = parse_sheet(decoded.text, lambda name: plain(name) in _KNOWN, faults)
    places = places_of(sheet, faults)
    if places is None:
        return [], []
    cells = [
        (line, [tidy(cell) for cell in row])
        for line, row in sheet.rows
        if fits(line, row, sheet, faults)
    ]
    if not cells and not faults.faults:
        faults.add(None, *no_rows())
    return lines_of(cells, places), notes_on(sheet, places)


def fits(line: int, row: Sequence[str], sheet: Sheet, faults: FaultList) -> bool:
    """Empty cells at a row's end are none: spreadsheets write and drop them as they like."""
    if any(row[len(sheet.names) :]):
        faults.add(line, *wrong_length(len(row), len(sheet.names)))
        return False
    return True


def places_of(sheet: Sheet, faults: FaultList) -> dict[str, int] | None:
    places: dict[str, int] = {}
    doubled = []
    for place, name in enumerate(sheet.names):
        column = _KNOWN.get(plain(name))
        if column in places:
            doubled.append(name)
        elif column:
            places[column] = place
    missing = [column for column in COLUMNS if column not in places]
    for message, wrong in (
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns are there twice: %(names)s."), doubled),
    ):
        if wrong:
            remedy = _("Name the columns: %(columns)s") % {"columns": ",".join(COLUMNS)}
            faults.add(sheet.line, message % {"names": ", ".join(wrong)}, remedy)
    return None if missing or doubled else places


def notes_on(sheet: Sheet, places: Mapping[str, int]) -> list[str]:
    renamed = [
        _("“%(name)s” is read as %(column)s.") % {"name": sheet.names[place], "column": column}
        for column, place in places.items()
        if sheet.names[place].lower() != column
    ]
    unused = [
        name for place, name in enumerate(sheet.names) if name and place not in places.values()
    ]
    return [*renamed, *([_("Not used: %s.") % as_told(unused)] if unused else [])]


def lines_of(cells: Sequence[tuple[int, list[str]]], places: Mapping[str, int]) -> list[Line]:
    def cell(row: Sequence[str], column: str) -> str:
        return row[places[column]] if places[column] < len(row) else ""

    def limit(row: Sequence[str], column: str) -> str | None:
        return cell(row, column) if column in places else None

    due = [cell(row, "due") for _line, row in cells]
    starts = [limit(row, "from") or "" for _line, row in cells]
    order = proven_order([*day_texts(due), *starts]).order
    return [
        Line(
            line,
            cell(row, "department"),
            cell(row, "module"),
            cell(row, "due"),
            parse_due(cell(row, "due"), order),
            Limits(limit(row, "levels"), limit(row, "titles"), limit(row, "from"), order),
        )
        for line, row in cells
    ]


def day_texts(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        found = _DAYS.fullmatch(text.lower())
        yield (found[1] or "") if found else text


def parse_due(text: str, order: DateOrder | None = None) -> Due | None:
    found = _DAYS.fullmatch(text.lower())
    if found is None:
        day = parse_any_day(text, order)
        return Due(on=day) if day else None
    days = int(found[2])
    day = parse_any_day(found[1], order) if found[1] else None
    is_clear = 1 <= days <= MOST_JOINER_DAYS and (day or not found[1])
    return Due(day, days) if is_clear else None
