"""Addresses and titles for pages that bring none."""

import re
from collections.abc import Container
from pathlib import PurePosixPath

from django.utils.text import slugify

from knowledge.importers.content.paths import SUFFIXES
from knowledge.models.pages import RESERVED_SLUGS

MOST_SLUG = 80
MOST_TITLE = 250

# Letters that don't come apart into one without accents; and signs that part words.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"_": "-", ".": "-"}
)
_ORDER = re.compile(r"^[0-9]{1,4}[-_. ]+(?=\D)")
_SEPARATORS = re.compile(r"[-_\s]+")


def slug_of(path: str, fallback: str) -> str:
    """“Leave/Übergabe 2.md” → “leave-ubergabe-2”"""
    bare = PurePosixPath(path)
    if bare.suffix.lower() in SUFFIXES:
        bare = bare.with_suffix("")
    parts = [part for part in bare.parts if part.lower() not in {"index", "readme", "_index"}]
    words = " ".join(parts or bare.parts).lower()
    slug = slugify(words.translate(_LETTERS))
    return slug[:MOST_SLUG].strip("-") or fallback


def free_slug(slug: str, taken: Container[str]) -> str:
    """The slug itself, or with -2, -3… behind it where it is taken or an address of the portal."""
    tried, number = slug, 1
    while tried in taken or tried in RESERVED_SLUGS:
        number += 1
        tried = f"{slug}-{number}"
    return tried


def title_of(name: str) -> str:
    """“01-getting_started” → “Getting started”"""
    words = _SEPARATORS.sub(" ", _ORDER.sub("", name)).strip() or name
    return shortened(words[:1].upper() + words[1:])


def shortened(title: str) -> str:
    return title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1]}…"
