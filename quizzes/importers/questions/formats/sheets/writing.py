"""Writes questions as rows, which `reading` takes back unchanged.

A question that lacks its answers says so in the column “state”, and no import reads it.
"""

from collections.abc import Iterable

from knowledge.importers.cells import neutralised
from knowledge.importers.files import UNPRINTABLE
from quizzes.importers.questions.filling import TYPED, picture_mark
from quizzes.importers.questions.formats.sheets.answers import KIND_WORDS, WITH_RIGHT_ONES
from quizzes.importers.questions.formats.sheets.columns import FEEDBACK, OPTION, PAIR, header
from quizzes.importers.questions.formats.sheets.reading import TO_FINISH
from quizzes.importers.questions.situations import in_words
from quizzes.models import Option, Question
from quizzes.models.completeness import WITH_OPTIONS, WITH_PAIRS

FEWEST_OPTIONS = 4
YES = "yes"
Kind = Question.Kind

type Cells = dict[str, str]


def table(questions: Iterable[Question]) -> list[list[str]]:
    """The names of the columns, then one row for each question."""
    rows = [_cells(question) for question in questions]
    count = max((int(row.pop("count")) for row in rows), default=0)
    has_pairs = any(name.startswith(PAIR) for row in rows for name in row)
    names = [*header(max(count, FEWEST_OPTIONS), has_pairs=has_pairs)]
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _cells(question: Question) -> Cells:
    options = list(question.options.all()) if question.kind in WITH_OPTIONS else []
    cells = {
        "id": question.reference,
        "module": question.module.slug,
        "name": question.name,
        "kind": KIND_WORDS[Kind(question.kind)],
        "situation": in_words(question.situation) if question.situation else "",
        "picture": picture_mark(question),
        "picture shows": question.picture_alt if question.picture_id else "",
        "question": question.stem,
        "right": _right(question, options),
        **_of_options(options, has_pairs=question.kind in WITH_PAIRS),
        "explanation": question.explanation,
        "facts": " ".join(citation.fact_key for citation in question.citations.all()),
        "must know": YES if question.is_must_know else "",
        "look it up": YES if question.is_look_up else "",
        "state": TO_FINISH if any(question.answer_gaps(options)) else "",
        **_of_kind(question),
    }
    written = {name: _written(text) for name, text in cells.items() if text}
    return {**written, **_figures(question), "count": str(len(options))}


def _right(question: Question, options: list[Option]) -> str:
    if question.kind not in WITH_RIGHT_ONES:
        return ""
    return " ".join(
        str(number) for number, option in enumerate(options, start=1) if option.is_right
    )


def _of_options(options: list[Option], *, has_pairs: bool) -> Cells:
    return {
        f"{part} {number}": text
        for number, option in enumerate(options, start=1)
        for part, text in (
            (OPTION, option.text),
            (PAIR, option.pair if has_pairs else ""),
            (FEEDBACK, option.feedback),
        )
    }


def _of_kind(question: Question) -> Cells:
    return {
        "unit": question.unit if question.kind == Kind.NUMBER else "",
        "slips": str(question.slips) if question.kind in TYPED else "",
        "model answer": question.model_answer if question.kind == Kind.SAY else "",
    }


def _figures(question: Question) -> Cells:
    """No letters are in them, so that a minus needn't be kept from being a formula."""
    if question.kind != Kind.NUMBER or question.number is None:
        return {}
    figures = {"number": question.number, "tolerance": question.tolerance}
    return {name: f"{figure.normalize():f}" for name, figure in figures.items()}


def _written(text: str) -> str:
    return neutralised(UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
