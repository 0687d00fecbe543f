"""Turns Markdown into the rich text that editors can go on with: nothing else gets through."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

# What PROSE_FEATURES can show, as Wagtail's editor writes it.
TAGS = {"h2", "h3", "p", "b", "i", "strong", "em", "ol", "ul", "li", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}

_MARKDOWN = MarkdownIt("commonmark", {"html": True})
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
_STRONG = re.compile(r"<(/?)strong>")
_EM = re.compile(r"<(/?)em>")
_BEFORE_BLOCK = re.compile(r"(?:[ \t]|<br/>)+(</?(?:p|h2|h3|ul|ol|li)\b)")
_AFTER_BLOCK = re.compile(r"(<(?:p|h2|h3|li)>)(?:[ \t]|<br/>)+")
_AROUND_BREAK = re.compile(r"[ \t]*<br/>[ \t]*")
_EMPTY = re.compile(r"<(p|h2|h3|li|ul|ol)>(?:[ \t]|<br/>)*</\1>")
_PAGE_LINK = re.compile(r'<a(?: id="(\d+)" linktype="page"| linktype="page" id="(\d+)")>')
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')


def read_blocks(markdown: str) -> Iterator[list[Token]]:
    """The top-level blocks, each with all its tokens; `block[0].map[0]` is its line from 0."""
    block: list[Any] = []
    for token in _MARKDOWN.parse(markdown):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def render(tokens: Sequence[Any]) -> str:
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
    _hide_paragraphs_in_lists(tokens)
    return canonical(sanitised(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})))


def sanitised(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )


def canonical(html: str) -> str:
    """The same for what was imported and for what an editor saved without a change."""
    html = _EDITOR_KEYS.sub("", html)
    html = _STRONG.sub(r"<\1b>", _EM.sub(r"<\1i>", html)).replace("<br>", "<br/>")
    lines = _BETWEEN_TAGS.sub("><", html.replace("&nbsp;", "\u00a0")).split("\n")
    html = " ".join(line.strip(" \t\r") for line in lines if line.strip())
    html = _AROUND_BREAK.sub("<br/>", _AFTER_BLOCK.sub(r"\1", _BEFORE_BLOCK.sub(r"\1", html)))
    shorter = _EMPTY.sub("", html)
    while shorter != html:
        html, shorter = shorter, _EMPTY.sub("", shorter)
    return html


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """The same with links to pages by their address, as files write them."""
    return _PAGE_LINK.sub(lambda found: _linked(found, addresses), html)


def _linked(found: re.Match[str], addresses: Mapping[str, str]) -> str:
    target = addresses.get(found[1] or found[2])
    return f'<a href="{target}">' if target else found[0]


def words_of(inline: Any) -> str:
    """The words of a line without its emphasis and links."""
    parts = (
        child.content or (" " if child.type == "softbreak" else "")
        for child in inline.children or ()
    )
    return "".join(parts).strip()


def _hide_paragraphs_in_lists(tokens: Sequence[Any]) -> None:
    depth = 0
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type.startswith("paragraph_") and depth:
            token.hidden = True
