"""Puts a draft into a question; its options and citations keep their rows where they can."""

from collections.abc import Sequence

from quizzes.importers.questions.drafts import QuestionDraft
from quizzes.importers.questions.meaning import OptionDraft
from quizzes.models import Citation, Option, Question

Kind = Question.Kind


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
    )


def _options(question: Question) -> list[tuple[object, ...]]:
    has_right_ones = question.kind in Question.CHOOSE_ONE | {Kind.MANY}
    return [
        (option.text, has_right_ones and option.is_right, option.feedback)
        for option in question.options.all()
    ]


def _lines(text: str) -> str:
    # Browsers send line breaks of their own.
    return text.replace("\r\n", "\n")


def filled(question: Question, draft: QuestionDraft) -> Question:
    question.name, question.stem = draft.name, draft.stem
    question.is_must_know, question.is_look_up = draft.is_must_know, draft.is_look_up
    question.unit = draft.marks.unit
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
    by_text = {option.text: option for option in stored}
    kept = {draft.text for draft in drafts}
    free = {place: row for place, row in enumerate(stored) if row.text not in kept}
    options = []
    for place, draft in enumerate(drafts):
        option = by_text.get(draft.text) or free.get(place) or Option()
        option.text, option.is_right, option.feedback = draft.text, draft.is_right, draft.feedback
        option.sort_order = place
        options.append(option)
    return options
