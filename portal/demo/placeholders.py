"""Dates in the demo's files are offsets from an anchor, so that the story is always current.

The anchor is the last Friday on or before the day of installation. `{{ day:+10 }}` becomes the
ISO date ten days after it, `{{ spoken:+6 }}` the words "Thursday 26 November". The importers
never see a placeholder: they know ISO dates only.
"""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

FRIDAY = 4
PLACEHOLDER = re.compile(r"\{\{ (?P<form>day|spoken):(?P<offset>[+-]\d+) \}\}")
TEXT_FILES = {".csv", ".md", ".gift", ".yaml"}


def anchor_on(day: date) -> date:
    """The last Friday on or before a day."""
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


def filled(text: str, anchor: date) -> str:
    def fill(found: re.Match[str]) -> str:
        day = anchor + timedelta(days=int(found["offset"]))
        return day.isoformat() if found["form"] == "day" else f"{day:%A} {day.day} {day:%B}"

    return PLACEHOLDER.sub(fill, text)


def filled_copy(source: Path, target: Path, anchor: date) -> Path:
    """A copy of the demo's files with every placeholder filled in."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    for file in target.rglob("*"):
        if file.suffix in TEXT_FILES:
            file.write_text(filled(file.read_text(encoding="utf-8"), anchor), encoding="utf-8")
    return target
