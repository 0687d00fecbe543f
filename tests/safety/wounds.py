"""Damage to a file: bytes flipped, cut out, doubled or put in, and the like."""

import io
import zipfile
from collections.abc import Callable
from random import Random

SHEET = "xl/worksheets/sheet1.xml"

SIGNS: tuple[bytes, ...] = tuple(
    sign.encode()
    for sign in (
        *"{}~=#:\\%;,\t|\"'[]()<>!*-_`&@\x00\r\n",
        *("->", "//", "####", "$CATEGORY: ", "::", "1..", ":0", "%50%", "T}", "ANSWER: B", "A. "),
        *("---\n", "- ", "key: ", "[fact: x]", "![](", "](", "{{ x }}", "{% if %}", "<table><tr>"),
        *('<c r="XFD9"/>', 't="s"', "<v>9e999</v>", "<f>A1</f>", "_x0000_", "&#0;", "yes", "1.3"),
        *("XX", "9" * 400, "2026-02-30", "\ufeff", "\u202e", "e\u0301", "=cmd()", " " * 300),
    )
)
ENCODINGS = ("utf-16", "utf-16-le", "cp1252", "cp437", "cp850", "latin-1", "utf-8-sig", "utf-32")


def damaged(data: bytes, rng: Random) -> bytes:
    for _wound in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(WOUNDS)(data, rng)
    return data


def _flipped(data: bytes, rng: Random) -> bytes:
    where = rng.randrange(len(data) + 1)
    return data[:where] + rng.randbytes(1) + data[where + 1 :]


def _with_sign(data: bytes, rng: Random) -> bytes:
    where = rng.randrange(len(data) + 1)
    sign: bytes = rng.choice(SIGNS)
    return data[:where] + sign * rng.choice((1, 1, 1, 2, 40)) + data[where:]


def _cut(data: bytes, rng: Random) -> bytes:
    begin, end = _slice(data, rng)
    return data[:begin] + data[end:]


def _doubled(data: bytes, rng: Random) -> bytes:
    begin, end = _slice(data, rng)
    return data[:end] + data[begin:end] * rng.choice((1, 1, 30)) + data[end:]


def _ended_early(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _shuffled(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    rng.shuffle(lines)
    return b"".join(lines)


def _recoded(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(ENCODINGS), "replace")


def _slice(data: bytes, rng: Random) -> tuple[int, int]:
    begin = rng.randrange(len(data) + 1)
    return begin, min(len(data), begin + rng.choice((1, 4, 30, 200)))


WOUNDS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped,
    _with_sign,
    _with_sign,
    _cut,
    _doubled,
    _ended_early,
    _shuffled,
    _recoded,
)


def damaged_within(packed: bytes, rng: Random) -> bytes:
    """A workbook of which one part is broken, mostly the one with the cells."""
    parts = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(parts, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        broken = rng.choice([*old.namelist(), SHEET, SHEET, SHEET])
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, damaged(data, rng) if name == broken else data)
    return parts.getvalue()
