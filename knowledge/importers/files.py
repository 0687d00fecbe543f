"""Reads a customer's file as text, or says why that can't be done."""

import re
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.encodings import Decoded, Undecodable, decode, known_page
from knowledge.importers.reporting import FaultList
from knowledge.importers.signatures import LONGEST, Signature, signature_of

MOST_BYTES = 10_000_000

OFFICE_CONTENTS = b"[Content_Types].xml"
FIRST_NAME_WITHIN = 100

# DOS ended its text files with it.
END_OF_FILE = "\x1a"

# Everything below the blank but tab and line breaks; no text needs it and databases refuse some.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_bytes(path: Path, faults: FaultList, *, most_bytes: int = MOST_BYTES) -> bytes:
    """The file's content; empty, with a fault, where it can't be read."""
    try:
        if path.is_file():
            return _read_up_to(path, faults, most_bytes)
        reason = _("there is no file of this name")
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
    faults.add(
        None,
        _("The file can't be read: %(reason)s.") % {"reason": reason},
        _("Check its name and whether you may open it."),
    )
    return b""


def _read_up_to(path: Path, faults: FaultList, most_bytes: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(most_bytes + 1)
    if len(data) <= most_bytes:
        return data
    faults.add(
        None,
        _("The file is larger than %(most)s MB.") % {"most": f"{most_bytes / 1_000_000:g}"},
        _("Split it into smaller files."),
    )
    return b""


def read_text(path: Path, faults: FaultList, *, most_bytes: int = MOST_BYTES) -> str:
    """The file's text with plain line breaks; empty, with a fault, where there is none."""
    known = len(faults.faults)
    data = read_bytes(path, faults, most_bytes=most_bytes)
    if len(faults.faults) > known:
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(
            data.count(b"\n", 0, error.start) + 1,
            _("This isn't text in UTF-8."),
            _("Save the file as “UTF-8” (in a spreadsheet: “CSV UTF-8”)."),
        )
        return ""
    text = _plain_breaks(text).lstrip("\ufeff")
    _check_signs(text, faults)
    return text


def read_any_text(
    path: Path, faults: FaultList, *, page: str = "", most_bytes: int = MOST_BYTES
) -> Decoded | None:
    """Like `read_text`, in whichever code page; `page` is one that the sender of the file names."""
    codec = known_page(page) if page else None
    if page and codec is None:
        faults.add(
            None,
            _("“%(page)s” is no code page that is known here.") % {"page": page},
            _("Write one like UTF-8, UTF-16, Windows-1252 or cp850."),
        )
    known = len(faults.faults)
    data = read_bytes(path, faults, most_bytes=most_bytes)
    if faults.faults[known:] or (page and codec is None):
        return None
    return _decoded(data, codec, faults)


def _decoded(data: bytes, codec: str | None, faults: FaultList) -> Decoded | None:
    if kind := _office_or_other(data):
        faults.add(
            None,
            _("This is %(kind)s, and not text.") % {"kind": kind.value},
            _("Save it as text first: a table as “CSV UTF-8”, a document as “plain text”."),
        )
        return None
    try:
        decoded = decode(data, codec)
    except Undecodable as error:
        faults.add(
            data.count(b"\n", 0, error.start) + 1,
            _("This isn't text in %(page)s.") % {"page": error.label}
            if error.label
            else _("It can't be told in which code page this is written."),
            _("Name its code page, or save the file as “UTF-8” (in a spreadsheet: “CSV UTF-8”)."),
        )
        return None
    text = _plain_breaks(decoded.text).rstrip(END_OF_FILE)
    known = len(faults.faults)
    _check_signs(text, faults)
    return None if faults.faults[known:] else replace(decoded, text=text)


def _office_or_other(data: bytes) -> Signature | None:
    """What is no text. Workbooks and documents are archives whose first file lists the others."""
    kind = signature_of(data[:LONGEST])
    is_office = kind is Signature.ZIP and OFFICE_CONTENTS in data[:FIRST_NAME_WITHIN]
    return Signature.WORKBOOK if is_office else kind


def _plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_signs(text: str, faults: FaultList) -> None:
    if not text.strip():
        faults.add(None, _("The file is empty."), _("Check whether it is the right one."))
    elif found := UNPRINTABLE.search(text):
        faults.add(
            text.count("\n", 0, found.start()) + 1,
            _("There is a sign here that can't be shown (code %(code)s).")
            % {"code": ord(found.group())},
            _("Delete it, or save the file again as plain text in UTF-8."),
        )
