"""HTML as a tree of elements and texts, as deep as somebody can have meant it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

MOST_DEPTH = 60
VOID = {"br", "img", "hr", "input", "source", "embed", "wbr", "col", "track"}

# What is understood here; of everything else the words stay.
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "aside", "header"),
    *("footer", "nav", "main", "figure", "figcaption", "details", "summary", "address", "center"),
    *("blockquote", "pre", "hr", "br", "ul", "ol", "li", "dl", "dt", "dd", "form", "fieldset"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "b", "strong", "i", "em", "cite", "dfn", "q", "s", "del", "strike", "sup", "sub"),
    *("img", "iframe", "video", "audio", "source", "embed", "object", "input", "svg", "canvas"),
}
ATTRIBUTES = {
    "a": {"href", "class"},
    "img": {"src", "alt", "title"},
    "input": {"type", "value", "checked"},
    "object": {"data"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    **{tag: {"src", "title"} for tag in ("iframe", "video", "audio", "source", "embed")},
}
# Read here, but never written: what a page may link to is decided in `links`.
SCHEMES = {"http", "https", "mailto", "tel", "ftp", "file", "data", "sms", "slack", "callto"}


@dataclass(slots=True)
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator["Node"]:
        """The children of these kinds."""
        for child in self.children:
            if isinstance(child, Node) and child.tag in tags:
                yield child

    def all_texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.all_texts()

    @property
    def words(self) -> str:
        return " ".join("".join(self.all_texts()).split())


def parse(html: str) -> Node:
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "template"},
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        is_too_deep = len(self.open) > MOST_DEPTH
        if tag in VOID or not is_too_deep:
            self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(self.open[-1] if is_too_deep else node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
