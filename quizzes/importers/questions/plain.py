"""Question texts are plain, whatever format a GIFT file gives them in."""

import html
import re

import nh3

from quizzes.importers.gift import GiftText

_ENDS_LINE = re.compile(r"</(?:p|div|li|h[1-6]|pre|tr)>|<br\s*/?>", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: GiftText) -> str:
    """The words without tags; line breaks stay."""
    words = text.text
    if text.format == "html":
        broken = _ENDS_LINE.sub("\n", words)
        words = html.unescape(nh3.clean(broken, tags=set()))
    lines = (line.strip() for line in _BLANKS.sub(" ", words).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def plain_line(text: GiftText) -> str:
    return " ".join(plain(text).split())
