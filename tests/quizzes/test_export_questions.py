from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.importers.files import UNPRINTABLE
from knowledge.importers.reporting import ImportReport, Outcome
from quizzes.exports import exported_questions, questions_gift
from quizzes.importers.gift import ParsedQuestion, parse
from quizzes.importers.questions import import_questions
from quizzes.models import Option, Question
from tests.factories import FactFactory, ModuleFactory, QuestionFactory
from tests.importing import demo_files, example_files, import_all, unchanged, write

Kind = Question.Kind

SIGNS = st.sampled_from(
    [
        *(
            "{",
            "}",
            "~",
            "=",
            "#",
            ":",
            "::",
            "\\",
            "\\n",
            "//",
            "->",
            "####",
            "%50%",
            "*",
            "[",
            "]",
        ),
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "  ",
            "\xa0",
            "\u2028",
            "<b>",
            "&amp;",
            "&nbsp;",
            "<img src=x>",
        ),
        *(
            "[html]",
            "[plain]",
            "[id:x]",
            "[tag:must-know]",
            "$CATEGORY: x",
            "Why: ",
            "_____",
            "TRUE",
        ),
    ]
)


def is_kept(text: str) -> bool:
    """What a form hands on, and a file can hold."""
    return bool(text) and text == text.strip() and not UNPRINTABLE.search(text)


LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters=[chr(code) for code in range(0xFDD0, 0xFDF0)],
)
TEXTS = st.lists(SIGNS | LETTERS, min_size=1, max_size=12).map("".join).filter(is_kept)
LINES = TEXTS.map(lambda text: " ".join(text.splitlines())).filter(is_kept)


def imported_again(folder: Path) -> ImportReport:
    path = write(folder, "exported.gift", questions_gift(exported_questions()))
    return import_questions(path)


@pytest.mark.django_db
@pytest.mark.parametrize("files", [demo_files, example_files])
def test_what_is_exported_and_imported_again_is_the_same(
    tmp_path: Path, files: Callable[[Path], Path]
) -> None:
    import_all(files(tmp_path))
    count = Question.objects.count()
    assert imported_again(tmp_path).tally == unchanged(count)
    Question.objects.all().delete()
    import_questions(tmp_path / "exported.gift")
    assert imported_again(tmp_path).tally == unchanged(count)


@pytest.mark.django_db
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(Kind.values),
    name=LINES,
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    options=st.lists(
        st.tuples(LINES, LINES | st.just("")),
        min_size=2,
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
    unit=LINES.filter(lambda text: len(text) <= 20),
)
def test_no_text_is_changed_on_its_way_through_a_file(
    tmp_path: Path,
    kind: str,
    name: str,
    texts: tuple[str, str, str],
    options: list[tuple[str, str]],
    unit: str,
) -> None:
    Question.objects.all().delete()
    module = ModuleFactory()
    stem, explanation, model_answer = texts
    question = Question(module=module, kind=kind, name=name[:120].strip(), stem=stem)
    question.explanation, question.model_answer = explanation, model_answer
    question.number, question.tolerance, question.unit = Decimal("1.5"), Decimal("0.25"), unit
    question.options = [
        Option(text=text, feedback=feedback, is_right=place == 0, sort_order=place)
        for place, (text, feedback) in enumerate(options)
    ]
    question.live = False
    question.save()
    told = imported_again(tmp_path)
    assert told.tally == unchanged(1), (told, (tmp_path / "exported.gift").read_text())


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
    text = questions_gift(exported_questions())
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
    (parsed,) = parse(questions_gift([question]))
    assert isinstance(parsed, ParsedQuestion)
    assert parsed.id == "m1-1"
    assert parsed.tags == (f"fact:{fact.key}", "must-know", "look-up", "unit:Mbps")


@pytest.mark.django_db
def test_an_unfinished_question_is_a_comment_that_marks_no_other() -> None:
    module = ModuleFactory()
    QuestionFactory(module=module, name="Later", stem="[tag:must-know]", pairs=[], live=False)
    finished = QuestionFactory(module=module)
    text = questions_gift(exported_questions())
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
    path = write(tmp_path, "exported.gift", questions_gift(exported_questions()))
    assert "Which day, do you think?" in path.read_text(encoding="utf-8")
    assert import_questions(path).tally == unchanged(1)


@pytest.mark.django_db
def test_line_breaks_of_a_browser_are_no_change(tmp_path: Path) -> None:
    QuestionFactory(stem="One line.\r\nAnother line?")
    assert imported_again(tmp_path).tally == unchanged(1)


@pytest.mark.django_db
def test_a_changed_answer_is_a_change(tmp_path: Path) -> None:
    question = QuestionFactory()
    path = write(tmp_path, "exported.gift", questions_gift([question]))
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
    assert path.read_text(encoding="utf-8") == questions_gift([question])


@pytest.mark.django_db
def test_the_command_names_the_modules_that_there_are(tmp_path: Path) -> None:
    ModuleFactory(slug="fair-refund")
    with pytest.raises(CommandError, match=r"There is no module “fair”\. There are: fair-refund"):
        call_command("export_questions", str(tmp_path / "questions.gift"), module="fair")


@pytest.mark.django_db
def test_the_command_says_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The file can't be written"):
        call_command("export_questions", str(tmp_path))
