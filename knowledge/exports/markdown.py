"""Writes the editor's rich text as Markdown that comes back the same.

**Guarantee.** For all that the editor offers (headings, bold, italic, lists in lists, links, line
breaks) the importer makes of the Markdown what it would have made of the rich text.

**Steps.** Whatever Markdown could take for a sign is escaped. Bold, italic and links are written in
Markdown where it is sure to understand them, else as the tags that they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from knowledge.importers.content.prose import canonical

VOID = {"br"}
_SIGNS = re.compile(r"([\\`*_\[\]<])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z])")
_LINE_START = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]+\s*$|>|~~~)")
_NUMBER_START = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)")
_PLAIN_WORD = re.compile(r"[^\W_]")
_CLOSING = re.compile(r"#$")
_ODD_BLANK = re.compile(r"[^\S \t\n]")
_IN_TARGET = re.compile(r"[\s()<>\\]|&[A-Za-z0-9#]+;")
_FACT = "[fact:"
_MARKERS = {"b": "**", "i": "*"}

_LINKS = MarkdownIt("commonmark")


@dataclass(slots=True)
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("body")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def to_markdown(html: str, addresses: Mapping[str, str], *, h2: str = "##") -> str:
    """`addresses` are those of the portal's pages by their ids, as links inside it name them."""
    builder = _Builder()
    builder.feed(canonical(html))
    builder.close()
    writer = _Writer(addresses, h2)
    return "\n\n".join(writer.blocks(builder.open[0].children))


def escaped(text: str) -> str:
    """Plain words, safe anywhere in a line of Markdown."""
    text = _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\1", text))
    text = _ODD_BLANK.sub(lambda found: f"&#{ord(found[0])};", text)
    return text.replace(f"\\{_FACT}", f"&#91;{_FACT[1:]}")


def with_safe_start(line: str) -> str:
    """The line, so that it begins neither a list nor a heading."""
    line = _NUMBER_START.sub(r"\1\\\2", line)
    return _LINE_START.sub(r"\1\\\2", line)


class _Writer:
    def __init__(self, addresses: Mapping[str, str], h2: str) -> None:
        self.addresses = addresses
        self.headings = {"h2": h2, "h3": "###"}

    def blocks(self, nodes: Sequence[Node | str]) -> Iterator[str]:
        last_list, marker = "", False
        for node in nodes:
            if isinstance(node, str):
                if node.strip():
                    yield self.paragraph([node])
                continue
            if node.tag in {"ul", "ol"}:
                # Two lists of a kind would grow together.
                marker = not marker if node.tag == last_list else False
                yield self.list(node, other_marker=marker)
            else:
                yield self.block(node)
            last_list = node.tag

    def block(self, node: Node) -> str:
        if mark := self.headings.get(node.tag):
            return f"{mark} {_CLOSING.sub(chr(92) + '#', self.line_inside(node).strip())}"
        return self.paragraph(node.children)

    def paragraph(self, nodes: Sequence[Node | str]) -> str:
        return "\\\n".join(with_safe_start(line) for line in self.line(nodes).split("\n"))

    def list(self, node: Node, *, other_marker: bool, indent: str = "") -> str:
        items = []
        for number, item in enumerate(node.children, start=1):
            if isinstance(item, str):
                continue
            marker = _marker(node.tag, number, other_marker)
            items.append(self.item(item, f"{indent}{marker} ", indent + " " * (len(marker) + 1)))
        return "\n".join(items)

    def item(self, item: Node, start: str, indent: str) -> str:
        own = [node for node in item.children if not _is_list(node)]
        lines = [with_safe_start(line) for line in self.line(own).split("\n")]
        parts = [start + f"\\\n{indent}".join(lines)]
        last_list, marker = "", False
        for node in item.children:
            if isinstance(node, Node) and _is_list(node):
                marker = not marker if node.tag == last_list else False
                parts.append(self.list(node, other_marker=marker, indent=indent))
                last_list = node.tag
        return "\n".join(part.rstrip(" ") if not part.strip() else part for part in parts)

    def line(self, nodes: Sequence[Node | str]) -> str:
        """The words with their signs; a line break stands for a break in the middle."""
        parts = [self.part(node, nodes, place) for place, node in enumerate(nodes)]
        return _odd_breaks("".join(parts).strip(" \t"))

    def part(self, node: Node | str, around: Sequence[Node | str], place: int) -> str:
        if isinstance(node, str):
            # A “!” right before a link would make a picture of it.
            return re.sub(r"!$", r"\\!", escaped(node))
        if node.tag == "br":
            return "\n"
        if node.tag == "a":
            return self.link(node)
        inner = self.line_inside(node)
        marker = _MARKERS.get(node.tag)
        if marker and _is_sure(node, around, place):
            return f"{marker}{inner}{marker}"
        return f"<{node.tag}>{inner}</{node.tag}>" if node.tag in _MARKERS else inner

    def line_inside(self, node: Node) -> str:
        parts = [self.part(child, node.children, at) for at, child in enumerate(node.children)]
        return "".join(parts).replace("\n", "<br>")

    def link(self, node: Node) -> str:
        inner = self.line_inside(node)
        target = node.attrs.get("href") or self.addresses.get(node.attrs.get("id", ""), "")
        if not target:
            return inner
        if _is_plain_target(target) and inner.strip() == inner and inner:
            return f"[{inner}]({target})"
        return f'<a href="{escape(target)}">{inner}</a>'


def _marker(tag: str, number: int, other: bool) -> str:
    if tag == "ul":
        return "*" if other else "-"
    return f"{number})" if other else f"{number}."


def _is_list(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in {"ul", "ol"}


def _odd_breaks(text: str) -> str:
    """Breaks that Markdown would drop, at either end or one after the other, as tags."""
    middle = text.strip("\n")
    before = len(text) - len(text.lstrip("\n"))
    after = len(text) - len(text.rstrip("\n")) if middle else 0
    middle = re.sub(r"\n{2,}", lambda found: "<br>" * len(found[0]), middle)
    return "<br>" * before + middle + "<br>" * after


def _is_sure(node: Node, around: Sequence[Node | str], place: int) -> bool:
    """Whether stars do what they should: words inside, nothing beside them that changes it."""
    if len(node.children) != 1 or not isinstance(node.children[0], str):
        return False
    words = node.children[0]
    before = _edge(around[place - 1])[-1:] if place else ""
    after = _edge(around[place + 1])[:1] if place + 1 < len(around) else ""
    return _is_sure_edge(words[:1], before) and _is_sure_edge(words[-1:], after)


def _is_sure_edge(inside: str, outside: str) -> bool:
    if not inside.strip():
        return False
    if not outside.strip():
        return True
    is_apart = not _PLAIN_WORD.match(outside) and outside not in {"*", "_", "\\"}
    return is_apart and bool(_PLAIN_WORD.match(inside))


def _edge(node: Node | str) -> str:
    """What stands beside; a tag other than a line break is as good as a star."""
    if isinstance(node, str):
        return node
    return " " if node.tag == "br" else "*"


def _is_plain_target(target: str) -> bool:
    is_kept = _LINKS.validateLink(target) and _LINKS.normalizeLink(target) == target
    return is_kept and not _IN_TARGET.search(target)
