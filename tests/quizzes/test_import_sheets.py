"""Questions as a table: what a marketer writes, what a program makes of it, and what is refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest

from knowledge.importers.reporting import ImportRefused, ImportReport, Tally, describe
from knowledge.importers.workbooks import workbook
from quizzes.importers.questions import import_questions
from quizzes.models import Option, Question
from tests.factories import FactFactory, ModuleFactory
from tests.importing import EXAMPLES, unchanged, write

Kind = Question.Kind

pytestmark = pytest.mark.django_db

HEADER = "Module;Kind;Question;Right;Option 1;Option 2;Option 3;Explanation;Facts\n"
GOOD = "cells;choose one;Which?;2;a;b;c;Because.;cell-wall\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    module = ModuleFactory(slug="cells", title="All about cells")
    FactFactory(brief=module.brief, key="cell-wall")
    return tmp_path


def bring(folder: Path, text: str, **wishes: Any) -> ImportReport:
    return import_questions(write(folder, "questions.csv", text), **wishes)


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        bring(folder, text)
    assert not Question.objects.exists()
    return [describe(fault) for fault in refusal.value.faults]


def right_ones() -> list[str]:
    options = Option.objects.filter(is_right=True).order_by("sort_order")
    return [option.text for option in options]


def test_a_row_is_a_question(folder: Path) -> None:
    assert bring(folder, HEADER + GOOD).tally == Tally(new=1)
    question = Question.objects.get()
    assert (question.kind, question.stem, question.explanation) == (Kind.ONE, "Which?", "Because.")
    assert question.live
    assert right_ones() == ["b"]


def test_the_two_examples_hold_the_same_questions(tmp_path: Path) -> None:
    module = ModuleFactory(slug="price-promise")
    for name in ("length", "covers", "move"):
        FactFactory(brief=module.brief, key=f"price-promise-{name}")
    import_questions(EXAMPLES / "questions.gift")
    assert import_questions(EXAMPLES / "questions.csv", dry_run=True).tally == unchanged(11)


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_columns_stand_in_any_order_between_any_separators(folder: Path, separator: str) -> None:
    rows = [line.split(";")[::-1] for line in (HEADER + GOOD).splitlines()]
    text = "\n".join(separator.join(cells) for cells in rows)
    bring(folder, f"Our questions\n\n{text}\n")
    assert right_ones() == ["b"]


@pytest.mark.parametrize(
    ("kind", "right", "found", "marked"),
    [
        ("Multiple choice", "B", Kind.ONE, ["b"]),
        ("", "c", Kind.ONE, ["c"]),
        ("several", "1, 3", Kind.MANY, ["a", "c"]),
        ("", "1 and 3", Kind.MANY, ["a", "c"]),
        ("Scenario", "2", Kind.SCENARIO, ["b"]),
        ("ordering", "", Kind.ORDER, []),
        ("Short answer", "", Kind.TEXT, []),
    ],
)
def test_kinds_have_many_names(
    folder: Path, kind: str, right: str, found: Kind, marked: list[str]
) -> None:
    bring(folder, HEADER + f"cells;{kind};Which?;{right};a;b;c;Because.;cell-wall\n")
    assert Question.objects.get().kind == found
    assert right_ones() == marked


def test_numbers_pairs_and_gaps_have_columns_of_their_own(folder: Path) -> None:
    text = (
        "kind,question,number,tolerance,unit,option 1,pair 1,option 2,pair 2,pair 3,right,slips\n"
        'number,How many?,"1,5",0.5,months,,,,,,,\n'
        "match,What belongs?,,,,cat,mouse,dog,bone,hay,,\n"
        "gaps,Two and [1] is [2].,,,,two,1,four,gap 2,,,3\n"
    )
    bring(folder, text, module="cells")
    number, pairs, gaps = Question.objects.order_by("pk")
    assert (number.number, number.unit) == (Decimal("1.5"), "months")
    assert [(one.text, one.pair) for one in pairs.options.all()] == [
        ("cat", "mouse"),
        ("dog", "bone"),
        ("", "hay"),
    ]
    assert [(one.text, one.pair, one.is_right) for one in gaps.options.all()] == [
        ("two", "1", True),
        ("four", "2", True),
    ]
    assert gaps.slips == 3


def test_what_is_not_used_is_told(folder: Path) -> None:
    text = "Colour;Unit;" + HEADER + "red;kg;" + GOOD
    report = bring(folder, text)
    assert "This column isn't used: “Colour”." in report.notes
    assert report.entries[0].note == "Not used for this kind of question: unit."


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("cells;riddle;Q?;1;a;b;;W;cell-wall", "“Kind”: “riddle” is no kind of question. Write"),
        ("cells;one;Q?;4;a;b;;W;cell-wall", "“Right”: “4” names no option. Write the numbers"),
        ("cells;one;;1;a;b;;W;cell-wall", "“Question”: The question is missing. Write it, or"),
        ("cells;number;Q?;1.000,5;;;;W;cell-wall", "“Right”: “1.000,5” is not a number. Write it"),
        ("cells;one;Q?;1;a;b;b;W;cell-wall", "“option 3”: Two answers are the same. Take one"),
        ("cells;one;Q?;;a;b;;W;cell-wall", "Mark exactly one option as right. Write its number"),
        ("cell;one;Q?;1;a;b;;W;cell-wall", "Did you mean “cells”? Write the last part of its"),
        ("cells;one;Q?;1;a;b;;W;cell-wal", "Did you mean “cell-wall”?"),
        (f"cells;one;Q?;1;a;{'b' * 301};;W;cell-wall", "“option 2” can't stay as it is. Ensure"),
        ("cells;one;Q?;1;a;b;;W;cell-wall;more", "This row has 10 cells; the first row has 9."),
        ('cells;one;"Q?;1;a;b;;W;cell-wall', "The quotes in this row don't match"),
    ],
)
def test_a_fault_names_row_and_column_and_nothing_is_written(
    folder: Path, row: str, told: str
) -> None:
    faults = refused(folder, HEADER + GOOD + row + "\n")
    assert any(fault.startswith("questions.csv, line 3: ") and told in fault for fault in faults)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Module;Kind\ncells;one\n", "The column “question” is missing. The first row must name"),
        (HEADER.replace("Option 3", "Option 2") + GOOD, "These columns are there twice: Option 2."),
        (HEADER, "There is no row below the column names."),
    ],
)
def test_a_table_that_is_none_says_so(folder: Path, text: str, told: str) -> None:
    assert told in refused(folder, text)[0]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("must know", "perhaps", "“must know”: “perhaps” is neither yes nor no."),
        (
            "slips",
            "4",
            "“slips”: “4” isn't how many typing slips are forgiven. Write a number from 0 to 3.",
        ),
        ("picture", "0123abc", "No picture here has the mark “0123abc”. Bring the picture in"),
        ("feedback 7", "No.", "“feedback 7”: it belongs to no option."),
    ],
)
def test_rarer_cells_are_checked_too(folder: Path, column: str, value: str, told: str) -> None:
    text = f"{column};{HEADER}{value};{GOOD}"
    assert told in refused(folder, text)[0]


def test_a_situation_is_paragraphs_or_harmless_html(folder: Path) -> None:
    rows = (
        f'"She calls.\nA bill: < £5";{GOOD}',
        f"<p>He <b>writes</b><script>x</script>.</p>;{GOOD.replace('Which', 'What')}",
    )
    bring(folder, f"situation;{HEADER}{''.join(rows)}")
    assert [question.situation for question in Question.objects.order_by("pk")] == [
        "<p>She calls.</p><p>A bill: &lt; £5</p>",
        "<p>He <b>writes</b>.</p>",
    ]


def sheet_of(folder: Path, rows: list[list[Any]]) -> Path:
    """A workbook as a spreadsheet program writes it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.create_sheet("Lists")
    path = folder / "questions.xlsx"
    book.save(path)
    return path


def test_a_workbook_says_the_same(folder: Path) -> None:
    names = HEADER.strip().split(";")
    path = sheet_of(folder, [names, ["cells", None, "Which?", 2, 1.5, True, 24, "W", "cell-wall"]])
    report = import_questions(path)
    assert [option.text for option in Question.objects.get().options.all()] == ["1.5", "True", "24"]
    assert right_ones() == ["True"]
    assert report.notes[:2] == (
        "Read as XLSX.",
        "Only the sheet “Sheet” is read; these aren't: “Lists”.",
    )


def test_a_cell_that_is_no_text_is_told_by_its_column(folder: Path) -> None:
    names = HEADER.strip().split(";")
    day = date(2026, 3, 1)
    path = sheet_of(folder, [names, ["cells", "one", "Q?", day, "=A1", day, "c", "W", "cell-wall"]])
    with pytest.raises(ImportRefused) as refusal:
        import_questions(path)
    told = [describe(fault) for fault in refusal.value.faults]
    assert any("line 2: “Option 1”: this cell holds a formula. Copy the col" in one for one in told)
    assert any("“Right”: the spreadsheet made a date of this cell." in one for one in told)
    assert "“Option 2”: the cell holds a date, read as 2026-03-01." not in "".join(told)


def test_no_cell_that_is_taken_out_is_a_formula(folder: Path) -> None:
    path = folder / "questions.xlsx"
    path.write_bytes(workbook([["question"], ["=1+1"]], name="Questions"))
    assert openpyxl.load_workbook(path).active["A2"].data_type == "s"


def broken(path: Path, name: str, content: bytes) -> None:
    """The workbook, with one of its parts replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    path.write_bytes(packed.getvalue())


SHEET = "xl/worksheets/sheet1.xml"
# A cell far to the right in each of many rows: small on disk, large once it is laid out.
WIDE_ROWS = (
    b"<worksheet><sheetData>"
    + b"".join(
        b'<row r="%d"><c r="OK%d" t="inlineStr"><is><t>%d</t></is></c></row>' % (n, n, n)
        for n in range(1, 2_000)
    )
    + b"</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>", "a document type"),
        (SHEET, b"<worksheet><sheetData><row", "This workbook can't be read"),
        (SHEET, b"<worksheet>" + b"<c/>" * 1_000_001 + b"</worksheet>", "Unpacked, the file is"),
        (
            SHEET,
            b'<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>',
            "too many columns",
        ),
        (SHEET, WIDE_ROWS, "This workbook can't be read"),
        ("xl/_rels/workbook.xml.rels", b"<a/>", "This workbook can't be read"),
        ("xl/workbook.xml", b"x" * 2_000_000, "Unpacked, the file is more than 100 times"),
    ],
)
def test_a_workbook_that_is_made_to_harm_is_refused(
    folder: Path, name: str, content: bytes, told: str
) -> None:
    path = sheet_of(folder, [["question"], ["Which?"]])
    broken(path, name, content)
    with pytest.raises(ImportRefused) as refusal:
        import_questions(path)
    assert told in describe(refusal.value.faults[0])


def test_a_question_to_finish_stays_out_until_it_is(folder: Path) -> None:
    text = "state;" + HEADER + "to finish;" + GOOD
    assert bring(folder, text).tally == Tally(skipped=1)
    assert bring(folder, text.replace("to finish;", ";")).tally == Tally(new=1)
