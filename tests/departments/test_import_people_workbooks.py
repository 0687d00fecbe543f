"""Lists of people as spreadsheets keep them."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from departments.importers.people import import_people
from departments.models import Membership
from knowledge.importers.reporting import ImportRefused, Outcome, Tally
from knowledge.importers.workbooks import workbook
from portal.models import User
from tests.importing import AT

pytestmark = pytest.mark.django_db
HEADER = ("Work e-mail", "Employee", "Dept", "Job level", "Start date")
SHEET = "xl/worksheets/sheet1.xml"


def table(*rows: tuple[str, ...]) -> bytes:
    return workbook([("Staff of today",), HEADER, *rows], name="Staff")


def with_cell(book: bytes, place: str, cell: str) -> bytes:
    """The same workbook with this in the cell that held “@”."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == SHEET:
                found = f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">@</t></is></c>'
                assert found in text
                text = text.replace(found, cell)
            new.writestr(name, text)
    return changed.getvalue()


def stored(folder: Path, book: bytes) -> Path:
    path = folder / "staff.xlsx"
    path.write_bytes(book)
    return path


ANA = ("ana@x.example", "Lind, Ana", "Care", "Team Leader", "2024-03-01")


def test_a_strangers_workbook_is_read_below_its_title(tmp_path: Path) -> None:
    assert import_people(stored(tmp_path, table(ANA)), at=AT).tally == Tally(new=1)
    assert User.objects.get().get_full_name() == "Ana Lind"
    assert Membership.objects.get().level == Membership.Level.LEAD


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="C3" t="str"><f>A1</f><v>Care</v></c>', "“Dept” holds a formula."),
        ('<c r="C3" t="e"><v>#REF!</v></c>', "“Dept” holds an error, #REF!."),
    ],
)
def test_what_nobody_wrote_is_not_taken_for_a_department(
    tmp_path: Path, cell: str, told: str
) -> None:
    book = with_cell(table((*ANA[:2], "@", *ANA[3:])), "C3", cell)
    with pytest.raises(ImportRefused, match="line 3") as refusal:
        import_people(stored(tmp_path, book), at=AT)
    assert told in str(refusal.value)


def test_a_day_is_read_as_the_spreadsheet_shows_it(tmp_path: Path) -> None:
    book = with_cell(table((*ANA[:4], "@")), "E3", '<c r="E3" t="d"><v>2025-01-31</v></c>')
    import_people(stored(tmp_path, book), at=AT)
    assert Membership.objects.get().starts_on.isoformat() == "2025-01-31"


def test_grades_that_are_no_levels_are_left_out_and_said(tmp_path: Path) -> None:
    report = import_people(stored(tmp_path, table((*ANA[:3], "L7", ANA[4]))), at=AT)
    assert [entry.outcome for entry in report.entries] == [Outcome.NEW]
    assert "This column isn't used: “Job level”." in report.notes
