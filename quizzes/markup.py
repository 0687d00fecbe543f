"""Which HTML of a question reaches a browser: words, emphasis, lists and links.

**Guarantee.** Nothing that runs, and nothing that fetches, whatever an import or a forged draft
brought in.
"""

import nh3

TAGS = {"p", "b", "strong", "i", "em", "ol", "ul", "li", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}


def stored_markup(html: str) -> str:
    """As it is kept: a link to a page has the page's key, as Wagtail's editor writes it."""
    return _cleaned(html, {"href", "linktype", "id"})


def shown_markup(html: str) -> str:
    return _cleaned(html, {"href"})


def _cleaned(html: str, of_links: set[str]) -> str:
    attributes = {"a": of_links}
    return nh3.clean(html, tags=TAGS, attributes=attributes, url_schemes=SCHEMES, link_rel=None)
