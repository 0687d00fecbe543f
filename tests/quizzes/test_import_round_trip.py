"""What goes out in any format, and comes in again, is equal: of every kind, with any signs."""

import html
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file

from knowledge.importers.files import UNPRINTABLE
from knowledge.models import Fact, ModulePage, PortalImage
from quizzes.exports import exported_questions, questions_file
from quizzes.importers.questions import import_questions
from quizzes.importers.questions.filling import content_of
from quizzes.importers.questions.formats import Format, writable
from quizzes.models import Citation, Option, Question
from tests.factories import FactFactory, ModuleFactory
from tests.importing import demo_files, example_files, import_all, unchanged

Kind = Question.Kind

pytestmark = pytest.mark.django_db

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
            "=1+1",
            "+",
            "'=",
            "_x0041_",
            ";",
            '"',
            "</div>",
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


type Drawn = dict[str, Any]

DRAWN = st.fixed_dictionaries(
    {
        "name": LINES,
        "stem": TEXTS,
        "explanation": TEXTS | st.just(""),
        "model_answer": TEXTS,
        "situation": st.just("") | TEXTS,
        "is_rich": st.booleans(),
        "shows": LINES | st.just(""),
        "has_picture": st.booleans(),
        "slips": st.integers(0, 3),
        "unit": LINES.map(lambda text: text[:20].strip()),
        "number": st.decimals(-9_999, 9_999, places=4),
        "gap_count": st.integers(1, 2),
        "options": st.lists(
            st.tuples(LINES, LINES | st.just(""), LINES, st.booleans()),
            min_size=2,
            max_size=4,
            unique_by=(lambda option: option[0], lambda option: option[2]),
        ),
    }
)


def options_of(kind: str, drawn: Drawn) -> list[Option]:
    made = []
    for place, (text, feedback, pair, flag) in enumerate(drawn["options"]):
        option = Option(text=text, feedback=feedback, sort_order=place)
        option.is_right = place == 0 or (flag and kind in {Kind.MANY, Kind.GAPS})
        if kind == Kind.MATCH:
            # From the third on, some only add one more thing to choose from.
            option.text, option.pair = "" if flag and place > 1 else text, pair
        if kind == Kind.GAPS:
            option.pair = str(place % drawn["gap_count"] + 1)
            option.is_right |= place < drawn["gap_count"]
        made.append(option)
    return made


def question_of(kind: str, module: ModulePage, picture: PortalImage, drawn: Drawn) -> Question:
    said = ("explanation", "model_answer", "slips", "unit", "number")
    question = Question(kind=kind, module=module, **{name: drawn[name] for name in said})
    question.name = drawn["name"][:120].strip()
    question.stem = drawn["stem"]
    if kind == Kind.GAPS:
        gaps = " [1] and [2]" if drawn["gap_count"] == 2 else " [1]"
        question.stem = drawn["stem"].replace("[", "(") + gaps
    question.tolerance = Decimal("0.25")
    if words := drawn["situation"]:
        told = html.escape(words)
        question.situation = f"<p>{told}</p><ul><li><b>{told}</b></li></ul>"
        question.situation = question.situation if drawn["is_rich"] else f"<p>{told}</p>"
    if drawn["has_picture"]:
        question.picture, question.picture_alt = picture, drawn["shows"]
    question.options = options_of(kind, drawn)
    question.citations = [Citation(fact_key="a-fact")]
    question.live = bool(drawn["explanation"] and drawn["shows"])
    return question


@pytest.fixture
def picture() -> PortalImage:
    made: PortalImage = PortalImage.objects.create(title="bill", file=get_test_image_file())
    return made


def contents() -> dict[str, tuple[object, ...]]:
    return {question.reference: content_of(question) for question in Question.objects.all()}


def written(folder: Path, format_: Format) -> Path:
    path = folder / f"questions{format_.suffix}"
    path.write_bytes(questions_file(exported_questions(), format_))
    return path


@pytest.mark.once
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(drawn=DRAWN, format_=st.sampled_from(writable()))
def test_no_sign_is_changed_on_its_way_through_a_file(
    tmp_path: Path, picture: PortalImage, drawn: Drawn, format_: Format
) -> None:
    Question.objects.all().delete()
    module = ModulePage.objects.first() or ModuleFactory()
    if not Fact.objects.exists():
        FactFactory(brief=module.brief, key="a-fact")
    for kind in Kind.values:
        question_of(kind, module, picture, drawn).save()
    before = contents()

    for each in writable():
        path = written(tmp_path, each)
        told = import_questions(path, dry_run=True)
        assert told.tally == unchanged(len(Kind.values)), (told, path.read_bytes()[:3000])

    Question.objects.all().delete()
    import_questions(tmp_path / f"questions{format_.suffix}")
    assert contents() == before


@pytest.mark.once
@pytest.mark.parametrize("files", [demo_files, example_files])
def test_what_is_exported_and_imported_again_is_the_same(
    tmp_path: Path, files: Callable[[Path], Path]
) -> None:
    import_all(files(tmp_path))
    before = contents()
    paths = [written(tmp_path, format_) for format_ in writable()]
    for path in paths:
        assert import_questions(path, dry_run=True).tally == unchanged(len(before))
    Question.objects.all().delete()
    import_questions(paths[-1])
    assert contents() == before
