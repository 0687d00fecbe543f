"""A search as a test asks it."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

TAGS = re.compile(r"<[^>]+>")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def page_for(client: Client, query: str) -> str:
    response = client.get(reverse("knowledge:search"), {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def words_on(client: Client, query: str) -> str:
    """The words of the page itself, without what was typed."""
    main = MAIN.search(page_for(client, query))
    assert main is not None
    return " ".join(unescape(TAGS.sub("", main[0])).split())


def is_found(client: Client, query: str) -> bool:
    return "Nothing found" not in words_on(client, query)
