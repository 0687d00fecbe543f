r"""Questions as GIFT, as `import_questions` and Moodle read it.

**Guarantee.** What is exported and imported again changes nothing: a question says in the file all
that it says in the portal. Who is in the middle of writing one finds it there as a comment, since
a file can't hold a question without its answers.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.importers.files import UNPRINTABLE
from knowledge.models import ModulePage
from quizzes.importers.gift.shapes import GiftText
from quizzes.importers.gift.signs import FORMAT, escape
from quizzes.importers.gift.weights import WEIGHT
from quizzes.importers.questions.marks import (
    FACT,
    LOOK_UP,
    MUST_KNOW,
    ORDER,
    REASON,
    SAY,
    SCENARIO,
    UNIT,
)
from quizzes.importers.questions.meaning import split_at_why
from quizzes.importers.questions.plain import plain
from quizzes.models import Option, Question

INDENT = "    "
KINDS = Question.Kind
KIND_TAGS: dict[str, str] = {
    KINDS.ORDER: ORDER,
    KINDS.REASON: REASON,
    KINDS.SCENARIO: SCENARIO,
}


def exported_questions(module: ModulePage | None = None) -> QuerySet[Question]:
    """All that `questions_gift` needs, module by module, in the order in which they were made."""
    questions = Question.objects.written()
    if module is not None:
        questions = questions.of_module(module)
    return (
        questions.select_related("module", "latest_revision")
        .prefetch_related("options", "citations")
        .order_by("module__slug", "pk")
    )


def questions_gift(questions: Iterable[Question]) -> str:
    """The text of a GIFT file; questions of one module should stand together."""
    return "\n".join(
        part
        for module, some in groupby(questions, key=attrgetter("module"))
        for part in (f"$CATEGORY: {module.slug}\n", *(_written(question) for question in some))
    )


def _written(stored: Question) -> str:
    question = _as_edited(stored)
    options = list(question.options.all())
    name = f"::{_text(question.name, is_title=True)}::"
    stem = _text(question.stem)
    if any(question.answer_gaps(options)):
        told = _("Not finished, so no import reads it:")
        # Marks in a comment would belong to the next question.
        unmarked = f"{name}{stem}".replace("[", "(").replace("]", ")")
        return f"// {told} {unmarked}\n"
    lines = [*_answers(question, options)]
    return f"// {_marks(question)}\n{name}{stem}{{{''.join(lines)}\n}}\n"


def _as_edited(question: Question) -> Question:
    """A question that isn't live may have been changed in its drafts only."""
    if question.live or question.latest_revision is None:
        return question
    edited: Question = question.with_content_json(question.latest_revision.content)
    return edited


def _marks(question: Question) -> str:
    tags = [FACT + citation.fact_key for citation in question.citations.all()]
    tags += [MUST_KNOW] if question.is_must_know else []
    tags += [LOOK_UP] if question.is_look_up else []
    if question.kind == KINDS.NUMBER and question.unit:
        tags.append(UNIT + question.unit)
    if question.kind == KINDS.SAY and not _is_split_at_why(question):
        tags.append(SAY)
    if tag := KIND_TAGS.get(question.kind):
        tags.append(tag)
    marks = [("id", question.reference), *(("tag", tag) for tag in tags)]
    return " ".join(f"[{name}:{_bracketed(value)}]" for name, value in marks)


def _bracketed(value: str) -> str:
    return escape(UNPRINTABLE.sub("", value)).replace("]", r"\]")


def _answers(question: Question, options: list[Option]) -> Iterator[str]:
    writers: dict[str, Callable[[Question, list[Option]], Iterator[str]]] = {
        KINDS.NUMBER: _number,
        KINDS.TEXT: _accepted,
        KINDS.ORDER: _steps,
        KINDS.SAY: _model,
        KINDS.MANY: _several,
    }
    yield from writers.get(question.kind, _choice)(question, options)
    if question.explanation and not _is_split_at_why(question):
        yield f"\n{INDENT}####{_text(question.explanation)}"


def _choice(_question: Question, options: list[Option]) -> Iterator[str]:
    for option in options:
        yield _option("=" if option.is_right else "~", option)


def _several(_question: Question, options: list[Option]) -> Iterator[str]:
    right = f"~%{_percent(sum(option.is_right for option in options))}%"
    for option in options:
        yield _option(right if option.is_right else "~%-100%", option)


def _percent(count: int) -> str:
    """Moodle knows 50, 33.33333 and the like, with five places."""
    return _figure((Decimal(100) / count).quantize(Decimal("1.00000")))


def _number(question: Question, _options: list[Option]) -> Iterator[str]:
    yield f"#{_figure(question.number or Decimal(0))}:{_figure(question.tolerance)}"


def _figure(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _accepted(_question: Question, options: list[Option]) -> Iterator[str]:
    """With its worth, no wording that holds an arrow is taken for half of a pair."""
    sign = "=%100%" if any("->" in option.text for option in options) else "="
    for option in options:
        yield _option(sign, option, option.text.replace("*", r"\*"))


def _steps(_question: Question, options: list[Option]) -> Iterator[str]:
    for place, option in enumerate(options, start=1):
        yield f"\n{INDENT}={_text(option.text)} -> {place}{_feedback(option)}"


def _model(question: Question, _options: list[Option]) -> Iterator[str]:
    if _is_split_at_why(question):
        words = f"{question.model_answer} {question.explanation}".strip()
        yield f"\n{INDENT}####{_text(words)}"
    else:
        yield f"\n{INDENT}=%100%{_text(question.model_answer)}"


def _is_split_at_why(question: Question) -> bool:
    """Whether model answer and reason can stand in one text and be told apart again."""
    parts = _lines(question.model_answer), _lines(question.explanation)
    return question.kind == KINDS.SAY and split_at_why(" ".join(parts)) == parts


def _option(sign: str, option: Option, text: str | None = None) -> str:
    words = _text(option.text if text is None else text)
    return f"\n{INDENT}{sign}{words}{_feedback(option)}"


def _feedback(option: Option) -> str:
    return f"#{_text(option.feedback)}" if option.feedback else ""


def _text(text: str, *, is_title: bool = False) -> str:
    """A text that says that it is plain where it would be read as anything else."""
    words = UNPRINTABLE.sub("", _lines(text))
    is_mistaken = FORMAT.match(words) or WEIGHT.match(words) or plain(GiftText(words)) != words
    mark = "[plain]" if is_mistaken and not is_title else ""
    return mark + escape(words)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
