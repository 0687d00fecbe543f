"""Turns Markdown into the rich text that editors can go on with: nothing else gets through."""

import re
from collections.abc import Iterator, Sequence
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
    html = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return canonical(html)


def canonical(html: str) -> str:
    """The same for what was imported and for what an editor saved without a change."""
    html = _EDITOR_KEYS.sub("", html)
    html = _STRONG.sub(r"<\1b>", _EM.sub(r"<\1i>", html)).replace("<br>", "<br/>")
    lines = _BETWEEN_TAGS.sub("><", html).split("\n")
    return " ".join(line.strip() for line in lines if line.strip())


def words_of(inline: Any) -> str:
    """The words of a line without its emphasis and links."""
    parts = (
        child.content or (" " if child.type == "softbreak" else "") for child in inline.children
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
