"""Dates in the demo's files are offsets from an anchor, so that the story is always current.

The anchor is the last Friday on or before the day of installation. `{{ day:+10 }}` becomes the
ISO date ten days after it, `{{ spoken:+6 }}` the words "Thursday 26 November". `{{ month:-3 }}` is
the first day of the month that lies three before the anchor's, `{{ month:-3/17 }}` its 17th, and
`{{ month_end:-3 }}` its last day; the anchor's own month ends on the anchor, for it isn't over.
The importers never see a placeholder: they know ISO dates only.
"""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from quizzes.days import last_of_month

FRIDAY = 4
PLACEHOLDER = re.compile(
    r"\{\{ (?P<form>day|spoken|month|month_end):(?P<offset>[+-]?\d+)(?:/(?P<day>\d+))? \}\}"
)
TEXT_FILES = {".csv", ".md", ".gift", ".yaml"}


def anchor_on(day: date) -> date:
    """The last Friday on or before a day."""
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


def filled(text: str, anchor: date) -> str:
    def fill(found: re.Match[str]) -> str:
        offset, form = int(found["offset"]), found["form"]
        if form == "month":
            return month_from(anchor, offset).replace(day=int(found["day"] or 1)).isoformat()
        if form == "month_end":
            return min(last_of_month(month_from(anchor, offset)), anchor).isoformat()
        day = anchor + timedelta(days=offset)
        return day.isoformat() if form == "day" else f"{day:%A} {day.day} {day:%B}"

    return PLACEHOLDER.sub(fill, text)


def month_from(anchor: date, months: int) -> date:
    """The first day of the month that lies so many after the anchor's own."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, 1)


def filled_copy(source: Path, target: Path, anchor: date) -> Path:
    """A copy of the demo's files with every placeholder filled in."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    for file in target.rglob("*"):
        if file.suffix in TEXT_FILES:
            file.write_text(filled(file.read_text(encoding="utf-8"), anchor), encoding="utf-8")
    return target
