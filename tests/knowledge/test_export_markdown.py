"""Rich text becomes Markdown and comes back as it was."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.exports.markdown import to_markdown
from knowledge.importers.content.bodies import Prose, Source, read_lesson_body
from knowledge.importers.content.prose import canonical
from knowledge.importers.reporting import FaultList


def there_and_back(html: str) -> str:
    faults = FaultList("a.md")
    pieces = read_lesson_body(to_markdown(html, {}), Source(Path(), 1, faults))
    assert not faults.faults, faults.faults
    assert all(isinstance(piece, Prose) for piece in pieces)
    return canonical("".join(piece.html for piece in pieces if isinstance(piece, Prose)))


SIGNS = "ab1 *_#-+.)(!`~<>&;:[]{}|\\\"'/=“é\u00a0"
words = st.text(SIGNS, min_size=1, max_size=12).map(lambda text: escape(text, quote=False))
targets = st.sampled_from(
    [
        "https://a.example/b_c?d=1&e=2#f",
        "/learn/a/b/",
        "mailto:a@b.example",
        "https://a.example/(b)",
    ]
)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda text: f"<b>{text}</b>"),
        inner.map(lambda text: f"<i>{text}</i>"),
        st.just("<br/>"),
    )


linked = st.builds(lambda target, text: f'<a href="{escape(target)}">{text}</a>', targets, words)
inline = st.lists(st.one_of(words, linked, wrapped(words), wrapped(wrapped(words))), min_size=1)
line = inline.map("".join)


def listed(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    points = st.lists(items.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=3)
    return st.builds(lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", LISTS, points)


LISTS = st.sampled_from(["ul", "ol"])
nested = st.builds(
    lambda text, below: text + "".join(below), line, st.lists(listed(line), max_size=2)
)
block = st.one_of(
    line.map(lambda text: f"<p>{text}</p>"),
    line.map(lambda text: f"<h2>{text}</h2>"),
    line.map(lambda text: f"<h3>{text}</h3>"),
    listed(nested),
)


def settled(html: str) -> str:
    """As a browser would show it: blanks at the edges of a block are none."""
    return canonical(re.sub(r"[ \t]+", " ", html))


@settings(max_examples=300)
@given(st.lists(block, min_size=1, max_size=4).map("".join))
def test_whatever_an_editor_can_write_comes_back_the_same(html: str) -> None:
    once = settled(html)
    if once:
        assert settled(there_and_back(once)) == once


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Say <b>“yes”</b> and <i>mean</i> it.</p>", "Say **“yes”** and *mean* it."),
        ("<p>un<b>believ</b>able</p>", "un<b>believ</b>able"),
        ("<p>One<br/>two</p>", "One\\\ntwo"),
        ("<h2>Title</h2><p>1. no list</p>", "## Title\n\n1\\. no list"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "- a\n  1. b"),
        (
            '<p><a href="https://a.example/?b=1&amp;c=2">x</a></p>',
            "[x](https://a.example/?b=1&c=2)",
        ),
        ("<p>[fact: price]</p>", "&#91;fact: price\\]"),
    ],
)
def test_markdown_stays_readable(html: str, markdown: str) -> None:
    assert to_markdown(html, {}) == markdown
    assert there_and_back(html) == html


def test_a_link_to_a_page_is_written_by_its_address() -> None:
    link: Any = '<p><a id="7" linktype="page">here</a></p>'
    assert to_markdown(link, {"7": "/learn/a/"}) == "[here](/learn/a/)"
