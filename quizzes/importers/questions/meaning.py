"""What a question of the file means here: which kind it is, and what is right."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from quizzes.importers.gift import GiftAnswers, GiftOption, Shape
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.marks import ORDER, REASON, SAY, SCENARIO, Marks
from quizzes.importers.questions.markup import refuse_media
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question

_FULL = Decimal(100)
_WHY = re.compile(r"\b(?=Why\b[^:.?!]{0,30}:)")
_PLACE = re.compile(r"[0-9]{1,3}")
_ANY_LETTERS = re.compile(r"(?<!\\)\*")
_LONGEST_FEEDBACK = 300


class NotOfferedError(Exception):
    """Nothing is wrong with the question, but the portal has no such kind yet."""


@dataclass(frozen=True, slots=True)
class OptionDraft:
    text: str
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`called` says what it is imported as, `left_out` what of it the portal can't keep."""

    kind: str
    called: str
    explanation: str
    options: tuple[OptionDraft, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    model_answer: str = ""
    left_out: str = ""


def read_meaning(answers: GiftAnswers, marks: Marks) -> Meaning:
    """Raises `UnreadableError` where it can't be asked so, `NotOfferedError` where not yet."""
    readers: dict[Shape, Callable[[GiftAnswers, Marks], Meaning]] = {
        Shape.CHOICE: _choice,
        Shape.TRUE_FALSE: _true_false,
        Shape.NUMBER: _number,
        Shape.TEXT: _text,
        Shape.MATCHING: _order,
        Shape.ESSAY: _say,
    }
    return readers[answers.shape](answers, marks)


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
        OptionDraft(_words(option), option.weight > 0, plain_line(option.feedback))
        for option in answers.options
    )
    kind, called = _choice_kind(marks, is_many=is_many)
    return Meaning(kind, called, plain(answers.feedback), options)


def _choice_kind(marks: Marks, *, is_many: bool) -> tuple[str, str]:
    special = marks.flags & {SCENARIO, REASON}
    if len(special) > 1 or (special and is_many):
        raise UnreadableError(
            _("A scenario, or true or false with a reason, has one right answer."),
            _("Mark it with =, all others with ~, and keep one of the two tags."),
        )
    if SCENARIO in special:
        return Question.Kind.SCENARIO, _("a scenario")
    if REASON in special:
        return Question.Kind.REASON, _("true or false, with the reason")
    if is_many:
        return Question.Kind.MANY, _("several answers")
    return Question.Kind.ONE, _("a choice")


def _refuse_half_right(answers: GiftAnswers, remedy: str) -> None:
    if any(0 < option.weight < _FULL for option in answers.options):
        raise UnreadableError(_("An answer is right or not, never partly."), remedy)


def _words(option: GiftOption) -> str:
    refuse_media(option.text)
    if words := plain_line(option.text):
        return words
    raise UnreadableError(
        _("One of the answers is empty."), _("Write it, or take out the = or ~ before it.")
    )


def _true_false(answers: GiftAnswers, marks: Marks) -> Meaning:
    names = {"True": _("True"), "False": _("False")}
    options = tuple(
        OptionDraft(names[option.text.text], option.is_marked_right, plain_line(option.feedback))
        for option in answers.options
    )
    kind, called = _choice_kind(marks, is_many=False)
    if kind == Question.Kind.ONE:
        called = _("true or false")
    return Meaning(kind, called, plain(answers.feedback), options)


def _number(answers: GiftAnswers, _marks: Marks) -> Meaning:
    right = next(option for option in answers.options if option.weight == _FULL)
    explanation = plain(answers.feedback) or plain(right.feedback)
    return Meaning(
        Question.Kind.NUMBER,
        _("a number"),
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
    explanation = plain(answers.feedback) or (plain(accepted[0].feedback) if accepted else "")
    options = tuple(
        OptionDraft(_words(option).replace(r"\*", "*"), feedback=_kept(option))
        for option in accepted
    )
    return Meaning(
        Question.Kind.TEXT,
        _("a text"),
        explanation,
        options,
        left_out=_unsaid(answers, explanation, {option.feedback for option in options}),
    )


def _kept(option: GiftOption) -> str:
    feedback = plain_line(option.feedback)
    return feedback if len(feedback) <= _LONGEST_FEEDBACK else ""


def _unsaid(answers: GiftAnswers, explanation: str, kept: Collection[str] = ()) -> str:
    """Who types an answer isn't told more than the explanation."""
    said = {" ".join(explanation.split()), "", *kept}
    unsaid = any(plain_line(option.feedback) not in said for option in answers.options)
    return _("What it says to single answers was left out.") if unsaid else ""


def _order(answers: GiftAnswers, marks: Marks) -> Meaning:
    if ORDER not in marks.flags:
        raise NotOfferedError(
            _("Matching isn't offered yet.")
            + " "
            + _("If the steps have an order, number them -> 1, -> 2… and add [tag:order].")
        )
    places = [_place(option) for option in answers.options]
    if sorted(places) != list(range(1, len(places) + 1)):
        raise UnreadableError(
            _("The steps aren't numbered from 1 without a gap."),
            _("Write each step like =First step -> 1, every number once."),
        )
    steps = sorted(zip(places, answers.options, strict=True), key=lambda step: step[0])
    options = tuple(
        OptionDraft(_words(option), feedback=plain_line(option.feedback))
        for _place, option in steps
    )
    return Meaning(Question.Kind.ORDER, _("an order"), plain(answers.feedback), options)


def _place(option: GiftOption) -> int:
    return int(option.pair) if _PLACE.fullmatch(option.pair) else 0


def _say(answers: GiftAnswers, _marks: Marks) -> Meaning:
    model, explanation = split_at_why(plain(answers.feedback))
    return Meaning(Question.Kind.SAY, _("say it yourself"), explanation, model_answer=model)


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
        _("say it yourself"),
        plain(answers.feedback),
        model_answer=plain(model.text),
        left_out=_unsaid(answers, ""),
    )
