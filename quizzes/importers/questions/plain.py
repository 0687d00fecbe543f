"""Question texts are plain, whatever format a file gives them in."""

import html
import re
from collections.abc import Callable

import nh3

from quizzes.importers.gift import GiftText
from quizzes.importers.questions.markup import (
    COMMENT,
    ENTITY,
    KNOWN_TAG,
    raise_and_lower,
    without_marks,
)

_ENDS_LINE = re.compile(
    r"</(?:p|div|ul|ol|h[1-6]|pre|tr|table|caption|blockquote)>|<[bh]r\s*/?>", re.IGNORECASE
)
_ENDS_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
# What is left of a table would be moved behind the words that follow it.
_TABLE_PARTS = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|t[dh]|caption|colgroup|col)(?:\s[^<>]*)?>", re.IGNORECASE
)
_STARTS_POINT = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_PRE = re.compile(r"</?pre(?:\s[^<>]*)?>", re.IGNORECASE)
_HTML_BLANKS = re.compile(r"[ \t\n]+")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MEANT = re.compile(f"({KNOWN_TAG}|{ENTITY}|{COMMENT})", re.IGNORECASE)


def plain(text: GiftText) -> str:
    """The words without tags; line breaks stay. What says that it is plain stays as it is."""
    readers: dict[str, Callable[[str], str]] = {
        "plain": str.strip,
        "html": _from_html,
        "markdown": lambda words: _from_mixed(without_marks(words)),
    }
    return readers.get(text.format, _from_mixed)(text.text)


def plain_line(text: GiftText) -> str:
    words = plain(text)
    if text.format != "plain":
        return " ".join(words.split())
    lines = (line.strip() for line in words.split("\n")) if "\n" in words else [words]
    return " ".join(line for line in lines if line)


def _from_mixed(words: str) -> str:
    """Moodle's own format: words and line breaks, with HTML wherever somebody wrote it."""
    if not _MEANT.search(words):
        return _tidy(words)
    parts = _MEANT.split(words)
    parts[::2] = [html.escape(part, quote=False).replace("\n", "<br>") for part in parts[::2]]
    return _from_html("".join(parts))


def _from_html(words: str) -> str:
    broken = "".join(
        part.replace("\n", "<br>") if is_pre else _HTML_BLANKS.sub(" ", part)
        for part, is_pre in _pre_or_not(words)
    )
    broken = raise_and_lower(_STARTS_POINT.sub("\n• ", broken))
    broken = _TABLE_PARTS.sub("", _ENDS_LINE.sub("\n", _ENDS_CELL.sub(" | ", broken)))
    return _tidy(html.unescape(nh3.clean(broken, tags=set())))


def _pre_or_not(words: str) -> list[tuple[str, bool]]:
    """Text by turns outside and inside `<pre>`, where line breaks count."""
    return [(part, bool(place % 2)) for place, part in enumerate(_PRE.split(words))]


def _tidy(words: str) -> str:
    lines = (line.strip().removesuffix(" |") for line in _BLANKS.sub(" ", words).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
