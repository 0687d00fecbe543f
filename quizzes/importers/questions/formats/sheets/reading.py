"""Reads the rows of a table into drafts of questions."""

from collections.abc import Iterable, Sequence

from django.utils.translation import ngettext

from knowledge.importers.reporting import FaultList
from knowledge.importers.workbooks import Cell
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.drafts import Found, QuestionDraft, refuse_long, shortened
from quizzes.importers.questions.filling import TYPED
from quizzes.importers.questions.formats.sheets.answers import read_answers
from quizzes.importers.questions.formats.sheets.columns import PAIR, ROW_HINTS, Columns, header
from quizzes.importers.questions.formats.sheets.row import Row
from quizzes.importers.questions.kinds import Meaning
from quizzes.importers.questions.marks import (
    LOOK_UP,
    MUST_KNOW,
    Marks,
    refuse_many_facts,
    slips_of,
)
from quizzes.importers.questions.saying import gettext as _
from quizzes.importers.questions.situations import from_words
from quizzes.models import Question
from quizzes.models.completeness import WITH_PAIRS

TO_FINISH = "to finish"
MOST_TOLD = 20

Kind = Question.Kind


def read_rows(
    rows: Iterable[tuple[int, Sequence[Cell]]], columns: Columns, file: str
) -> list[Found]:
    return [_found(line, cells, columns, file) for line, cells in rows]


def check_columns(columns: Columns, line: int, faults: FaultList) -> None:
    if "stem" not in columns.places:
        faults.add(
            line,
            _("The column “question” is missing."),
            _("The first row must name the columns, like: %(columns)s.")
            % {"columns": ", ".join(header(2, has_pairs=False))},
        )
    if columns.doubled:
        faults.add(
            line,
            _("These columns are there twice: %(names)s.")
            % {"names": ", ".join(columns.doubled[:MOST_TOLD])},
            _("Keep one of each."),
        )


def told_columns(columns: Columns) -> list[str]:
    if not columns.unused:
        return []
    names = ", ".join(f"“{name[:60]}”" for name in columns.unused[:MOST_TOLD])
    told = ngettext(
        "This column isn't used: %(names)s.",
        "These columns aren't used: %(names)s.",
        len(columns.unused),
    )
    return [told % {"names": names}]


def _found(line: int, cells: Sequence[Cell], columns: Columns, file: str) -> Found:
    found = Found(line, "", FaultList(file))
    row = Row(line, cells, columns, found)
    stem = row.text("stem")
    found.name = shortened(row.single_line("name") or " ".join(stem[:1000].split()))
    if row.text("state").casefold() == TO_FINISH:
        found.skipped = _("It isn't finished. Fill in what it lacks, and empty its “state”.")
    elif not stem and not found.faults.faults:
        row.refuse("stem", _("The question is missing."), _("Write it, or delete the whole row."))
    elif stem:
        _understand(row, stem)
    return found


def _understand(row: Row, stem: str) -> None:
    try:
        refuse_long(row.all_texts())
        marks = _marks(row)
        refuse_many_facts(marks)
        meaning = read_answers(row)
    except UnreadableError as unreadable:
        row.found.refuse(row.line, unreadable.message, unreadable.remedy)
        return
    if meaning is not None:
        _note_unused(row, meaning)
        row.found.draft = QuestionDraft(
            line=row.line,
            id=row.text("id"),
            category=row.text("module"),
            category_line=row.line,
            name=row.found.name,
            stem=stem,
            meaning=meaning,
            marks=marks,
            situation=from_words(row.text("situation")),
            hints=ROW_HINTS,
        )


def _marks(row: Row) -> Marks:
    keys = row.text("facts").replace(";", " ").replace(",", " ").split()
    ticked = {MUST_KNOW: row.is_ticked("must_know"), LOOK_UP: row.is_ticked("look_up")}
    return Marks(
        fact_keys=tuple(dict.fromkeys(keys)),
        unit=row.single_line("unit"),
        flags=frozenset(flag for flag, is_on in ticked.items() if is_on),
        slips=_slips(row),
        picture=row.text("picture"),
        picture_shows=row.single_line("picture_alt"),
    )


def _slips(row: Row) -> int | None:
    words = row.text("slips")
    try:
        return slips_of(words) if words else None
    except UnreadableError as unreadable:
        row.refuse("slips", unreadable.message, unreadable.remedy)
        return None


def _note_unused(row: Row, meaning: Meaning) -> None:
    """What stands in cells that a question of this kind has no use for."""
    used = {"number", "tolerance", "unit"} if meaning.kind == Kind.NUMBER else set()
    used |= {"model_answer"} if meaning.kind == Kind.SAY else set()
    used |= {"slips"} if meaning.kind in TYPED else set()
    places = ("number", "tolerance", "unit", "model_answer", "slips")
    names = [ROW_HINTS.columns[place] for place in places if place not in used and row.text(place)]
    if meaning.kind not in WITH_PAIRS:
        numbers = row.columns.options
        names += [f"{PAIR} {number}" for number in numbers if row.part(number, PAIR)]
    if names:
        told = _("Not used for this kind of question: %(names)s.")
        row.found.notes.append(told % {"names": ", ".join(names[:MOST_TOLD])})
