"""What belongs to what: pairs, and steps that are numbered."""

import re

from quizzes.importers.gift import GiftAnswers, GiftOption
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.kinds import Meaning, OptionDraft, called
from quizzes.importers.questions.marks import Marks
from quizzes.importers.questions.markup import refuse_media
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question

_PLACE = re.compile(r"[0-9]{1,3}")


def words_of(option: GiftOption) -> str:
    refuse_media(option.text)
    if words := plain_line(option.text):
        return words
    raise UnreadableError(
        _("One of the answers is empty."), _("Write it, or take out the = or ~ before it.")
    )


def read_pairs(answers: GiftAnswers, _marks: Marks) -> Meaning:
    """A partner with nothing before its arrow only adds one more thing to choose from."""
    for option in answers.options:
        refuse_media(option.text)
        refuse_media(option.pair)
    options = tuple(
        OptionDraft(
            plain_line(option.text),
            feedback=plain_line(option.feedback),
            pair=plain_line(option.pair),
        )
        for option in answers.options
    )
    kind = Question.Kind.MATCH
    return Meaning(kind, called(kind), plain(answers.feedback), options)


def read_order(answers: GiftAnswers, _marks: Marks) -> Meaning:
    places = [_place(option) for option in answers.options]
    if sorted(places) != list(range(1, len(places) + 1)):
        raise UnreadableError(
            _("The steps aren't numbered from 1 without a gap."),
            _("Write each step like =First step -> 1, every number once."),
        )
    steps = sorted(zip(places, answers.options, strict=True), key=lambda step: step[0])
    options = tuple(
        OptionDraft(words_of(option), feedback=plain_line(option.feedback))
        for _place, option in steps
    )
    kind = Question.Kind.ORDER
    return Meaning(kind, called(kind), plain(answers.feedback), options)


def _place(option: GiftOption) -> int:
    return int(option.pair.text) if _PLACE.fullmatch(option.pair.text) else 0
