"""Makes a table as wide as its widest row: Markdown leaves out cells that have no heading."""

import re
from collections.abc import Sequence

MOST_CELLS = 100

_RULE = re.compile(r"\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_BAR = re.compile(r"(?<!\\)\|")


def widened(text: str) -> str:
    if "|" not in text:
        return text
    lines = text.split("\n")
    is_code = False
    body_end = 0
    for place, line in enumerate(lines):
        if place < body_end:
            continue
        if _FENCE.match(line):
            is_code = not is_code
        if not is_code and place and "|" in line and _RULE.fullmatch(line):
            body_end = _widen(lines, place)
    return "\n".join(lines)


def _widen(lines: list[str], rule: int) -> int:
    """Where the table ends whose second line is `rule`."""
    end, widest = _body(lines, rule + 1)
    wanted = _cells(lines[rule])
    more = min(widest, MOST_CELLS) - wanted
    if more > 0 and _cells(lines[rule - 1]) == wanted:
        for place, cell in ((rule - 1, "  |"), (rule, "---|")):
            line = lines[place].rstrip()
            lines[place] = line + ("" if line.endswith("|") else "|") + cell * more
    return end


def _body(lines: Sequence[str], start: int) -> tuple[int, int]:
    """Where the rows that begin at `start` end, and how many cells the widest has."""
    end, widest = start, 0
    while end < len(lines) and "|" in lines[end]:
        widest = max(widest, _cells(lines[end]))
        end += 1
    return end, widest


def _cells(line: str) -> int:
    bare = line.strip().removeprefix("|")
    return len(_BAR.findall(bare)) + (0 if re.search(r"(?<!\\)\|$", bare) else 1)
