"""Reads a list of people: every row becomes a person with her place, or is told with its reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from departments.importers.dates import (
    NO_DAYS,
    DateOrder,
    is_day_number,
    is_never,
    parse_any_day,
)
from departments.importers.paths import split_path, split_paths
from departments.importers.people.columns import DATE_COLUMNS, FULL_NAME, MANAGER, NUMBER, Columns
from departments.importers.people.levels import level_of, unknown_level
from departments.importers.people.lines import MOST_SHOWN, PeopleLine, RowFaults
from departments.importers.people.names import (
    closes_list,
    is_nothing,
    is_vacant,
    plain_email,
    split_name,
    take_remark,
)
from knowledge.importers.tables import tidy, wrong_length

_BETWEEN_GROUPS = re.compile(r"[;,|]")
_NO_GROUPS: frozenset[str] = frozenset()


@dataclass(slots=True)
class RowReader:
    """Turns cells into people. What repeats itself (dates, departments, titles) is kept once."""

    columns: Columns
    order: DateOrder | None
    default_department: tuple[str, ...]
    faults: RowFaults
    seen_days: dict[str, date | None] = field(default_factory=dict)
    seen_departments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen_others: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    seen_texts: dict[str, str] = field(default_factory=dict)

    def read(self, line: int, cells: Sequence[str], width: int) -> PeopleLine:
        if len(cells) > width and _is_torn(cells, width):
            self.faults.add(line, *wrong_length(len(cells), width))
        row = {
            column: tidy(cells[place]) if place < len(cells) else ""
            for column, place in self.columns.places.items()
        }
        person = PeopleLine(line, plain_email(row["email"]))
        self._add_names(person, row)
        self._add_place(person, row)
        self._add_days(person, row)
        self._add_groups(person, row)
        self._add_standing(person, row)
        self._add_vacancy(person)
        return person

    def _add_names(self, person: PeopleLine, row: dict[str, str]) -> None:
        person.given_name = row.get("given_name", "")
        person.family_name = row.get("family_name", "")
        person.number = row.get(NUMBER, "")
        if FULL_NAME in row:
            self._add_full_name(person, row[FULL_NAME])
        person.manager = self._kept(row.get(MANAGER, ""))

    def _add_full_name(self, person: PeopleLine, text: str) -> None:
        name, remark = take_remark(text)
        person.given_name, person.family_name = split_name(name)
        if remark:
            if not person.number and any(map(str.isdigit, remark)):
                person.number = remark
            person.add_note(
                _("“(%(remark)s)” isn't taken for a part of the name.") % {"remark": remark}
            )

    def _add_place(self, person: PeopleLine, row: dict[str, str]) -> None:
        person.department = self._department(row.get("department", "")) or self.default_department
        person.title = self._kept(row.get("title", ""))
        if "role" in row:
            person.role = row["role"].lower()
        if person.title and not person.department:
            person.add_note(_("Without a department the title isn't kept."))

    def _add_days(self, person: PeopleLine, row: dict[str, str]) -> None:
        for column in DATE_COLUMNS:
            text = row.get(column)
            if text:
                setattr(person, column, self._day(text, person.line))

    def _add_groups(self, person: PeopleLine, row: dict[str, str]) -> None:
        if "groups" not in row:
            return
        person.groups = _NO_GROUPS
        if row["groups"]:
            names = _BETWEEN_GROUPS.split(row["groups"])
            person.groups = frozenset(filter(None, map(str.strip, names)))

    def _add_standing(self, person: PeopleLine, row: dict[str, str]) -> None:
        """Her level, and the departments beside her own."""
        if text := row.get("level"):
            person.level = level_of(text)
            if not person.level:
                self.faults.add(person.line, *unknown_level(text))
        if text := row.get("also_in"):
            person.also_in = self._others(text)

    def _others(self, text: str) -> tuple[tuple[str, ...], ...]:
        known = self.seen_others.get(text)
        if known is None:
            is_blank = is_nothing(text) and not self.columns.are_ours
            known = self.seen_others[text] = () if is_blank else tuple(split_paths(text))
        return known

    def _add_vacancy(self, person: PeopleLine) -> None:
        has_name = person.name and not is_nothing(person.name)
        says_nobody = is_nothing(person.email) or is_vacant(person.email)
        if is_vacant(person.name) and (says_nobody or not self.columns.are_ours):
            person.skipped = _("The post is vacant.")
        elif says_nobody and not has_name:
            is_said = person.name or person.email
            person.skipped = (
                _("The post is vacant.") if is_said else _("Neither a name nor an address is here.")
            )

    def _department(self, text: str) -> tuple[str, ...]:
        known = self.seen_departments.get(text)
        if known is None:
            is_blank = not text or (is_nothing(text) and not self.columns.are_ours)
            known = self.seen_departments[text] = () if is_blank else split_path(text)
        return known

    def _day(self, text: str, line: int) -> date | None:
        if text not in self.seen_days:
            self.seen_days[text] = parse_any_day(text, self.order)
        day = self.seen_days[text]
        if day is None and not (text in NO_DAYS or is_nothing(text) or is_never(text)):
            message = _("“%(text)s” is not a date.") % {"text": text[:MOST_SHOWN]}
            self.faults.add(line, message, _remedy_for_day(text))
        return day

    def _kept(self, text: str) -> str:
        return self.seen_texts.setdefault(text, text)


def _remedy_for_day(text: str) -> str:
    if is_day_number(text):
        return _(
            "It is how a spreadsheet counts days: format the column as a date there, and save "
            "the file again."
        )
    return _("Write it like 2026-02-28.")


def _is_torn(cells: Sequence[str], width: int) -> bool:
    """A comma inside a text, not separators without anything at the end of a row."""
    return any(map(str.strip, cells[width:])) or any(cell.startswith(" ") for cell in cells)


def read_rows(
    rows: Iterator[tuple[int, list[str]]], names: Sequence[str], reader: RowReader
) -> list[PeopleLine]:
    people = []
    for line, cells in rows:
        person = reader.read(line, cells, len(names))
        if reason := _no_person(cells, names):
            reader.faults.by_line.pop(line, None)
            person.skipped = reason
        people.append(person)
    return people


def _no_person(cells: Sequence[str], names: Sequence[str]) -> str:
    """Why the row is about the list rather than about somebody; empty where it isn't."""
    if tidy(cells[0]) == names[0] and [tidy(cell) for cell in cells] == list(names):
        return _("These are the column names again.")
    return _("This is about the list, not about a person.") if closes_list(cells) else ""
