"""How tests open a second language, and write pages in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client, override_settings
from wagtail.models import Locale

from knowledge.models import KnowledgePage

LANGUAGES = [("en-gb", "British English"), ("fr", "français")]


@contextmanager
def two_languages() -> Iterator[None]:
    with override_settings(
        LANGUAGES=LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES, WAGTAIL_I18N_ENABLED=True
    ):
        yield


def in_french[Translated: KnowledgePage](
    page: Translated, parts: dict[str, str] | None = None, **words: Any
) -> Translated:
    """A page's translation, published; `parts` are the words of its facts or claims by key.

    What stands above it is translated with it.
    """
    french, _is_new = Locale.objects.get_or_create(language_code="fr")
    copy = type(page).objects.get(pk=page.pk).copy_for_translation(french, copy_parents=True)
    for name, value in words.items():
        setattr(copy, name, value)
    if parts:
        reword(copy, parts)
    copy.save_revision().publish()
    translated: Translated = type(page).objects.get(pk=copy.pk)
    return translated


def reword(page: Any, parts: dict[str, str]) -> None:
    relation, name = ("facts", "statement") if hasattr(page, "facts") else ("claims", "measure")
    children = list(getattr(page, relation).all())
    for child in children:
        setattr(child, name, parts.get(child.key, getattr(child, name)))
    setattr(page, relation, children)


def french_reader(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client
