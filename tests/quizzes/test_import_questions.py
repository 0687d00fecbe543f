import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from knowledge.importers.reporting import ImportRefused, ImportReport, Tally, describe
from quizzes.importers.questions import drafts, import_questions
from quizzes.models import Option, Question
from tests.factories import FactFactory, ModuleFactory
from tests.importing import EXAMPLES, replace, unchanged, write

CATEGORY = "$CATEGORY: price-promise\n"
FACT = "// [tag:fact:price-promise-length]\n"
WHY = " ####Because."

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, and a module whose brief has the facts that the examples cite."""
    module = ModuleFactory(slug="price-promise", title="Price promise")
    for name in ("length", "covers", "move"):
        FactFactory(brief=module.brief, key=f"price-promise-{name}")
    return tmp_path


@pytest.fixture
def examples(folder: Path) -> Path:
    """The examples, imported."""
    path = Path(shutil.copy(EXAMPLES / "questions.gift", folder))
    import_questions(path)
    return path


def bring(folder: Path, text: str) -> Question:
    import_questions(write(folder, "more.gift", CATEGORY + text))
    question: Question = Question.objects.latest("pk")
    return question


def refused(folder: Path, text: str) -> list[str]:
    count = Question.objects.count()
    with pytest.raises(ImportRefused) as refusal:
        import_questions(write(folder, "more.gift", text))
    assert Question.objects.count() == count
    return [describe(fault) for fault in refusal.value.faults]


def test_the_examples_hold_one_question_of_each_kind(examples: Path) -> None:
    assert set(Question.objects.values_list("kind", flat=True)) == set(Question.Kind.values)


def test_a_second_run_writes_no_version(examples: Path) -> None:
    before = dict(Question.objects.values_list("pk", "latest_revision"))
    assert import_questions(examples).tally == unchanged(11)
    assert dict(Question.objects.values_list("pk", "latest_revision")) == before


def test_a_dry_run_writes_nothing(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Question.objects.all().delete()
    call_command("import_questions", str(examples), "--dry-run")
    told = capsys.readouterr().out
    assert "“Still to finish” is a draft." in told
    assert (
        told.splitlines()[-1]
        == "11 questions: 11 new, 0 changed, 0 unchanged, 0 skipped, 0 refused."
    )
    assert not Question.objects.exists()


def test_all_that_a_question_says_is_kept(examples: Path) -> None:
    question = Question.objects.get(reference="pp-1")
    assert question.name == "How long"
    assert question.is_must_know
    assert question.live
    assert question.live_revision is not None
    assert question.explanation.startswith("The price holds for twenty-four months. Why: it")
    assert [citation.fact_key for citation in question.citations.all()] == ["price-promise-length"]
    assert [(option.text, option.is_right) for option in question.options.all()] == [
        ("Twelve months", False),
        ("Twenty-four months", True),
        ("For as long as you stay", False),
    ]


def test_a_number_has_its_unit(examples: Path) -> None:
    question = Question.objects.get(kind=Question.Kind.NUMBER)
    assert (question.number, question.tolerance, question.unit) == (24, 0, "months")


def test_steps_stand_in_the_order_of_their_numbers(folder: Path) -> None:
    question = bring(
        folder, "// [tag:order] [tag:fact:price-promise-move]\nIn order?{=b->2 =a->1 ####Why}"
    )
    assert [option.text for option in question.options.all()] == ["a", "b"]


def test_what_stands_before_why_is_the_model_answer(examples: Path) -> None:
    question = Question.objects.get(kind=Question.Kind.SAY)
    assert question.model_answer == "“The price on your first bill is your price for two years.”"
    assert question.explanation == "Why: it is one sentence, and it is true for everyone."


def test_positive_weights_are_right(examples: Path) -> None:
    question = Question.objects.get(kind=Question.Kind.MANY)
    assert [option.is_right for option in question.options.all()] == [True, True, False]


def test_true_or_false_is_a_choice_of_two(folder: Path) -> None:
    question = bring(folder, f"{FACT}Is it so?{{F{WHY}}}")
    assert question.kind == Question.Kind.ONE
    assert [(option.text, option.is_right) for option in question.options.all()] == [
        ("True", False),
        ("False", True),
    ]


def test_html_becomes_plain_words(folder: Path) -> None:
    question = bring(
        folder,
        f"{FACT}[html]<p>Is 1 &lt; 2<script>x</script>?</p><p>Say so.</p>{{=<b>Yes</b> ~No{WHY}}}",
    )
    assert question.stem == "Is 1 < 2?\nSay so."
    assert [option.text for option in question.options.all()] == ["Yes", "No"]


def test_the_last_part_of_a_moodle_category_names_the_module(folder: Path) -> None:
    text = f"$CATEGORY: $course$/top/Price promise\n\n{FACT}Is it so?{{F{WHY}}}"
    path = write(folder, "more.gift", text)
    assert import_questions(path).tally == Tally(new=1)


@pytest.mark.parametrize("text", ["Is it so?{F####Why}", FACT + "Is it so?{F}"])
def test_a_question_without_fact_or_explanation_is_a_draft(folder: Path, text: str) -> None:
    question = bring(folder, text)
    assert not question.live
    assert question.latest_revision is not None
    assert question.live_revision is None


def test_a_draft_that_changes_stays_one_and_settles(examples: Path) -> None:
    replace(examples, "It has none yet", "It has none so far")
    assert import_questions(examples).tally == Tally(changed=1, unchanged=10)
    assert import_questions(examples).tally == unchanged(11)
    assert not Question.objects.get(reference="pp-9").live


def test_a_draft_that_is_finished_is_published(examples: Path) -> None:
    replace(examples, "// [id:pp-9]", "// [id:pp-9] [tag:fact:price-promise-move]")
    replace(examples, "a draft.{TRUE}", "a draft.{TRUE####Now it has one.}")
    import_questions(examples)
    assert Question.objects.get(reference="pp-9").live
    assert import_questions(examples).tally == unchanged(11)


def test_a_question_that_an_editor_unpublished_stays_so(examples: Path) -> None:
    question = Question.objects.get(reference="pp-1")
    question.unpublish()
    replace(examples, "=Twenty-four months", "=Two whole years")
    report = import_questions(examples)
    assert note_of(report, "pp-1").startswith("It stays unpublished.")
    changed = Question.objects.get(reference="pp-1")
    assert not changed.live
    assert changed.latest_revision_id != question.latest_revision_id
    draft = changed.get_latest_revision_as_object()
    assert draft.options.all()[1].text == "Two whole years"
    assert import_questions(examples).tally == unchanged(11)


@pytest.mark.parametrize(("reference", "old"), [("pp-1", "Twenty-four"), ("pp-9", "It has none")])
def test_who_edits_is_told_that_a_draft_becomes_an_older_version(
    examples: Path, reference: str, old: str
) -> None:
    Question.objects.get(reference=reference).save_revision()
    replace(examples, old, f"{old} (new)")
    note = note_of(import_questions(examples, dry_run=True), reference)
    assert "Unpublished changes become an older version." in note


def note_of(report: ImportReport, reference: str) -> str:
    (note,) = (entry.note for entry in report.entries if entry.name.endswith(f"({reference})"))
    return note


def test_a_live_question_cannot_lose_its_fact(examples: Path) -> None:
    replace(examples, "[id:pp-1] [tag:fact:price-promise-length]", "[id:pp-1]")
    assert refused(examples.parent, examples.read_text()) == [
        (
            "more.gift, line 4: Colleagues are asked this question already. "
            "Choose at least one fact that this question tests."
        )
    ]


def test_a_changed_fact_is_cited_instead(examples: Path) -> None:
    old, new = (
        "[id:pp-1] [tag:fact:price-promise-length]",
        "[id:pp-1] [tag:fact:price-promise-move]",
    )
    replace(examples, old, new)
    assert import_questions(examples).tally == Tally(changed=1, unchanged=10)
    question = Question.objects.get(reference="pp-1")
    assert [citation.fact_key for citation in question.citations.all()] == ["price-promise-move"]
    assert import_questions(examples).tally == unchanged(11)


def test_a_reworded_option_keeps_its_row(examples: Path) -> None:
    before = {option.sort_order: option.pk for option in options_of("pp-1")}
    replace(examples, "=Twenty-four months", "=Two whole years")
    assert import_questions(examples).tally == Tally(changed=1, unchanged=10)
    assert {option.sort_order: option.pk for option in options_of("pp-1")} == before
    assert options_of("pp-1")[1].text == "Two whole years"


def test_options_keep_their_rows_when_one_is_put_before_them(examples: Path) -> None:
    before = {option.text: option.pk for option in options_of("pp-1")}
    replace(examples, "    ~Twelve months", "    ~Six months\n    ~Twelve months")
    import_questions(examples)
    after = {option.text: option.pk for option in options_of("pp-1")}
    assert options_of("pp-1")[0].text == "Six months"
    assert after == before | {"Six months": after["Six months"]}


def options_of(reference: str) -> list[Option]:
    return list(Option.objects.filter(question__reference=reference).order_by("sort_order"))


def test_an_id_of_another_module_is_not_taken_over(examples: Path) -> None:
    ModuleFactory(slug="other")
    faults = refused(examples.parent, f"$CATEGORY: other\n// [id:pp-1]\n{FACT}Is it so?{{F{WHY}}}")
    assert "“pp-1” is a question of the module “Price promise”." in faults[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What?{=a ~b}", "line 1: Nothing says which module this belongs to. Write a line like"),
        ("$CATEGORY: x\n\nWhat?{=a ~b}", "line 1: There is no module “x”. Write a line like"),
        (CATEGORY + "// [tag:fact:price-promise-lenght]\nA?{=a ~b}", "line 3: There is no fact"),
        (
            CATEGORY + "// [tag:fact:price-promise-lenght]\nA?{=a ~b}",
            "Did you mean “price-promise-length”?",
        ),
        (CATEGORY + "A?{~a ~b}", "line 2: An answer is missing. Mark exactly one option as right."),
        (CATEGORY + "A?{=a =b ~c}", "More than one answer is marked with =. Where several"),
        (CATEGORY + "A?{=a ~%50%b ~c}", "An answer is right or not, never partly. Write = before"),
        (CATEGORY + "A?{=a =%50%b}", "never partly. Keep each wording that you accept as =wording"),
        (CATEGORY + "A?{=a ~a}", "Two answers are the same. Take one of them out."),
        (CATEGORY + "A?{=a* =b}", "An asterisk doesn't stand for any letters here."),
        (CATEGORY + "A?{=a -> x}", "line 2: Matching needs at least two pairs, and nothing but"),
        (CATEGORY + "A?{=a -> x =b =c -> y}", "Matching needs at least two pairs, and nothing but"),
        (CATEGORY + "A?{=a ~}", "One of the answers is empty. Write it, or take out the = or ~"),
        (CATEGORY + "// [tag:order]\nA?{=a->1 =b->" + "9" * 5000 + "}", "aren't numbered from 1"),
        (CATEGORY + "// [tag:say]\nA?{=a =b}", "There is more than one model answer. Write one,"),
        (
            CATEGORY + "// " + "".join(f"[tag:fact:f{n}]" for n in range(21)) + "\nA?{T}",
            "This question names more than 20 facts. Ask for one thing,",
        ),
        (CATEGORY + "x" * 20_001 + "{T}", "This question is longer than 20,000 letters. Ask for"),
        (CATEGORY + "[html]<p> </p>{T}", "line 2: The question is missing. Write it before the"),
        (CATEGORY + "// [tag:order]\nA?{=a->1 =b->3}", "aren't numbered from 1 without a gap."),
        (CATEGORY + "// [tag:order]\nA?{=a ~b}", "The tag “order” doesn't fit this question."),
        (CATEGORY + "// [tag:reason]\nA?{T}", "The tag “reason” doesn't fit this question."),
        (CATEGORY + "// [tag:unit:m]\nA?{T}", "The tag “unit” doesn't fit this question."),
        (
            CATEGORY + "A?{}",
            "Write a good answer to compare with. It stands in the braces, after ####.",
        ),
        (
            CATEGORY + "A?{#50:0.00001}",
            "line 2: “A?” can't stay as it is. Ensure that there are no",
        ),
        (CATEGORY + "A?{=" + "x" * 301 + " ~b}", "xxx” can't stay as it is. Ensure this value has"),
        (
            CATEGORY + "// [id:a]\nA?{T}\n\n// [id:a]\nB?{T}",
            "line 6: “a” names the question in line 3",
        ),
        (CATEGORY + "A?{yes}", "line 2: The answers begin with neither = nor ~. Put = before"),
        ("Only a text.", "There is no question in this file."),
        ("", "The file is empty."),
    ],
)
def test_a_fault_names_its_line_and_writes_nothing(folder: Path, text: str, told: str) -> None:
    assert any(told in fault for fault in refused(folder, text))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("yes", "«The answers begin with neither = nor ~.» «Put = before what is right and ~"),
        ("#fifty", "«“fifty” is not a number.» «Write it like 50,"),
        ("=a" * 101, "«There are more than 100 answers.» «Write \\= and \\~ where these"),
    ],
)
def test_what_the_parser_finds_is_told_in_the_language_of_the_portal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answers: str, told: str
) -> None:
    monkeypatch.setattr(drafts, "_", lambda sentence: f"«{sentence}»")
    assert told in refused(folder, f"{CATEGORY}A?{{{answers}}}")[0]


def test_a_text_that_asks_nothing_is_skipped(folder: Path) -> None:
    path = write(folder, "more.gift", f"{CATEGORY}Take a pencil.\n\n{FACT}A?{{T{WHY}}}")
    assert import_questions(path).tally == Tally(new=1, skipped=1)


def test_a_tolerance_of_a_range_reaches_both_ends(folder: Path) -> None:
    question = bring(folder, f"{FACT}How many?{{#3..8{WHY}}}")
    assert (question.number, question.tolerance) == (Decimal("5.5"), Decimal("2.5"))


def test_no_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="The file can't be read"):
        import_questions(tmp_path / "missing.gift")
