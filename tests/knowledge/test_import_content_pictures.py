"""Pictures made to harm are told by their shape, before anything is decoded."""

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from knowledge.importers.content.pictures import read_file


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def saved(kind: str, size: tuple[int, int] = (64, 64), **kwargs: object) -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(data, kind, **kwargs)
    return data.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 200)]
    data = io.BytesIO()
    frames[0].save(data, kind, save_all=True, append_images=frames[1:])
    return data.getvalue()


def problem_of(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    return read_file(path)[1]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_a_whole_picture_comes_in(tmp_path: Path, kind: str) -> None:
    assert problem_of(tmp_path, saved(kind)) == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_a_picture_that_is_broken_off_is_refused(tmp_path: Path, kind: str) -> None:
    data = saved(kind, (256, 256))
    assert problem_of(tmp_path, data[: len(data) * 2 // 3]) in {"broken", "unknown"}


@pytest.mark.parametrize("size", [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (50_000_001, 1)])
def test_a_picture_of_too_many_pixels_is_refused_within_a_second(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    start = time.perf_counter()
    assert problem_of(tmp_path, huge_png(*size)) == "huge"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_moving_picture_is_refused(tmp_path: Path, kind: str) -> None:
    assert problem_of(tmp_path, moving(kind)) == "moving"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        saved("BMP"),
        saved("TIFF"),
    ],
)
def test_what_browsers_should_not_be_sent_is_refused(tmp_path: Path, data: bytes) -> None:
    assert problem_of(tmp_path, data) == "unknown"


@pytest.mark.parametrize("before", [b"", b"<?xml version='1.0'?>\n<!-- ours -->\n"])
def test_an_svg_is_refused_as_such(tmp_path: Path, before: bytes) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    assert problem_of(tmp_path, before + svg) == "drawing"


def test_a_phones_picture_with_a_second_one_in_it_moves_as_little_as_any(tmp_path: Path) -> None:
    assert problem_of(tmp_path, moving("MPO")) == ""


def test_a_picture_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    assert problem_of(tmp_path, saved("PNG") + b"\0" * 10_000_000) == "heavy"


def test_a_link_to_a_picture_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(saved("PNG"))
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    assert read_file(tmp_path / "link.png") == (None, "unreadable")
