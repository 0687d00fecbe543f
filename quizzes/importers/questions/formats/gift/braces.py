"""What stands between the braces of a question."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from knowledge.importers.files import UNPRINTABLE
from quizzes.importers.gift.shapes import GiftText
from quizzes.importers.gift.signs import FORMAT, escape
from quizzes.importers.gift.weights import WEIGHT
from quizzes.importers.questions.filling import TYPED
from quizzes.importers.questions.gaps import NOT
from quizzes.importers.questions.meaning import split_at_why
from quizzes.importers.questions.plain import plain
from quizzes.models import Option, Question

INDENT = "    "
KINDS = Question.Kind
PLAIN = "[plain]"


class Braces:
    """The answers of one question. In a question of HTML, each text says that it is plain."""

    def __init__(self, question: Question, options: list[Option], *, is_in_html: bool) -> None:
        self.question, self.options, self.is_in_html = question, options, is_in_html

    def lines(self) -> Iterator[str]:
        writers: dict[str, Callable[[], Iterator[str]]] = {
            KINDS.NUMBER: self._number,
            KINDS.TEXT: self._accepted,
            KINDS.ORDER: self._steps,
            KINDS.SAY: self._model,
            KINDS.MANY: self._several,
            KINDS.MATCH: self._pairs,
            KINDS.GAPS: self._gaps,
        }
        yield from writers.get(self.question.kind, self._choice)()
        if self.question.explanation and not self.is_split_at_why:
            yield f"\n{INDENT}####{self._words(self.question.explanation)}"
        elif self.question.kind in TYPED and self.options[0].feedback:
            # Else these words for one answer would be taken for those for everybody.
            yield f"\n{INDENT}####{PLAIN}"

    @property
    def is_split_at_why(self) -> bool:
        """Whether model answer and reason can stand in one text and be told apart again."""
        parts = plain_lines(self.question.model_answer), plain_lines(self.question.explanation)
        return self.question.kind == KINDS.SAY and split_at_why(" ".join(parts)) == parts

    def _words(self, text: str) -> str:
        return words(text, is_in_html=self.is_in_html)

    def _option(self, sign: str, option: Option, text: str | None = None, pair: str = "") -> str:
        told = self._words(option.text if text is None else text)
        feedback = f"#{self._words(option.feedback)}" if option.feedback else ""
        return f"\n{INDENT}{sign}{told}{pair}{feedback}"

    def _choice(self) -> Iterator[str]:
        for option in self.options:
            yield self._option("=" if option.is_right else "~", option)

    def _several(self) -> Iterator[str]:
        right = f"~%{_percent(sum(option.is_right for option in self.options))}%"
        for option in self.options:
            yield self._option(right if option.is_right else "~%-100%", option)

    def _number(self) -> Iterator[str]:
        number = self.question.number or Decimal(0)
        yield f"#{figure(number)}:{figure(self.question.tolerance)}"

    def _accepted(self) -> Iterator[str]:
        """With its worth, no wording that holds an arrow is taken for half of a pair."""
        sign = "=%100%" if any("->" in option.text for option in self.options) else "="
        for option in self.options:
            yield self._option(sign, option, option.text.replace("*", r"\*"))

    def _steps(self) -> Iterator[str]:
        for place, option in enumerate(self.options, start=1):
            yield self._option("=", option, pair=f" -> {place}")

    def _pairs(self) -> Iterator[str]:
        for option in self.options:
            belonging = words(option.pair).replace("->", r"-\>")
            yield self._option("=", option, pair=f" -> {belonging}")

    def _gaps(self) -> Iterator[str]:
        if len({option.pair for option in self.options}) == 1:
            right = sum(option.is_right for option in self.options)
            writers = {1: self._choice, len(self.options): self._accepted}
            yield from writers.get(right, self._several)()
            return
        for option in self.options:
            is_wrong = "" if option.is_right else NOT
            yield self._option("=", option, pair=f" -> {is_wrong}{option.pair}")

    def _model(self) -> Iterator[str]:
        question = self.question
        if self.is_split_at_why:
            told = f"{question.model_answer} {question.explanation}".strip()
            yield f"\n{INDENT}####{self._words(told)}"
        else:
            yield f"\n{INDENT}=%100%{self._words(question.model_answer)}"


def _percent(count: int) -> str:
    """Moodle knows 50, 33.33333 and the like, with five places."""
    return figure((Decimal(100) / count).quantize(Decimal("1.00000")))


def figure(number: Decimal) -> str:
    return f"{number.normalize():f}"


def words(text: str, *, is_title: bool = False, is_in_html: bool = False) -> str:
    """A text that says that it is plain where it would be read as anything else."""
    told = UNPRINTABLE.sub("", plain_lines(text))
    is_mistaken = FORMAT.match(told) or WEIGHT.match(told) or plain(GiftText(told)) != told
    mark = PLAIN if (is_mistaken or (is_in_html and told)) and not is_title else ""
    return mark + escape(told)


def plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
