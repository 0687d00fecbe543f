"""Writes what stands in a line: words, bold, italic, links, line breaks, and nothing else."""

import re
from collections.abc import Callable, Iterable
from html import escape

from django.utils.translation import gettext as _

from knowledge.importers.content.bodies import Picture
from knowledge.importers.content.handbook.links import KEPT_SCHEMES, scheme_of
from knowledge.importers.content.handbook.page import Page
from knowledge.importers.content.handbook.tree import Node
from knowledge.importers.content.pictures import picture_problem, read_file

MOST_ALT = 300
MOST_CAPTION = 200
BREAK = "<br/>"

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_EDGES = re.compile(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$")
_MANY_BREAKS = re.compile(r"(?:\s*<br/>\s*){2,}")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FIGURES = re.compile(r"[0-9+-]+")

# Blocks that are flattened into a line begin and end a line of their own.
_LINES = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr", "dt", "dd", "pre"}
_LINES |= {"blockquote", "section", "article", "figure", "figcaption", "table", "caption"}


def line_of(parts: Iterable[Node | str], page: Page) -> str:
    """The parts in one line, without blanks and breaks at either end."""
    html = _BLANKS.sub(" ", "".join(_part(part, page) for part in parts))
    return _EDGES.sub("", _MANY_BREAKS.sub(BREAK, html))


def _part(part: Node | str, page: Page) -> str:
    if isinstance(part, str):
        return escape(page.shield.show(part), quote=False)
    if writer := _WRITERS.get(part.tag):
        return writer(part, page)
    inner = _inside(part, page)
    return f"{BREAK}{inner}{BREAK}" if part.tag in _LINES else inner


def _inside(node: Node, page: Page) -> str:
    return "".join(_part(child, page) for child in node.children)


def _bold(node: Node, page: Page) -> str:
    inner = _inside(node, page)
    return f"<b>{inner}</b>" if inner.strip() else inner


def _italic(node: Node, page: Page) -> str:
    inner = _inside(node, page)
    return f"<i>{inner}</i>" if inner.strip() else inner


def _break(_node: Node, _page: Page) -> str:
    return BREAK


def _item(node: Node, page: Page) -> str:
    return f"{BREAK}– {_inside(node, page)}"


def _quoted(node: Node, page: Page) -> str:
    return f"“{_inside(node, page)}”"


def _struck(node: Node, page: Page) -> str:
    # Words that somebody struck out must not look as if they held.
    return f"~~{_inside(node, page)}~~"


def _raised(node: Node, page: Page) -> str:
    inner = _inside(node, page)
    return inner.translate(_RAISED) if _FIGURES.fullmatch(inner) else inner


def _lowered(node: Node, page: Page) -> str:
    inner = _inside(node, page)
    return inner.translate(_LOWERED) if _FIGURES.fullmatch(inner) else inner


def _link(node: Node, page: Page) -> str:
    inner = _inside(node, page)
    target = node.attrs.get("href", "").strip()
    if node.attrs.get("class") == "footnote-backref":
        return ""
    if not target or target.startswith("#fn"):
        return inner
    if target.startswith("#"):
        page.notes.count("anchor")
        return inner
    return _resolved(target, inner, page)


def _resolved(target: str, inner: str, page: Page) -> str:
    if page.shield.hides(target):
        shown = escape(page.shield.show(target), quote=False)
        return inner if shown in inner else f"{inner} ({shown})"
    address = f"https:{target}" if target.startswith("//") else target
    if scheme_of(address) not in KEPT_SCHEMES:
        found = None if scheme_of(address) else page.atlas.page(target, page.origin)
        if found is None:
            page.notes.lost_links.append(target)
            shown = escape(target, quote=False)
            return inner if shown in inner else f"{inner} ({shown})"
        address = found
    return f'<a href="{escape(address)}">{inner.strip() or escape(address)}</a>'


def _picture(node: Node, page: Page) -> str:
    """What stays in the line: nothing where the picture comes in, else its words."""
    source, alt = node.attrs.get("src", "").strip(), page.shield.show(node.attrs.get("alt", ""))
    alt = _BLANKS.sub(" ", alt).strip()
    caption = _BLANKS.sub(" ", page.shield.show(node.attrs.get("title", ""))).strip()
    words = escape(" ".join(filter(None, [alt, caption])), quote=False)
    if page.shield.hides(source):
        page.notes.pictures.append(_("“%(name)s” is no file") % {"name": page.shield.show(source)})
        return f"{words} ({escape(page.shield.show(source), quote=False)})"
    if scheme_of(source) in {"http", "https"} or source.startswith("//"):
        page.notes.pictures.append(_("“%(name)s” is on another site") % {"name": source[:80]})
        return _resolved(source, words, page)
    return _own_picture(source, alt, caption, page) or words


def _own_picture(source: str, alt: str, caption: str, page: Page) -> str:
    """Lays the picture aside and leaves what it can't carry; nothing where it stays out."""
    file = None if scheme_of(source) else page.atlas.file(source, page.origin)
    if file is None:
        page.notes.pictures.append(_("no file “%(name)s”") % {"name": source[:80]})
        return ""
    picture, problem = read_file(file)
    if picture is None:
        page.notes.pictures.append(f"“{source[:80]}”: {picture_problem(problem)[0].rstrip('.')}")
        return ""
    if not alt:
        page.notes.count("undescribed")
    page.pictures.append(Picture(1, picture, alt[:MOST_ALT], caption[:MOST_CAPTION]))
    too_long = [alt if len(alt) > MOST_ALT else "", caption if len(caption) > MOST_CAPTION else ""]
    return escape(" ".join(filter(None, too_long)), quote=False) or " "


def _embedded(node: Node, page: Page) -> str:
    target = node.attrs.get("src", "") or node.attrs.get("data", "")
    inner = _inside(node, page)
    if not target:
        return inner
    page.notes.count("embedded")
    title = escape(page.shield.show(node.attrs.get("title", "")), quote=False)
    shown = escape(page.shield.show(target), quote=False)
    return f"{BREAK}{_resolved(target, title or shown, page)}{BREAK}{inner}"


def _field(node: Node, page: Page) -> str:
    if node.attrs.get("type", "").lower() == "checkbox":
        return "☑ " if "checked" in node.attrs else "☐ "
    page.notes.left_out["input"] += 1
    return escape(page.shield.show(node.attrs.get("value", "")), quote=False)


def _drawing(node: Node, page: Page) -> str:
    page.notes.left_out[node.tag] += 1
    return _inside(node, page)


_WRITERS: dict[str, Callable[[Node, Page], str]] = {
    **dict.fromkeys(("b", "strong"), _bold),
    **dict.fromkeys(("i", "em", "cite", "dfn"), _italic),
    **dict.fromkeys(("br", "hr"), _break),
    **dict.fromkeys(("s", "del", "strike"), _struck),
    **dict.fromkeys(("iframe", "video", "audio", "source", "embed", "object"), _embedded),
    **dict.fromkeys(("svg", "canvas"), _drawing),
    "li": _item,
    "q": _quoted,
    "sup": _raised,
    "sub": _lowered,
    "a": _link,
    "img": _picture,
    "input": _field,
}
