"""Files that somebody wrote for another system: all of it is told, and nothing is lost."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.management import call_command

from knowledge.importers.reporting import (
    Entry,
    ImportRefused,
    ImportReport,
    Outcome,
    Tally,
    describe,
)
from quizzes.importers.questions import import_questions
from quizzes.models import Question
from tests.factories import FactFactory, ModuleFactory
from tests.importing import unchanged, write

pytestmark = pytest.mark.django_db

MIXED = """
// question: 0  name: Switch category to $course$/top/Default for Biology
$CATEGORY: $course$/top/Default for Biology

Take a pencil.

::Cells::[html]<p>What is in a <b>cell</b>?</p>{=A nucleus ~A stone#<p>No.</p>}

Which?{=half =%50%right}

::Pairs::Which belongs together?{=cat -> mouse =dog -> bone}

::Shown::[html]<p><img src\\="@@PLUGINFILE@@/x.png"></p>What is it?{T}

Two and two?{#4}
"""
LISTED = [
    ("Take a pencil.", Outcome.SKIPPED, "", 5),
    ("Cells", Outcome.NEW, "a choice", 7),
    ("Which?", Outcome.REFUSED, "", 9),
    ("Pairs", Outcome.NEW, "pairs", 11),
    ("Shown", Outcome.REFUSED, "", 13),
    ("Two and two?", Outcome.NEW, "a number", 15),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ModuleFactory(slug="cells", title="All about cells")
    return tmp_path


def bring(folder: Path, text: str, module: str = "cells") -> ImportReport:
    return import_questions(write(folder, "theirs.txt", text), module=module)


def refusal_of(folder: Path, text: str, module: str = "cells") -> ImportRefused:
    with pytest.raises(ImportRefused) as refusal:
        bring(folder, text, module)
    assert not Question.objects.exists()
    return refusal.value


def told(entries: Iterable[Entry]) -> list[tuple[str, Outcome, str, int | None]]:
    return [
        (entry.name.partition(" (")[0], entry.outcome, entry.kind, entry.line) for entry in entries
    ]


def test_every_question_of_a_refused_file_is_listed_and_counted(folder: Path) -> None:
    refusal = refusal_of(folder, MIXED)
    assert told(refusal.entries) == LISTED
    assert refusal.counted == "5 questions and 1 text"
    assert refusal.tally == Tally(new=3, skipped=1, refused=2)


def test_reasons_are_said(folder: Path) -> None:
    notes = [entry.note for entry in refusal_of(folder, MIXED).entries]
    assert notes[0] == "A text without a question."
    assert notes[1].startswith("It comes in as a draft.")
    assert "Formatting was taken out" in notes[1]
    assert notes[2].startswith("An answer is right or not, never partly.")
    assert notes[3].startswith("It comes in as a draft.")
    assert notes[4].startswith("A picture, a sound or a film belongs to this question;")


def test_what_cannot_be_taken_is_left_out_on_demand(folder: Path) -> None:
    path = write(folder, "theirs.txt", MIXED)
    report = import_questions(path, module="cells", skip_unsupported=True)
    assert report.tally == Tally(new=3, skipped=3)
    assert set(Question.objects.values_list("name", flat=True)) == {
        "Cells",
        "Pairs",
        "Two and two?",
    }
    assert any(
        note.startswith("“Which?” (line 9) is left out. An answer is right or not")
        for note in report.notes
    )


def test_questions_without_facts_are_drafts(folder: Path) -> None:
    bring(folder, "One?{T}")
    assert not Question.objects.get().live


def test_a_strange_category_is_named_once_and_said_of_every_question(folder: Path) -> None:
    refusal = refusal_of(folder, "$CATEGORY: a/Cell\n\nOne?{T}\n\nTwo?{}\n", module="")
    lines = [describe(fault) for fault in refusal.faults]
    assert lines[0].startswith(
        "theirs.txt, line 1: There is no module “Cell”. Did you mean “cells”? Write a line like"
    )
    assert "An answer is missing." in lines[1]
    assert len(lines) == 2
    assert refusal.tally == Tally(refused=2)


def test_a_slash_within_a_name_is_doubled(folder: Path) -> None:
    ModuleFactory(slug="salesmarketing")
    bring(folder, "$CATEGORY: $course$/top/Sales//Marketing\n\nOne?{T}", module="")
    assert Question.objects.get().module.slug == "salesmarketing"


def test_one_module_takes_whatever_the_file_says(folder: Path) -> None:
    bring(folder, "One?{T}\n\n$CATEGORY: other\n\nTwo?{T}")
    assert {question.module.slug for question in Question.objects.all()} == {"cells"}


def test_an_unknown_module_is_a_fault_with_the_likely_ones(folder: Path) -> None:
    refusal = refusal_of(folder, "One?{T}", module="cell")
    (fault,) = [fault for fault in refusal.faults if fault.line is None]
    assert describe(fault) == "theirs.txt: There is no module “cell”. Did you mean “cells”?"
    assert len(refusal.entries) == 1


@pytest.mark.parametrize(
    "text",
    [
        MIXED.replace("=half", "=whole")
        .replace("=%50%", "=")
        .replace("<img", "<b")
        .replace("@@", ""),
        "Same?{T}\n\nSame?{F}\n\nSame?{T#No.}",
        "Что это?{=да ~нет}\n\nЧто то?{=да ~нет}",
        "Which?\nA) a\nB) b\nANSWER: A\n\nWhich?\nA) c\nB) d\nANSWER: A",
    ],
)
def test_importing_again_changes_nothing(folder: Path, text: str) -> None:
    first = bring(folder, text)
    assert first.tally.new > 1
    again = bring(folder, text).tally
    assert again == Tally(unchanged=first.tally.new, skipped=first.tally.skipped)


def test_questions_of_one_name_stay_apart(folder: Path) -> None:
    bring(folder, "::Question 1::One?{T}\n\n::Question 1::Two?{T}")
    assert set(Question.objects.values_list("stem", flat=True)) == {"One?", "Two?"}


def test_two_files_may_both_have_a_question_1(folder: Path) -> None:
    ModuleFactory(slug="other")
    bring(folder, "::Question 1::One?{T}")
    bring(folder, "::Question 1::Two?{T}", module="other")
    assert Question.objects.count() == 2


def test_a_question_that_stands_there_twice_comes_in_once(folder: Path) -> None:
    report = bring(folder, "One?{T}\n\nTwo?{T}\n\nOne?{T}")
    assert report.tally == Tally(new=2, skipped=1)
    assert report.entries[2].note == "It says the same as the question in line 1."


def test_the_same_under_another_id_is_named(folder: Path) -> None:
    report = bring(folder, "// [id:1]\nOne?{T}\n\n// [id:2]\nOne?{T}")
    assert report.tally == Tally(new=2)
    assert "It says the same as the question in line 2." in report.entries[1].note


def test_a_name_does_not_take_an_id_that_comes_later(folder: Path) -> None:
    assert bring(folder, "One?{T}\n\n// [id:cells-one]\nTwo?{T}").tally == Tally(new=2)


def test_html_is_taken_out_of_every_part(folder: Path) -> None:
    bring(
        folder,
        "[html]<p>a <b>b</b></p>{=<i>c</i>#<p>d</p> ~[plain]<i>e</i> ####<p>f</p>\\n<p>g</p>}",
    )
    question = Question.objects.get()
    first, second = question.options.all()
    assert (question.stem, question.explanation) == ("a b", "f\ng")
    assert (first.text, first.feedback, second.text) == ("c", "d", "<i>e</i>")


def test_words_for_single_wordings_are_said_to_be_left_out(folder: Path) -> None:
    report = bring(folder, "Which?{=Thursday#Yes. =%0%*#No. ####Because.}")
    assert "What it says to single answers was left out." in report.entries[0].note


def test_an_escaped_asterisk_is_one(folder: Path) -> None:
    bring(folder, r"Which sign?{=\* =times}")
    assert [option.text for option in Question.objects.get().options.all()] == ["*", "times"]


def test_a_model_answer_may_stand_apart_from_its_reason(folder: Path) -> None:
    bring(folder, "// [tag:say]\nSay it.{=It is ours. ####Nobody else has it.}")
    question = Question.objects.get()
    assert question.kind == Question.Kind.SAY
    assert (question.model_answer, question.explanation) == ("It is ours.", "Nobody else has it.")


def test_an_old_code_page_is_read_and_told(folder: Path) -> None:
    path = folder / "theirs.txt"
    path.write_bytes("Où est-il né, à l’été où l’élève a déjà étudié ?{T}".encode("cp1252"))
    report = import_questions(path, module="cells")
    assert Question.objects.get().stem.startswith("Où est-il né")
    assert report.notes[0].startswith("Read as GIFT in Windows-1252. Where letters look wrong,")


def test_a_declared_code_page_is_taken(folder: Path) -> None:
    path = folder / "theirs.txt"
    path.write_bytes("Größe?{T}".encode("cp850"))
    report = import_questions(path, module="cells", encoding="cp850")
    assert report.notes[0] == "Read as GIFT in DOS code page 850."
    assert Question.objects.get().stem == "Größe?"


def test_aiken_needs_a_module_and_nothing_else(folder: Path) -> None:
    text = "Which?\nA) a\nB) b\nANSWER: B\n\nWhich else?\nA) a\n\nB) b\nANSWER: B"
    assert "Nothing says which module" in str(refusal_of(folder, text, module=""))
    report = bring(folder, text)
    assert report.notes[0] == "Read as Aiken in UTF-8."
    assert [entry.kind for entry in report.entries] == ["a choice", "a choice"]


def test_a_file_of_texts_alone_lists_them(folder: Path) -> None:
    refusal = refusal_of(folder, "One text.\n\nAnother text.")
    assert refusal.counted == "0 questions and 2 texts"
    assert [entry.name for entry in refusal.entries] == ["One text.", "Another text."]
    assert "There is no question in this file." in str(refusal)


def test_the_command_takes_module_and_skips(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder, "theirs.txt", MIXED)
    call_command("import_questions", str(path), module="cells", skip_unsupported=True)
    told_last = capsys.readouterr().out.splitlines()[-1]
    assert told_last == (
        "5 questions and 1 text: 3 new, 0 changed, 0 unchanged, 3 skipped, 0 refused."
    )


def test_marks_of_ours_are_read_beside_marks_of_others(folder: Path) -> None:
    FactFactory(key="cell-wall")
    text = "// [id:393] [tag:fact:cell-wall] [tag:biology]\nOne?{T####Yes.}"
    report = bring(folder, text)
    assert Question.objects.get().live
    assert report.entries[0].note == "Tags left out: biology"
    assert bring(folder, text).tally == unchanged(1)


def test_an_answer_that_is_a_picture_is_not_called_empty(folder: Path) -> None:
    refusal = refusal_of(folder, 'Which?{=<img src\\="a.png"> ~none}')
    assert "A picture, a sound or a film" in refusal.faults[0].message


def test_marks_of_byte_order_are_no_part_of_the_first_question(folder: Path) -> None:
    bring(folder, "\ufeff\ufeff::Cells::Which?{=a ~b}")
    assert Question.objects.get().name == "Cells"


def test_xml_is_answered_with_the_format_to_choose(folder: Path) -> None:
    refusal = refusal_of(folder, '<?xml version="1.0"?>\n<quiz><question></question></quiz>')
    assert "choose GIFT" in refusal.faults[0].remedy


def test_a_document_is_called_one(folder: Path) -> None:
    refusal = refusal_of(folder, "PK\x03\x04 [Content_Types].xml")
    assert "a document of an office program" in refusal.faults[0].message
