"""Gaps in a file that knows none: `[1]` stands in the question, and a tag says what it means.

Where there is one gap, the braces hold a short answer or a choice, as for any question. Where there
are several, they hold pairs: `=Paris -> 1` is right for the first gap, `=Rome -> not 1` is offered
there and wrong. Other programs ask all this as what it looks like.
"""

import re
from dataclasses import replace

from quizzes.asking import gaps_of
from quizzes.importers.gift import GiftAnswers, GiftOption
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.kinds import Meaning, OptionDraft, called
from quizzes.importers.questions.pairs import words_of
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question

NOT = "not "
_GAP = re.compile(rf"({NOT})?\s*([0-9]{{1,2}})")


def read_gaps(answers: GiftAnswers) -> Meaning:
    options = tuple(_option(option) for option in answers.options)
    kind = Question.Kind.GAPS
    return Meaning(kind, called(kind), plain(answers.feedback), options)


def _option(option: GiftOption) -> OptionDraft:
    found = _GAP.fullmatch(option.pair.text)
    if found is None:
        raise UnreadableError(
            _("“%(pair)s” is no gap.") % {"pair": option.pair.text[:40]},
            _("Write =word -> 1 for what is right in the gap [1], and =word -> not 1 otherwise."),
        )
    return OptionDraft(
        words_of(option),
        is_right=found[1] is None,
        feedback=plain_line(option.feedback),
        pair=str(int(found[2])),
    )


def in_gaps(meaning: Meaning, stem: str) -> Meaning:
    """A short answer or a choice, as what fills the only gap of the question."""
    gaps = gaps_of(stem)
    if len(gaps) != 1:
        raise UnreadableError(
            _("It isn't said which answer belongs to which gap."),
            _("Write [1] in the question for one gap; for more, write =word -> 1 =other -> 2."),
        )
    is_typed = meaning.kind == Question.Kind.TEXT
    options = tuple(
        replace(option, pair=str(gaps[0]), is_right=is_typed or option.is_right)
        for option in meaning.options
    )
    kind = Question.Kind.GAPS
    return replace(meaning, kind=kind, called=called(kind), options=options)
