"""What a question lacks before colleagues may be asked it, and what it has too much of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from quizzes.asking import Kind, gaps_of
from quizzes.models.parts import Option

CHOOSE_ONE = frozenset({Kind.ONE, Kind.SCENARIO, Kind.REASON})
WITH_OPTIONS = CHOOSE_ONE | {Kind.MANY, Kind.ORDER, Kind.TEXT, Kind.MATCH, Kind.GAPS}
WITH_PAIRS = frozenset({Kind.MATCH, Kind.GAPS})

type Lack = tuple[str, Any]


class Asking(Protocol):
    """A question as far as its completeness goes."""

    kind: Any
    stem: Any
    number: Any
    model_answer: Any


type Options = Sequence[Option]


def answer_gaps(question: Asking, options: Options) -> Iterable[Lack]:
    """The place, and the remedy."""
    return _LACKS_OF[Kind(question.kind)](question, options)


def misfits(question: Asking, options: Options) -> Iterator[Lack]:
    """What was filled in for another kind of question: the place, and the remedy."""
    kind = question.kind
    if kind != Kind.NUMBER and question.number is not None:
        yield "number", _("Only a “Number” has this: empty it, or choose that kind above.")
    if kind != Kind.SAY and question.model_answer:
        yield "model_answer", _("Only “Say it” has this: empty it, or choose that kind above.")
    if kind not in WITH_OPTIONS and options:
        yield "options", _("This kind has no options: delete them, or choose another kind.")
    elif kind not in WITH_PAIRS and any(option.pair for option in options):
        yield "options", _("Only pairs and gaps have “belongs to”: empty it in every option.")


def _no_words(options: Options) -> Iterator[Lack]:
    if any(not option.text for option in options):
        yield "options", _("Write the text of every option.")


def _number(question: Asking, _options: Options) -> Iterator[Lack]:
    if question.number is None:
        yield "number", _("Write the number that is right.")


def _say(question: Asking, _options: Options) -> Iterator[Lack]:
    if not question.model_answer:
        yield "model_answer", _("Write a good answer to compare with.")


def _text(_question: Asking, options: Options) -> Iterator[Lack]:
    if not options:
        yield "options", _("Write at least one wording that you accept.")
    yield from _no_words(options)


def _order(_question: Asking, options: Options) -> Iterator[Lack]:
    if len(options) < 2:
        yield "options", _("Write at least two steps, in the right order.")
    yield from _no_words(options)


def _one(_question: Asking, options: Options) -> Iterator[Lack]:
    if len(options) < 2:
        yield "options", _("Write at least two options to choose from.")
    elif sum(option.is_right for option in options) != 1:
        yield "options", _("Mark exactly one option as right.")
    yield from _no_words(options)


def _many(_question: Asking, options: Options) -> Iterator[Lack]:
    if len(options) < 2:
        yield "options", _("Write at least two options to choose from.")
    elif not any(option.is_right for option in options):
        yield "options", _("Mark at least one option as right.")
    yield from _no_words(options)


def _match(_question: Asking, options: Options) -> Iterator[Lack]:
    if any(not option.pair for option in options):
        yield "options", _("Write for every option what belongs to it.")
    elif sum(bool(option.text) for option in options) < 2:
        yield "options", _("Write at least two pairs.")
    elif len({option.pair for option in options}) < 2:
        yield "options", _("Let there be at least two things to choose from.")


def _gaps(question: Asking, options: Options) -> Iterator[Lack]:
    numbers = {str(number) for number in gaps_of(question.stem)}
    if not numbers:
        yield "stem", _("Mark each gap in the question by its number: [1], [2].")
    elif stray := {option.pair for option in options} - numbers:
        words = _("The question has no gap [%(gap)s].")
        yield "options", words % {"gap": min(stray)}
    else:
        yield from _unfilled(numbers, options)
    yield from _no_words(options)


def _unfilled(numbers: set[str], options: Options) -> Iterator[Lack]:
    fillable = {option.pair for option in options if option.is_right}
    for gap in sorted(numbers - fillable):
        words = _("Write at least one option that is right for the gap [%(gap)s].")
        yield "options", words % {"gap": gap}


_LACKS_OF: dict[Kind, Callable[[Asking, Options], Iterator[Lack]]] = {
    **dict.fromkeys(CHOOSE_ONE, _one),
    Kind.MANY: _many,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.ORDER: _order,
    Kind.SAY: _say,
    Kind.MATCH: _match,
    Kind.GAPS: _gaps,
}
