"""A number in a typed text, and whether it is near enough."""

import re
from decimal import Decimal

from quizzes.scoring.explanations import Explanation, Rule, all_or_nothing
from quizzes.scoring.keys import NumberKey

_LONGEST_TYPED = 200

_NUMBER = re.compile(
    r"""
    (?:[A-Z]{3}\s*)?        # EUR
    (?P<minus>[-\u2212])?    # a hyphen, or the true minus sign
    [+$€£¥]?\s*
    (?P<figures>[\d.,](?:[\d.,'\u2019\s]*\d)?)
    (?:\s*(?:[ckm]?m|ft)[23]\b)?  # the units whose names hold a figure: m2
    \D*                     # any other: working days, Mbps, %
    """,
    re.VERBOSE,
)

# Tried in this order. A lone comma before exactly three figures groups thousands, as in 1,000;
# a lone dot is always the decimal point.
_FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:[\s'\u2019]\d{3})+)(?:[.,](?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3}){2,})(?:,(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+),(?P<part>\d+)",
        r"(?P<whole>\d*)[.,](?P<part>\d+)",
        r"(?P<whole>\d+)(?P<part>)",
    )
)


def explain_number(key: NumberKey, response: object) -> Explanation:
    """Right where it is at most `tolerance` away from `value`."""
    number = parse_number(response) if isinstance(response, str) else None
    if number is None:
        return all_or_nothing(is_right=False, was_tried=False)
    is_lenient = key.tolerance > 0 and number != key.value
    is_near = abs(number - key.value) <= key.tolerance
    return all_or_nothing(is_right=is_near, rule=Rule.WITHIN if is_lenient else Rule.ALL_OR_NOTHING)


def parse_number(text: str) -> Decimal | None:
    """The one number in a typed text, or `None`: "£50", "1,000", "2,5 days", but not "5 or 6"."""
    stripped = text.strip()
    found = _NUMBER.fullmatch(stripped) if len(stripped) <= _LONGEST_TYPED else None
    if found is None:
        return None
    number = _parse_figures(found["figures"])
    return -number if number is not None and found["minus"] else number


def _parse_figures(figures: str) -> Decimal | None:
    matches = (pattern.fullmatch(figures) for pattern in _FIGURES)
    match = next((match for match in matches if match), None)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return Decimal(f"{whole or 0}.{match['part'] or 0}")
