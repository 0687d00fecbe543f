"""Days as people write them.

**Guarantee.** No day is guessed. What can be read in two ways is read in the way that another date
of the same file proves, and not at all where none does.

2026-02-28, 28.02.2026 and 28 Feb 2026 can be read in one way only. In 03/04/2026 and 03-04-2026
either number can be the month; 28/02/2026 proves that the day comes first, in the whole file. Of a
year with two digits, 69 to 99 are in the last century. A time of day behind the date is left out.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?)([-/. ])(\d\d?)\2(\d{4}|\d\d)")
_DAY_MONTH = re.compile(r"(\d\d?)(?:\.|er)?[- /]?([a-z]{3,10})\.?,?[- /]?(\d{4}|\d\d)")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})")
_TIME = re.compile(
    r"[ T]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?Z|[+-]\d\d:?\d\d)?"
)
# English, German, French, Spanish, Italian, Portuguese and Dutch, without accents.
_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "january januar janvier enero gennaio janeiro januari",
        "february februar fevrier febrero febbraio fevereiro februari",
        "march marz mrz mars marzo marco maart mrt",
        "april avril abril aprile",
        "may mai mayo maggio maio mei",
        "june juni juin junio giugno junho",
        "july juli juillet julio luglio julho",
        "august aout agosto augustus",
        "september septembre septiembre setiembre settembre setembro",
        "october oktober octobre octubre ottobre outubro",
        "november novembre noviembre novembro",
        "december dezember decembre diciembre dicembre dezembro",
    )
)
_LONGEST = 40
_DAY_NUMBER = re.compile(r"\d{5}(?:[.,]\d{1,15})?", re.ASCII)

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FIRST_TWO_DIGIT_YEAR = 69

# Written by programs that need a date where there is none.
NO_DAYS = frozenset(("0000-00-00", "00.00.0000", "00/00/0000", "0"))
_NEVER = re.compile(r"9999[-/.]?12[-/.]?31|31([-/. ])12\1(?:9999|2999)|12([-/. ])31\2(?:9999|2999)")


class DateOrder(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class ProvenOrder:
    """The order that a file's dates prove, and an example of each; none where all is told."""

    order: DateOrder | None
    day_first: str = ""
    month_first: str = ""
    undecided: str = ""

    @property
    def is_mixed(self) -> bool:
        return bool(self.day_first and self.month_first)

    @property
    def is_open(self) -> bool:
        return self.order is None and bool(self.undecided)


def parse_any_day(text: str, order: DateOrder | None) -> date | None:
    """A day in any of the ways above; `None` where it is none, or can't be told."""
    days = _readings(text)
    if len(set(days.values())) == 1 and len(days) == len(DateOrder):
        return days[DateOrder.DAY_FIRST]
    return days.get(order) if order else None


def is_never(text: str) -> bool:
    """The last day of the calendar, as programs write “no last day”."""
    return bool(_NEVER.fullmatch(_without_time(text)))


def is_day_number(text: str) -> bool:
    """A day as spreadsheets count them. They don't agree on the first one, so it isn't read."""
    return bool(_DAY_NUMBER.fullmatch(text))


def proven_order(texts: Iterable[str]) -> ProvenOrder:
    examples: dict[DateOrder, str] = {}
    undecided = ""
    for text in texts:
        days = _readings(text)
        if len(days) == 1:
            examples.setdefault(next(iter(days)), text)
        elif len(set(days.values())) > 1:
            undecided = undecided or text
    return ProvenOrder(
        order=next(iter(examples)) if len(examples) == 1 else None,
        day_first=examples.get(DateOrder.DAY_FIRST, ""),
        month_first=examples.get(DateOrder.MONTH_FIRST, ""),
        undecided=undecided,
    )


def _readings(text: str) -> dict[DateOrder, date]:
    """The day by each order in which the text is one; the same by both where nothing is open."""
    text = _without_time(text)
    if certain := _certain_day(text):
        return dict.fromkeys(DateOrder, certain)
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return {}
    first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
    days = {DateOrder.DAY_FIRST: _day(year, second, first)}
    if sign == ".":
        return dict.fromkeys(DateOrder, day) if (day := days[DateOrder.DAY_FIRST]) else {}
    days[DateOrder.MONTH_FIRST] = _day(year, first, second)
    return {order: day for order, day in days.items() if day}


def _certain_day(text: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], int(found[3]), int(found[4])) if found[2] or len(text) == 8 else None
    words = _without_accents(text)
    if found := _DAY_MONTH.fullmatch(words):
        return _day(found[3], _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(words):
        return _day(found[3], _month(found[1]), int(found[2]))
    return None


def _without_accents(text: str) -> str:
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _without_time(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    found = _TIME.search(text)
    return text[: found.start()] if found and found.end() == len(text) else text


def _month(name: str) -> int:
    """The one month that begins like this, in whichever language; else 0: “jui” is two."""
    found = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(full.startswith(name) for full in names)
    ]
    return found[0] if len(found) == 1 else 0


def _day(year: str, month: int, day: int) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= _FIRST_TWO_DIGIT_YEAR else 2000
    try:
        return date(number, month, day) if _FIRST_YEAR <= number <= _LAST_YEAR else None
    except ValueError:
        return None
