"""By its reference a question is found again, so that importing a file again changes nothing."""

import unicodedata
from hashlib import sha256

from django.utils.text import slugify

REFERENCE_LENGTH = 64


def reference_of(text: str) -> str:
    """Where letters are lost or cut off on the way, a digest of them keeps it its own."""
    slug = slugify(text)
    if slug and len(slug) <= REFERENCE_LENGTH and not _loses_letters(text):
        return slug
    return with_digest(slug or "q", text)


def with_digest(slug: str, text: str) -> str:
    """A reference that `slugify` leaves as it is, so that it can be given as an id."""
    digest = sha256(text.encode()).hexdigest()[:8]
    return f"{slug[: REFERENCE_LENGTH - len(digest) - 1].rstrip('-_')}-{digest}"


def _loses_letters(text: str) -> bool:
    spelled_out = unicodedata.normalize("NFKD", text)
    return any(sign.isalnum() and not sign.isascii() for sign in spelled_out)
