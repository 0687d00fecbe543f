"""What a question of a file is here, whatever its format: which kind, and what is right."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_noop

from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question

_CALLED = {
    Question.Kind.ONE: gettext_noop("a choice"),
    Question.Kind.MANY: gettext_noop("several answers"),
    Question.Kind.NUMBER: gettext_noop("a number"),
    Question.Kind.TEXT: gettext_noop("a text"),
    Question.Kind.ORDER: gettext_noop("an order"),
    Question.Kind.SCENARIO: gettext_noop("a scenario"),
    Question.Kind.SAY: gettext_noop("say it yourself"),
    Question.Kind.REASON: gettext_noop("true or false, with the reason"),
    Question.Kind.MATCH: gettext_noop("pairs"),
    Question.Kind.GAPS: gettext_noop("a text with gaps"),
}


def called(kind: str) -> str:
    return _(_CALLED[Question.Kind(kind)])


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """`column` is its number in a table."""

    text: str
    is_right: bool = False
    feedback: str = ""
    pair: str = ""
    column: int = 0


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
