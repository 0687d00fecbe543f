"""What a question of the file means here: which kind it is, and what is right."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from quizzes.importers.gift import GiftAnswers, GiftOption, Shape
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.marks import ORDER, REASON, SCENARIO, Marks
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.models import Question

_FULL = Decimal(100)
_WHY = re.compile(r"\s*\b(?=Why\b[^:.?!]{0,30}:)")


@dataclass(frozen=True, slots=True)
class OptionDraft:
    text: str
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    kind: str
    explanation: str
    options: tuple[OptionDraft, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    model_answer: str = ""


def read_meaning(answers: GiftAnswers, marks: Marks) -> Meaning:
    """Raises `UnreadableError` where the portal can't ask it so."""
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
        _refuse_half_right(answers)
    is_many = not marked and any(option.weight > 0 for option in answers.options)
    options = tuple(
        OptionDraft(plain_line(option.text), option.weight > 0, plain_line(option.feedback))
        for option in answers.options
    )
    return Meaning(_choice_kind(marks, is_many=is_many), plain(answers.feedback), options)


def _choice_kind(marks: Marks, *, is_many: bool) -> str:
    special = marks.flags & {SCENARIO, REASON}
    if len(special) > 1 or (special and is_many):
        raise UnreadableError(
            _("A scenario, or true or false with a reason, has one right answer."),
            _("Mark it with =, all others with ~, and keep one of the two tags."),
        )
    if special:
        return Question.Kind.SCENARIO if SCENARIO in special else Question.Kind.REASON
    return Question.Kind.MANY if is_many else Question.Kind.ONE


def _refuse_half_right(answers: GiftAnswers) -> None:
    if any(0 < option.weight < _FULL for option in answers.options):
        raise UnreadableError(
            _("An answer is right or not, never partly."),
            _("Write = before what is right and ~ before what is not, without a percentage."),
        )


def _true_false(answers: GiftAnswers, marks: Marks) -> Meaning:
    names = {"True": _("True"), "False": _("False")}
    options = tuple(
        OptionDraft(names[option.text.text], option.is_marked_right, plain_line(option.feedback))
        for option in answers.options
    )
    return Meaning(_choice_kind(marks, is_many=False), plain(answers.feedback), options)


def _number(answers: GiftAnswers, _marks: Marks) -> Meaning:
    return Meaning(
        Question.Kind.NUMBER,
        plain(answers.feedback),
        number=answers.number,
        tolerance=answers.tolerance,
    )


def _text(answers: GiftAnswers, _marks: Marks) -> Meaning:
    _refuse_half_right(answers)
    accepted = [option for option in answers.options if option.weight > 0]
    if any("*" in option.text.text for option in accepted):
        raise UnreadableError(
            _("An asterisk doesn't stand for any letters here."),
            _("Write every wording that you accept as an answer of its own."),
        )
    feedback = plain(answers.feedback) or (plain(accepted[0].feedback) if accepted else "")
    options = tuple(OptionDraft(plain_line(option.text)) for option in accepted)
    return Meaning(Question.Kind.TEXT, feedback, options)


def _order(answers: GiftAnswers, marks: Marks) -> Meaning:
    if ORDER not in marks.flags:
        raise UnreadableError(
            _("Matching questions can't be asked yet; a later release brings them."),
            _("If the steps have an order, number them -> 1, -> 2… and add [tag:order]."),
        )
    places = [_place(option) for option in answers.options]
    if sorted(places) != list(range(1, len(places) + 1)):
        raise UnreadableError(
            _("The steps aren't numbered from 1 without a gap."),
            _("Write each step like =First step -> 1, every number once."),
        )
    steps = sorted(zip(places, answers.options, strict=True), key=lambda step: step[0])
    options = tuple(OptionDraft(plain_line(option.text)) for _place, option in steps)
    return Meaning(Question.Kind.ORDER, plain(answers.feedback), options)


def _place(option: GiftOption) -> int:
    return int(option.pair) if option.pair.isascii() and option.pair.isdigit() else 0


def _say(answers: GiftAnswers, _marks: Marks) -> Meaning:
    model, *why = _WHY.split(plain(answers.feedback), maxsplit=1)
    return Meaning(Question.Kind.SAY, explanation="".join(why).strip(), model_answer=model.strip())
