"""What the braces of a question mean here: which kind it is, and what is right."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal

from quizzes.importers.gift import GiftAnswers, GiftOption, Shape
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.gaps import in_gaps, read_gaps
from quizzes.importers.questions.kinds import Meaning, OptionDraft, called
from quizzes.importers.questions.marks import GAPS, ORDER, REASON, SAY, SCENARIO, Marks
from quizzes.importers.questions.pairs import read_order, read_pairs, words_of
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question

_FULL = Decimal(100)
_WHY = re.compile(r"\b(?=Why\b[^:.?!]{0,30}:)")
_ANY_LETTERS = re.compile(r"(?<!\\)\*")
_LONGEST_FEEDBACK = 300


def read_meaning(answers: GiftAnswers, marks: Marks, stem: str) -> Meaning:
    """Raises `UnreadableError` where it can't be asked so."""
    if GAPS in marks.flags and answers.shape is Shape.MATCHING:
        return read_gaps(answers)
    readers: dict[Shape, Callable[[GiftAnswers, Marks], Meaning]] = {
        Shape.CHOICE: _choice,
        Shape.TRUE_FALSE: _true_false,
        Shape.NUMBER: _number,
        Shape.TEXT: _text,
        Shape.MATCHING: read_order if ORDER in marks.flags else read_pairs,
        Shape.ESSAY: _say,
    }
    meaning = readers[answers.shape](answers, marks)
    return in_gaps(meaning, stem) if GAPS in marks.flags else meaning


def _choice(answers: GiftAnswers, marks: Marks) -> Meaning:
    marked = [option for option in answers.options if option.is_marked_right]
    if len(marked) > 1:
        raise UnreadableError(
            _("More than one answer is marked with =."),
            _("Where several are right together, begin each with ~%50% and the like."),
        )
    if marked:
        _refuse_half_right(
            answers,
            _("Write = before what is right and ~ before what is not, without a percentage."),
        )
    is_many = not marked and any(option.weight > 0 for option in answers.options)
    options = tuple(
        OptionDraft(words_of(option), option.weight > 0, plain_line(option.feedback))
        for option in answers.options
    )
    kind = _choice_kind(marks, is_many=is_many)
    return Meaning(kind, called(kind), plain(answers.feedback), options)


def _choice_kind(marks: Marks, *, is_many: bool) -> str:
    special = marks.flags & {SCENARIO, REASON}
    if len(special) > 1 or (special and is_many):
        raise UnreadableError(
            _("A scenario, or true or false with a reason, has one right answer."),
            _("Mark it with =, all others with ~, and keep one of the two tags."),
        )
    if SCENARIO in special:
        return Question.Kind.SCENARIO
    if REASON in special:
        return Question.Kind.REASON
    return Question.Kind.MANY if is_many else Question.Kind.ONE


def _refuse_half_right(answers: GiftAnswers, remedy: str) -> None:
    if any(0 < option.weight < _FULL for option in answers.options):
        raise UnreadableError(_("An answer is right or not, never partly."), remedy)


def _true_false(answers: GiftAnswers, marks: Marks) -> Meaning:
    names = {"True": _("True"), "False": _("False")}
    options = tuple(
        OptionDraft(names[option.text.text], option.is_marked_right, plain_line(option.feedback))
        for option in answers.options
    )
    kind = _choice_kind(marks, is_many=False)
    known_as = _("true or false") if kind == Question.Kind.ONE else called(kind)
    return Meaning(kind, known_as, plain(answers.feedback), options)


def _number(answers: GiftAnswers, _marks: Marks) -> Meaning:
    right = next(option for option in answers.options if option.weight == _FULL)
    explanation = plain(answers.feedback) or _instead(answers, right)
    return Meaning(
        Question.Kind.NUMBER,
        called(Question.Kind.NUMBER),
        explanation,
        number=answers.number,
        tolerance=answers.tolerance,
        left_out=_unsaid(answers, explanation),
    )


def _text(answers: GiftAnswers, marks: Marks) -> Meaning:
    if SAY in marks.flags:
        return _said(answers)
    _refuse_half_right(
        answers,
        _("Keep each wording that you accept as =wording, and take the half right ones out."),
    )
    accepted = [option for option in answers.options if option.weight > 0]
    if any(_ANY_LETTERS.search(option.text.text) for option in accepted):
        raise UnreadableError(
            _("An asterisk doesn't stand for any letters here."),
            _(r"Write every wording that you accept as an answer of its own, and \* for the sign."),
        )
    explanation = plain(answers.feedback) or _instead(answers, *accepted[:1])
    options = tuple(
        OptionDraft(words_of(option).replace(r"\*", "*"), feedback=_kept(option))
        for option in accepted
    )
    return Meaning(
        Question.Kind.TEXT,
        called(Question.Kind.TEXT),
        explanation,
        options,
        left_out=_unsaid(answers, explanation, {option.feedback for option in options}),
    )


def _instead(answers: GiftAnswers, *right: GiftOption) -> str:
    """Some say to the right answer what is for everybody; an empty plain text forbids that."""
    if answers.feedback.format == "plain":
        return ""
    return " ".join(plain(option.feedback) for option in right)


def _kept(option: GiftOption) -> str:
    feedback = plain_line(option.feedback)
    return feedback if len(feedback) <= _LONGEST_FEEDBACK else ""


def _unsaid(answers: GiftAnswers, explanation: str, kept: Collection[str] = ()) -> str:
    """Who types an answer isn't told more than the explanation."""
    said = {" ".join(explanation.split()), "", *kept}
    unsaid = any(plain_line(option.feedback) not in said for option in answers.options)
    return _("What it says to single answers was left out.") if unsaid else ""


def _say(answers: GiftAnswers, _marks: Marks) -> Meaning:
    model, explanation = split_at_why(plain(answers.feedback))
    return Meaning(Question.Kind.SAY, called(Question.Kind.SAY), explanation, model_answer=model)


def split_at_why(words: str) -> tuple[str, str]:
    """A model answer, then the reason: “A good answer. Why: …”"""
    model, *why = _WHY.split(words, maxsplit=1)
    return model.strip(), "".join(why).strip()


def _said(answers: GiftAnswers) -> Meaning:
    if len(answers.options) > 1:
        raise UnreadableError(
            _("There is more than one model answer."), _("Write one, like {=A good answer}.")
        )
    (model,) = answers.options
    return Meaning(
        Question.Kind.SAY,
        called(Question.Kind.SAY),
        plain(answers.feedback),
        model_answer=plain(model.text),
        left_out=_unsaid(answers, ""),
    )
