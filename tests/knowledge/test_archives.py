import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from knowledge.importers.archives import open_archive
from knowledge.importers.reporting import ImportRefused, describe

SYMLINK = (stat.S_IFLNK | 0o777) << 16


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    file.seek(0)
    return file


def refused(file: io.BytesIO) -> str:
    with pytest.raises(ImportRefused) as refusal, open_archive(file, "a.zip"):
        pass
    return "\n".join(describe(fault) for fault in refusal.value.faults)


def test_files_come_out_where_they_were_and_go_away_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "handbook.zip"
    path.write_bytes(packed(("a/b.md", b"Hello"), ("c.md", b"You")).getvalue())
    with open_archive(path) as folder:
        assert folder.name == "handbook"
        assert (folder / "a" / "b.md").read_bytes() == b"Hello"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../a.md", "“../a.md”: The name leads out of the folder."),
        ("a/../../b.md", "The name leads out of the folder."),
        ("/etc/a.md", "The name leads out of the folder."),
        ("C:/a.md", "The name leads out of the folder."),
        ("..\\a.md", "The name leads out of the folder."),
        ("a/./b.md", "The name can't be used."),
        ("a\x07.md", "The name can't be used."),
        (f"{'x' * 300}.md", "The name can't be used."),
    ],
)
def test_a_name_that_leads_anywhere_else_is_refused(name: str, told: str) -> None:
    assert told in refused(packed((name, b"x")))


def test_a_link_to_another_place_is_refused() -> None:
    info = zipfile.ZipInfo("a.md")
    info.external_attr = SYMLINK
    assert "points to another place" in refused(packed((info, b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("second", ["a.md", "A.MD"])
def test_two_files_of_one_name_are_refused(second: str) -> None:
    assert "Two files have this name." in refused(packed(("a.md", b"1"), (second, b"2")))


def test_a_file_in_place_of_a_folder_is_refused() -> None:
    assert "This ZIP can't be opened" in refused(packed(("a", b"1"), ("a/b.md", b"2")))


def test_a_locked_file_is_refused() -> None:
    data = bytearray(packed(("a.md", b"1")).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refused(io.BytesIO(bytes(data)))


def test_a_file_that_swells_is_refused() -> None:
    assert "more than 100 times as large" in refused(packed(("a.md", b"0" * 5_000_000)))


def test_too_much_in_all_is_refused() -> None:
    data = bytearray(packed(*((f"{number}.md", b"x") for number in range(3))).getvalue())
    at = -1
    for _number in range(3):
        at = data.index(b"PK\x01\x02", at + 1)
        data[at + 20 : at + 28] = struct.pack("<LL", 900_000, 40_000_000)
    assert "larger than 100 MB" in refused(io.BytesIO(bytes(data)))


def test_too_many_files_are_refused_without_reading_their_list() -> None:
    data = bytearray(packed(("a.md", b"1")).getvalue())
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 4_000_000_000)
    assert "more than 10,000 files" in refused(io.BytesIO(bytes(data)))


def test_many_small_files_are_counted() -> None:
    many = packed(*((f"{number}", b"") for number in range(10_001)))
    start = time.perf_counter()
    assert "more than 10,000 files" in refused(many)
    assert time.perf_counter() - start < 1


def test_an_archive_in_the_archive_stays_a_file() -> None:
    inner = packed(("b.md", b"x")).getvalue()
    with open_archive(packed(("inner.zip", inner)), "a.zip") as folder:
        assert (folder / "inner.zip").read_bytes() == inner


def test_names_in_utf_8_are_read_with_and_without_their_flag() -> None:
    data = bytearray(packed(("Über.md", b"x")).getvalue())
    without_flag = data.copy()
    for at in (6, data.rindex(b"PK\x01\x02") + 8):
        without_flag[at : at + 2] = struct.pack("<H", 0)
    for file in (data, without_flag):
        with open_archive(io.BytesIO(bytes(file)), "a.zip") as folder:
            assert [path.name for path in folder.iterdir()] == ["Über.md"]


def test_names_of_dos_are_read() -> None:
    data = packed(("Xber.md", b"x")).getvalue().replace(b"Xber.md", b"\x9aber.md")
    with open_archive(io.BytesIO(data), "a.zip") as folder:
        assert [path.name for path in folder.iterdir()] == ["Über.md"]


@pytest.mark.parametrize("cut", [0, 1, 10, 40, 60, 80, 100])
def test_a_broken_archive_is_refused(cut: int) -> None:
    data = packed(("a.md", b"Hello " * 10)).getvalue()
    assert "This ZIP can't be opened" in refused(io.BytesIO(data[:cut]))


def test_a_damaged_file_is_refused() -> None:
    data = bytearray(packed(("a.md", b"Hello " * 10)).getvalue())
    data[40] ^= 0xFF
    assert "This ZIP can't be opened" in refused(io.BytesIO(bytes(data)))


def test_nothing_is_left_behind_by_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    refused(packed(("ok.md", b"x"), ("../a.md", b"x")))
    assert list(tmp_path.iterdir()) == []
