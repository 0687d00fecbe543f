"""Puts a draft into a question; its options and citations keep their rows where they can."""

from collections.abc import Sequence
from typing import Any

from quizzes.importers.questions.drafts import QuestionDraft
from quizzes.importers.questions.kinds import OptionDraft
from quizzes.importers.questions.situations import tidied
from quizzes.models import Citation, Option, Question
from quizzes.models.completeness import WITH_PAIRS

Kind = Question.Kind
TYPED = frozenset({Kind.TEXT, Kind.GAPS})
WITH_RIGHT_ONES = Question.CHOOSE_ONE | {Kind.MANY, Kind.GAPS}


def content_of(question: Question) -> tuple[object, ...]:
    """All that a file decides. Two equal ones need no new version.

    What the editor left in fields that a question of this kind doesn't use says nothing.
    """
    kind = question.kind
    return (
        question.name,
        kind,
        _lines(question.stem),
        _lines(question.explanation),
        question.is_must_know,
        question.is_look_up,
        (question.number, question.tolerance, question.unit) if kind == Kind.NUMBER else None,
        _lines(question.model_answer) if kind == Kind.SAY else None,
        _options(question) if kind in Question.WITH_OPTIONS else None,
        {citation.fact_key for citation in question.citations.all()},
        tidied(question.situation),
        (picture_mark(question), question.picture_alt) if question.picture_id else None,
        question.slips if kind in TYPED else None,
    )


def picture_mark(question: Question) -> str:
    """By this a file names the question's picture; the picture itself isn't in it."""
    return question.picture.get_file_hash() if question.picture else ""


def _options(question: Question) -> list[tuple[object, ...]]:
    has_right_ones = question.kind in WITH_RIGHT_ONES
    has_pairs = question.kind in WITH_PAIRS
    return [
        (
            option.text,
            has_right_ones and option.is_right,
            option.feedback,
            option.pair if has_pairs else "",
        )
        for option in question.options.all()
    ]


def _lines(text: str) -> str:
    # Browsers send line breaks of their own.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def filled(question: Question, draft: QuestionDraft, picture: Any = None) -> Question:
    """`picture` is the stored one that the draft names."""
    question.name, question.stem = draft.name, draft.stem
    question.is_must_know, question.is_look_up = draft.is_must_know, draft.is_look_up
    question.unit, question.slips = draft.marks.unit, draft.marks.slips_forgiven
    if tidied(question.situation) != draft.situation:
        question.situation = draft.situation
    if picture_mark(question) != draft.marks.picture:
        question.picture = picture
    question.picture_alt = draft.marks.picture_shows if question.picture_id else ""
    meaning = draft.meaning
    question.kind, question.explanation = meaning.kind, meaning.explanation
    question.number, question.tolerance = meaning.number, meaning.tolerance
    question.model_answer = meaning.model_answer
    question.options = fitted_options(list(question.options.all()), meaning.options)
    cited = {citation.fact_key: citation for citation in question.citations.all()}
    question.citations = [cited.get(key) or Citation(fact_key=key) for key in draft.marks.fact_keys]
    return question


def fitted_options(stored: Sequence[Option], drafts: Sequence[OptionDraft]) -> list[Option]:
    """Each draft takes the row of the same text, else the one that stood in its place.

    Answers that were given point at rows, so a reworded option must stay the same row.
    """
    rows = _rows_of_same_text(stored, drafts)
    taken = {id(row) for row in rows.values()}
    options = []
    for place, draft in enumerate(drafts):
        option = rows.get(place)
        if option is None:
            beside = stored[place] if place < len(stored) else None
            option = beside if beside is not None and id(beside) not in taken else Option()
        option.text, option.is_right, option.feedback = draft.text, draft.is_right, draft.feedback
        option.pair, option.sort_order = draft.pair, place
        options.append(option)
    return options


def _rows_of_same_text(
    stored: Sequence[Option], drafts: Sequence[OptionDraft]
) -> dict[int, Option]:
    """By the place of the draft. Two may say the same, and belong to different things."""
    rows: dict[int, Option] = {}
    left = list(stored)
    for has_same_pair in (True, False):
        for place, draft in enumerate(drafts):
            same = (
                row
                for row in left
                if row.text == draft.text and (row.pair == draft.pair or not has_same_pair)
            )
            if place not in rows and (row := next(same, None)) is not None:
                rows[place] = row
                left.remove(row)
    return rows
