"""Escaped signs: code points that no text may use stand for them while a text is taken apart."""

import re

from quizzes.importers.gift.shapes import GiftText

_ESCAPED = "~=#{}:\\n>"
_STAND_INS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_ESCAPED)}
_SHOWN = {ord(stand_in): sign for sign, stand_in in _STAND_INS.items()} | {
    ord(_STAND_INS["n"]): "\n"
}
_WRITTEN = {ord(sign): f"\\{sign}" for sign in "~=#{}:\\"} | {ord("\n"): r"\n", ord("\r"): ""}
# A stranger's `\>` stays as it is but where it would be half of an arrow.
_HIDE = re.compile(r"\\([~=#{}:\\n]|(?<=-\\)>)")
_NO_TEXT = re.compile("[\ufdd0-\ufdef]")
FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)


def hide(text: str) -> str:
    """After this, every sign that is left has its GIFT meaning."""
    clean = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)
    return _HIDE.sub(lambda found: _STAND_INS[found[1]], clean)


def show(hidden: str) -> str:
    return hidden.translate(_SHOWN).strip()


def escape(text: str) -> str:
    """The opposite of `hide` and `show`: a text as it is written into a file, on one line."""
    return text.translate(_WRITTEN)


def read_text(hidden: str, inherited: str = "") -> GiftText:
    """Takes off `[html]` and the like; without it, the format is that of the question."""
    if found := FORMAT.match(hidden):
        return GiftText(show(hidden[found.end() :]), found[1].lower())
    return GiftText(show(hidden), inherited)
