"""Writes a page's blocks as a lesson can show them: headings, paragraphs, lists, pictures."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from knowledge.importers.content.bodies import Picture, Prose
from knowledge.importers.content.handbook.inline import BREAK, line_of
from knowledge.importers.content.handbook.naming import MOST_TITLE
from knowledge.importers.content.handbook.page import Page
from knowledge.importers.content.handbook.rawhtml import ready
from knowledge.importers.content.handbook.tables import table_html
from knowledge.importers.content.handbook.tree import Node, parse
from knowledge.importers.content.prose import canonical, sanitised

# Deeper lists and quotes than anybody means; below this Markdown-It leaves words out.
MOST_NESTING = 40
INDENT = "\u00a0"

type Block = str | Picture

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": True, "maxNesting": MOST_NESTING})
    .enable("table")
    .use(deflist_plugin)
    .use(footnote_plugin)
)


def read_tree(page: Page) -> Node:
    html, scripts = ready(_MARKDOWN.render(page.shield.text))
    if scripts:
        page.notes.left_out["script"] += scripts
    page.notes.count("tag", len(page.shield.tags))
    return parse(html)


def read_body(root: Node, page: Page) -> list[Prose | Picture]:
    pieces: list[Prose | Picture] = []
    for is_picture, group in groupby(
        _blocks(root, page), key=lambda block: isinstance(block, Picture)
    ):
        if is_picture:
            pieces += [block for block in group if isinstance(block, Picture)]
        else:
            html = canonical(sanitised("".join(block for block in group if isinstance(block, str))))
            pieces += [Prose(1, html)] if html else []
    return pieces


def take_title(root: Node, title: str) -> str:
    """The heading that the page begins with, taken out of it unless it says more than `title`."""
    for place, child in enumerate(root.children):
        if isinstance(child, Node) and child.tag == "h1":
            if not _is_more_than_words(child) and title in {"", child.words}:
                del root.children[place]
            return child.words
        if isinstance(child, Node) or child.strip():
            break
    return ""


def _is_more_than_words(heading: Node) -> bool:
    is_long = len(heading.words) > MOST_TITLE
    return is_long or any(True for _part in heading.elements("img", "a"))


def _blocks(node: Node, page: Page) -> Iterator[Block]:
    line: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and (child.tag in _WRITERS or child.tag in _FRAMES):
            yield from _paragraph(line, page)
            line = []
            yield from _WRITERS.get(child.tag, _blocks)(child, page)
        else:
            line.append(child)
    yield from _paragraph(line, page)


def _paragraph(parts: Iterable[Node | str], page: Page, tag: str = "p") -> Iterator[Block]:
    html = line_of(parts, page)
    if html:
        yield f"<{tag}>{html}</{tag}>"
    yield from page.take_pictures()


def _words(node: Node, page: Page) -> Iterator[Block]:
    yield from _paragraph(node.children, page)


def _heading(node: Node, page: Page) -> Iterator[Block]:
    yield from _paragraph(node.children, page, "h2" if node.tag in {"h1", "h2"} else "h3")


def _term(node: Node, page: Page) -> Iterator[Block]:
    yield from _paragraph([Node("b", {}, node.children)], page)


def _code(node: Node, page: Page) -> Iterator[Block]:
    lines = page.shield.show("".join(node.all_texts())).expandtabs(4).strip("\n").split("\n")
    if any(line.strip() for line in lines):
        page.notes.count("code")
        yield f"<p>{BREAK.join(_code_line(line) for line in lines)}</p>"


def _code_line(line: str) -> str:
    words = line.lstrip(" ")
    return INDENT * (len(line) - len(words)) + escape(words.rstrip(), quote=False)


def _rule(_node: Node, _page: Page) -> Iterator[Block]:
    yield from ()


def _table(node: Node, page: Page) -> Iterator[Block]:
    yield table_html(node, page)
    yield from page.take_pictures()


def _list(node: Node, page: Page) -> Iterator[Block]:
    start = node.attrs.get("start", "1")
    if node.tag == "ol" and start != "1" and start.isdecimal():
        # The editor's lists begin at 1; a list that goes on keeps its numbers as words.
        for number, (words, nested) in enumerate(_items(node, page), start=int(start[:9])):
            yield f"<p>{number}. {words}</p>{nested}"
    else:
        yield _list_html(node, page)
    yield from page.take_pictures()


def _list_html(node: Node, page: Page) -> str:
    items = "".join(f"<li>{words}{nested}</li>" for words, nested in _items(node, page))
    return f"<{node.tag}>{items}</{node.tag}>" if items else ""


def _items(node: Node, page: Page) -> Iterator[tuple[str, str]]:
    """The words of each point, and the lists inside it."""
    for child in node.children:
        item = child if isinstance(child, Node) and child.tag == "li" else Node("li", {}, [child])
        words = line_of([part for part in item.children if not _is_nested(part)], page)
        nested = "".join(
            table_html(part, page) if part.tag == "table" else _list_html(part, page)
            for part in item.children
            if isinstance(part, Node) and _is_nested(part)
        )
        if words or nested:
            yield words, nested


def _is_nested(part: Node | str) -> bool:
    return isinstance(part, Node) and part.tag in {"ul", "ol", "table"}


# What only frames other blocks.
_FRAMES = {
    *("div", "section", "article", "aside", "header", "footer", "nav", "main", "figure"),
    *("details", "address", "center", "blockquote", "dl", "dd", "form", "fieldset"),
}
_WRITERS: dict[str, Callable[[Node, Page], Iterator[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("p", "figcaption", "summary", "li", "caption"), _words),
    **dict.fromkeys(("ul", "ol"), _list),
    "dt": _term,
    "pre": _code,
    "hr": _rule,
    "table": _table,
}
