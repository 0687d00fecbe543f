"""HTML and Markdown in a question text: what of it can't be kept, and how the rest is read."""

import re
from collections.abc import Iterator

from quizzes.importers.gift import GiftText
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.saying import gettext as _

_NAMES = (
    "a|abbr|acronym|address|article|aside|b|big|blockquote|br|caption|center|cite|code|col|colgroup"
    "|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|ins|kbd|li"
    "|mark|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|table"
    "|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
    "|img|picture|video|audio|source|iframe|object|embed|svg|canvas"
)
# “a <b and c> d” is no tag: one with words in it has an attribute.
KNOWN_TAG = rf"</?(?:{_NAMES})(?:\s*/?|\s[^<>=]*=[^<>]*)>"
ENTITY = r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});"
COMMENT = r"<!--(?:[^-<]|-(?!->)|<(?!!--)){0,2000}-->"

_MEDIA = re.compile(r"<(?:img|picture|video|audio|iframe|object|embed|svg|canvas)\b", re.IGNORECASE)
_STORED_FILE = "@@PLUGINFILE@@"
_MARKDOWN_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\]\(")

_LINK = re.compile(r"<a\s[^<>]*href", re.IGNORECASE)
_HTML_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_PLAIN_TAGS = frozenset({"p", "br", "div", "pre", "a", "sup", "sub"})
_TAG = re.compile(KNOWN_TAG, re.IGNORECASE)

_RAISED = re.compile(r"<(sup|sub)(?:\s[^<>]*)?>([^<>]{1,40})</\1>", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

_CODE = re.compile(r"`{1,3}([^`]{1,2000})`{1,3}")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\([^()\n]{1,1000}\)")
_EMPHASIS = (
    re.compile(r"(?<!\\)(\*\*|__)(?=[^\s*_])([^*_\n]{1,500})(?<=[^\s\\])\1"),
    re.compile(r"(?<![\w\\*])(\*)(?=[^\s*])([^*\n]{1,500})(?<=[^\s\\])\*(?![\w*])"),
    re.compile(r"(?<![\w\\_])(_)(?=[^\s_])([^_\n]{1,500})(?<=[^\s\\])_(?![\w_])"),
)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!-])")


def has_media(text: GiftText) -> bool:
    """Whether a picture, a sound or a film belongs to the text."""
    if _STORED_FILE in text.text:
        return True
    if text.format == "markdown" and _MARKDOWN_PICTURE.search(text.text):
        return True
    return text.format != "plain" and _MEDIA.search(text.text) is not None


def refuse_media(text: GiftText) -> None:
    if has_media(text):
        raise UnreadableError(
            _("A picture, a sound or a film belongs to this question; questions are plain text."),
            _("Say in words what it shows, and take it out."),
        )


def losses(text: GiftText) -> Iterator[str]:
    """What of a text the portal can't show, said to whoever imports it."""
    if text.format == "plain":
        return
    is_marked_down = text.format == "markdown"
    if _LINK.search(text.text) or (is_marked_down and _MARKDOWN_LINK.search(text.text)):
        yield _("Links became plain words.")
    marked = is_marked_down and without_marks(text.text) != text.text
    if marked or any(tag not in _PLAIN_TAGS for tag in _tags(text)):
        yield _("Formatting was taken out: questions are plain text.")


def _tags(text: GiftText) -> Iterator[str]:
    pattern = _HTML_TAG if text.format == "html" else _TAG
    for found in pattern.finditer(text.text):
        yield found[0].strip("</>").partition(" ")[0].lower()


def raise_and_lower(words: str) -> str:
    """10<sup>6</sup> is a million, so it can't become 106."""
    return _RAISED.sub(_raised, words)


def _raised(found: re.Match[str]) -> str:
    is_raised = found[1].lower() == "sup"
    signs = _SUPERSCRIPTS if is_raised else _SUBSCRIPTS
    if all(ord(sign) in signs for sign in found[2]):
        return found[2].translate(signs)
    return f"{'^' if is_raised else '_'}{found[2]}"


def without_marks(words: str) -> str:
    """Markdown's words without its stars, underscores and brackets; code stays as it is."""
    parts = _CODE.split(words)
    return "".join(
        part if place % 2 else _without_marks_around_words(part) for place, part in enumerate(parts)
    )


def _without_marks_around_words(words: str) -> str:
    words = _MARKDOWN_LINK.sub(r"\1", _HEADING.sub("", words))
    for emphasis in _EMPHASIS:
        words = emphasis.sub(r"\2", words)
    return _MARKDOWN_ESCAPE.sub(r"\1", words)
