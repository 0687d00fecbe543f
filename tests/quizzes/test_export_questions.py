from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from knowledge.importers.reporting import ImportReport, Outcome, Tally
from quizzes.exports import exported_questions, questions_file
from quizzes.importers.gift import ParsedQuestion, parse
from quizzes.importers.questions import import_questions
from quizzes.importers.questions.formats import CSV, XLSX
from quizzes.models import Option, Question
from tests.factories import FactFactory, ModuleFactory, PersonFactory, QuestionFactory
from tests.importing import unchanged, write


def gift_text(questions: Iterable[Question]) -> str:
    return questions_file(questions).decode()


def imported_again(folder: Path) -> ImportReport:
    path = write(folder, "exported.gift", gift_text(exported_questions()))
    return import_questions(path)


@pytest.mark.django_db
def test_only_the_module_that_is_asked_for_is_exported() -> None:
    mine = QuestionFactory()
    QuestionFactory(module=ModuleFactory(slug="other"))
    assert list(exported_questions(mine.module)) == [mine]


@pytest.mark.django_db
def test_questions_of_many_modules_stand_below_their_categories(tmp_path: Path) -> None:
    one, two = ModuleFactory(slug="one"), ModuleFactory(slug="two")
    for module in (two, one, two):
        QuestionFactory(module=module)
    text = gift_text(exported_questions())
    assert text.count("$CATEGORY: one") == text.count("$CATEGORY: two") == 1
    assert [item.category for item in parse(text) if isinstance(item, ParsedQuestion)] == [
        "one",
        "two",
        "two",
    ]


@pytest.mark.django_db
def test_every_mark_is_written() -> None:
    fact = FactFactory()
    question = QuestionFactory(
        number_typed=True, is_must_know=True, is_look_up=True, reference="m1-1", facts=[fact]
    )
    (parsed,) = parse(gift_text([question]))
    assert isinstance(parsed, ParsedQuestion)
    assert parsed.id == "m1-1"
    assert parsed.tags == (f"fact:{fact.key}", "must-know", "look-up", "unit:Mbps")


@pytest.mark.django_db
def test_an_unfinished_question_is_a_comment_that_marks_no_other() -> None:
    module = ModuleFactory()
    QuestionFactory(module=module, name="Later", stem="[tag:must-know]", pairs=[], live=False)
    finished = QuestionFactory(module=module)
    text = gift_text(exported_questions())
    (parsed,) = parse(text)
    assert isinstance(parsed, ParsedQuestion)
    assert parsed.id == finished.reference
    assert "must-know" not in parsed.tags
    assert "Later" in text


@pytest.mark.django_db
def test_a_draft_is_exported_as_the_editor_sees_it(tmp_path: Path) -> None:
    question = QuestionFactory(live=False)
    question.stem = "Which day, do you think?"
    question.save_revision()
    path = write(tmp_path, "exported.gift", gift_text(exported_questions()))
    assert "Which day, do you think?" in path.read_text(encoding="utf-8")
    assert import_questions(path).tally == unchanged(1)


@pytest.mark.django_db
def test_line_breaks_of_a_browser_are_no_change(tmp_path: Path) -> None:
    QuestionFactory(stem="One line.\r\nAnother line?")
    assert imported_again(tmp_path).tally == unchanged(1)


@pytest.mark.django_db
def test_a_changed_answer_is_a_change(tmp_path: Path) -> None:
    question = QuestionFactory()
    path = write(tmp_path, "exported.gift", gift_text([question]))
    option = question.options.all()[0]
    Option.objects.filter(pk=option.pk).update(text="Quite another answer")
    (entry,) = import_questions(path).entries
    assert entry.outcome is Outcome.CHANGED


@pytest.mark.django_db
def test_the_command_writes_the_file_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = QuestionFactory()
    QuestionFactory(module=ModuleFactory(slug="other"))
    path = tmp_path / "questions.gift"
    call_command("export_questions", str(path), module=question.module.slug)
    assert capsys.readouterr().out == "1 question.\n"
    assert path.read_text(encoding="utf-8") == gift_text([question])


@pytest.mark.django_db
def test_the_command_names_the_modules_that_there_are(tmp_path: Path) -> None:
    ModuleFactory(slug="fair-refund")
    with pytest.raises(CommandError, match=r"There is no module “fair”\. There are: fair-refund"):
        call_command("export_questions", str(tmp_path / "questions.gift"), module="fair")


@pytest.mark.django_db
def test_the_command_says_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The file can't be written"):
        call_command("export_questions", str(tmp_path))


@pytest.mark.django_db
def test_the_page_hands_out_the_format_that_is_chosen(client: Client, portal_site: None) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    question = QuestionFactory()
    taken = reverse("files:take-out", args=["questions"])

    page = client.get(reverse("files:index")).content.decode()
    assert [f"{taken}?format={name}" in page for name in ("gift", "csv", "xlsx")] == [True] * 3

    answer = client.get(f"{taken}?module={question.module.slug}&format=xlsx")
    assert ".xlsx" in answer["Content-Disposition"]
    assert b"".join(answer) == questions_file([question], XLSX)


@pytest.mark.django_db
def test_a_workbook_that_was_taken_out_is_brought_in_by_the_page(
    client: Client, portal_site: None, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    client.force_login(PersonFactory(groups=["Marketing"]))
    question = QuestionFactory()
    sent = SimpleUploadedFile("questions.xlsx", questions_file([question], XLSX))

    answer = client.post(reverse("files:bring-in", args=["questions"]), {"file": sent}, follow=True)

    assert "1 question: 0 new, 0 changed, 1 unchanged" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("all.csv", {}, b"\xef\xbb\xbfid,module,name"),
        ("all.xlsx", {}, b"PK"),
        ("all.dat", {}, b"$CATEGORY: "),
        ("all.dat", {"format": "csv"}, b"\xef\xbb\xbfid,module"),
    ],
)
def test_the_command_writes_the_format_of_the_ending_or_the_one_that_is_named(
    tmp_path: Path, name: str, options: dict[str, str], begins: bytes
) -> None:
    QuestionFactory()
    call_command("export_questions", str(tmp_path / name), **options)
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.django_db
def test_an_unfinished_question_is_a_row_that_no_import_reads(tmp_path: Path) -> None:
    QuestionFactory(name="Later", pairs=[], live=False)
    path = tmp_path / "questions.csv"
    path.write_bytes(questions_file(exported_questions(), CSV))
    assert import_questions(path).tally == Tally(skipped=1)


@pytest.mark.django_db
def test_what_a_spreadsheet_takes_for_a_formula_is_taken_out_as_text(tmp_path: Path) -> None:
    question = QuestionFactory(stem="=1+1 is what?")
    assert "'=1+1 is what?" in questions_file([question], CSV).decode()
