"""Takes the braces apart at `=` and `~`, and reads what each option is worth."""

import re
from decimal import Decimal

from quizzes.importers.gift.shapes import UnreadableError, gettext_noop

FULL = Decimal(100)
NONE = Decimal(0)
MOST_OPTIONS = 100

WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,20})?)%", re.ASCII)

_MARKER = re.compile(r"([=~])")
_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*\Z")


def split_options(body: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first marker; then each marker with the text behind it."""
    before, *parts = _MARKER.split(body, maxsplit=MOST_OPTIONS + 1)
    if len(parts) > 2 * MOST_OPTIONS:
        raise UnreadableError(
            gettext_noop("There are more than %(most)s answers."),
            gettext_noop(r"Write \= and \~ where these signs belong to a text."),
            {"most": str(MOST_OPTIONS)},
        )
    options = list(zip(parts[::2], parts[1::2], strict=True))
    if any(_OPEN_TAG.search(text) for _sign, text in options[:-1]):
        raise UnreadableError(
            gettext_noop("A sign = or ~ stands within an HTML tag, where it begins no answer."),
            gettext_noop(r"Write \= or \~ there, or take the tag out."),
        )
    return before, options


def take_weight(sign: str, hidden: str) -> tuple[Decimal, str]:
    if found := WEIGHT.match(hidden):
        return Decimal(found[1].replace(",", ".")), hidden[found.end() :]
    return (FULL if sign == "=" else NONE), hidden
