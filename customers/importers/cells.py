"""What one cell says, or a fault with its line."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from departments.importers.dates import DateOrder, parse_any_day
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import Row
from knowledge.importers.validation import add_validation

SEVERAL = ";"
# A fault needn't repeat more of what stands in a cell.
MOST_SHOWN = 60
_MONTH_LETTERS = len("2026-09")


def day_in(row: Row, column: str, order: DateOrder | None, faults: FaultList) -> date | None:
    """A fault where it is none; September 2026 begins on its first day."""
    text = row[column]
    is_month = len(text) == _MONTH_LETTERS and text[4:5] == "-"
    day = parse_any_day(f"{text}-01" if is_month else text, order)
    if day is None:
        faults.add(
            row.line,
            _("“%(column)s” is “%(text)s”, and no day.")
            % {"column": column, "text": text[:MOST_SHOWN]},
            _("Write it like 2026-09-01."),
        )
    return day


def number_in[Number](
    row: Row, column: str, parse: Callable[[str], Number | None], faults: FaultList
) -> Number | None:
    """None where the cell is empty, or is a fault."""
    text = row[column]
    found = parse(text) if text else None
    if text and found is None:
        faults.add(
            row.line,
            _("“%(column)s” is “%(text)s”, and no number that can be read in one way only.")
            % {"column": column, "text": text[:MOST_SHOWN]},
            _("Write a count like 1541, a figure like 7.8, several values like 7.8; 8.1."),
        )
    return found


def named_in[Named](
    row: Row, column: str, known: Mapping[str, Named], faults: FaultList
) -> Named | None:
    """What the cell names; None where it is empty, or is a fault."""
    return _named(row, column, row[column], known, faults) if row[column] else None


def all_named_in[Named](
    row: Row, column: str, known: Mapping[str, Named], faults: FaultList
) -> list[Named]:
    """What the cell names, with semicolons between the names; each once."""
    names = dict.fromkeys(name.strip() for name in row[column].split(SEVERAL))
    found = [_named(row, column, name, known, faults) for name in names if name]
    return [each for each in found if each is not None]


def _named[Named](
    row: Row, column: str, name: str, known: Mapping[str, Named], faults: FaultList
) -> Named | None:
    found = known.get(name)
    if found is None:
        near = get_close_matches(name, known, n=3)
        faults.add(
            row.line,
            _("“%(column)s” is “%(name)s”, and there is none of that name.")
            % {"column": column, "name": name[:MOST_SHOWN]},
            _("Did you mean %(names)s?") % {"names": ", ".join(near)}
            if near
            else _("Check how it is written, or bring it in first."),
        )
    return found


def choice_in(row: Row, column: str, choices: type[models.TextChoices], faults: FaultList) -> str:
    """The choice; the first one where the cell is empty, or is a fault."""
    text = row[column].lower()
    if text in choices.values:
        return text
    if text:
        faults.add(
            row.line,
            _("“%(column)s” is “%(text)s”.") % {"column": column, "text": text[:MOST_SHOWN]},
            _("Write one of these: %(choices)s.") % {"choices": ", ".join(choices.values)},
        )
    return str(choices.values[0])


def refuse_empty(row: Row, columns: Iterable[str], faults: FaultList) -> None:
    for column in columns:
        if not row[column]:
            faults.add(
                row.line,
                _("“%(column)s” is empty.") % {"column": column},
                _("Fill it in."),
            )


def refuse_twice(row: Row, key: str, first: dict[Any, int], faults: FaultList) -> None:
    """`first` keeps on which line each key came first."""
    known = first.setdefault(key, row.line)
    if known != row.line:
        faults.add(
            row.line,
            _("“%(key)s” stands on line %(line)s already.") % {"key": key, "line": known},
            _("Keep one of the two rows."),
        )


def clean_into(
    instance: models.Model, line: int, exclude: Iterable[str], faults: FaultList
) -> None:
    """What the model has against its own fields, as faults of this line."""
    try:
        instance.clean_fields(exclude=[*exclude])
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            add_validation(faults, line, f"“{field}”", ValidationError(errors))
