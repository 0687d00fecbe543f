import re
from datetime import date

_ISO = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d")


def parse_day(text: str) -> date | None:
    """A day written like 2026-02-28, from 1900 to 2199; `None` for all else."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
