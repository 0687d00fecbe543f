"""Tells by its first bytes what a file is, whatever its name says."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class Signature(Enum):
    """What is no text; anything else may be one."""

    ZIP = _("a ZIP archive")
    WORKBOOK = _("a workbook or a document of an office program")
    PDF = _("a PDF")
    PICTURE = _("a picture")
    PACKED = _("a packed file")
    PROGRAM = _("a program")


# How many bytes decide.
LONGEST = 8

_STARTS: tuple[tuple[bytes, Signature], ...] = (
    (b"PK\x03\x04", Signature.ZIP),
    (b"PK\x05\x06", Signature.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Signature.WORKBOOK),
    (b"%PDF-", Signature.PDF),
    (b"\x89PNG\r\n\x1a\n", Signature.PICTURE),
    (b"\xff\xd8\xff", Signature.PICTURE),
    (b"GIF8", Signature.PICTURE),
    (b"\x1f\x8b", Signature.PACKED),
    (b"Rar!", Signature.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Signature.PACKED),
    (b"\x7fELF", Signature.PROGRAM),
)


def signature_of(start: bytes) -> Signature | None:
    return next((kind for bytes_, kind in _STARTS if start.startswith(bytes_)), None)
