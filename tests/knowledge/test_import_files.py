"""Files of strangers: their code pages, their separators, and cells that spreadsheets made safe."""

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importers.cells import FORMULA_STARTS, neutralised, original
from knowledge.importers.encodings import Undecodable, decode, known_page
from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import Sheet, parse_sheet

GERMAN = "Müller;Käthe;Größe;Jörg Weiß;Überall"
FRENCH = "Élodie;Françoise;Noël;Hélène;Être"
POLISH = "Łukasz;Wałęsa;Małgorzata Dąbrowska;Śliwa"
CZECH = "Jiří;Dvořák;Novák;Šárka;Žižka;Růžička"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (GERMAN, "cp1252", "Windows-1252"),
        (GERMAN, "cp850", "DOS code page 850"),
        (GERMAN, "mac_roman", "Mac Roman"),
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "cp850", "DOS code page 850"),
        ("José Muñoz;Ángel;Íñigo;O’Brien;“Lead” – 3 €", "cp1252", "Windows-1252"),
        ("Søren;Ærø;Åge;Björn", "cp1252", "Windows-1252"),
        ("It costs £5.", "cp1252", "Windows-1252"),
        ("It costs £5.", "cp850", "DOS code page 850"),
        (POLISH, "cp1250", "Windows-1250"),
        (POLISH, "cp852", "DOS code page 852"),
        (POLISH, "iso8859-2", "ISO 8859-2"),
        (CZECH, "cp1250", "Windows-1250"),
        (CZECH, "cp852", "DOS code page 852"),
        ("Győző;Erdős;Kovács;Szűcs", "cp1250", "Windows-1250"),
        ("Şahin;Yıldız;Çağlar;Öztürk", "cp1254", "Windows-1254"),
        ("Иван;Ольга;Юрий Гагарин", "cp1251", "Windows-1251"),
        ("Иван;Ольга;Юрий Гагарин", "cp866", "DOS code page 866"),
        ("Γιώργος;Παπαδόπουλος", "cp1253", "Windows-1253"),
    ],
)
def test_names_tell_the_code_page_in_which_they_are_written(
    text: str, codec: str, label: str
) -> None:
    decoded = decode(f"name;place\n{text}\n".encode(codec))
    assert decoded.text.splitlines()[1] == text
    assert (decoded.label, decoded.is_guess) == (label, True)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_what_is_certain_is_no_guess(codec: str) -> None:
    decoded = decode("name;place\nИван;Zoë\n".encode(codec))
    assert (decoded.text, decoded.is_guess) == ("name;place\nИван;Zoë\n", False)


@pytest.mark.parametrize(
    "data",
    [
        b"a;b\n\xfe\xff\x80\x9d",
        "名前;部署\n山田;営業\n".encode("euc_jp"),
        b"\xff\xfea",
        b"\xef\xbb\xbf\xff",
    ],
)
def test_what_is_no_text_is_not_guessed_at(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(data)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Windows-1252", "cp1252"),
        ("1252", "cp1252"),
        ("latin1", "iso8859-1"),
        ("CP 850", "cp850"),
        ("UTF8", "utf-8"),
        ("rot13", None),
        ("unicode_escape", None),
        ("", None),
    ],
)
def test_code_pages_go_by_many_names(name: str, codec: str | None) -> None:
    assert known_page(name) == codec


def test_a_code_page_that_is_named_and_does_not_fit_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a;b\nc;\x81\n")
    faults = FaultList(path.name)
    assert read_any_text(path, faults, page="Windows-1252") is None
    assert [(fault.line, fault.message) for fault in faults.faults] == [
        (2, "This isn't text in Windows-1252.")
    ]


@given(st.binary(max_size=300))
def test_bytes_are_text_or_say_that_they_are_none(data: bytes) -> None:
    with suppress(Undecodable):
        assert decode(data).label


CELLS = st.text(st.sampled_from("'=+-@＝ab ,;\"")) | st.text()


@given(CELLS)
def test_a_cell_that_was_made_safe_is_read_back_as_it_was(text: str) -> None:
    assert original(neutralised(text)) == text


@given(CELLS)
def test_no_cell_that_was_made_safe_begins_like_a_formula(text: str) -> None:
    assert not neutralised(text).startswith(FORMULA_STARTS)


def sheet(text: str, *known: str) -> Sheet:
    return parse_sheet(text, lambda name: name in known, FaultList("a.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_parts_the_names(separator: str) -> None:
    found = sheet(f"Some, words; here\n\nname{separator}team\nAna{separator}Care\n", "name", "team")
    assert (found.separator, found.line, found.names) == (separator, 3, ("name", "team"))
    assert list(found.rows) == [(4, ["Ana", "Care"])]


@given(st.lists(st.lists(st.text("ab\"',;\n |"), min_size=2, max_size=3), max_size=6))
def test_rows_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([["name", "team"], *rows])
    found = sheet(text.getvalue(), "name", "team")
    assert [cells for _line, cells in found.rows] == [
        cells for cells in rows if any(cell.strip() for cell in cells)
    ]
