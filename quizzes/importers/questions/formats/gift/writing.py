r"""Questions as GIFT, as `import_questions` and Moodle read it.

**Guarantee.** What is exported and imported again changes nothing: a question says in the file all
that it says in the portal. Who is in the middle of writing one finds it there as a comment, since
a file can't hold a question without its answers.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from knowledge.importers.files import UNPRINTABLE
from quizzes.importers.gift.signs import escape
from quizzes.importers.questions.filling import picture_mark
from quizzes.importers.questions.formats.gift.braces import Braces, words
from quizzes.importers.questions.marks import (
    FACT,
    GAPS,
    LOOK_UP,
    MUST_KNOW,
    ORDER,
    PICTURE,
    PICTURE_SHOWS,
    REASON,
    SAY,
    SCENARIO,
    SLIPS,
    UNIT,
)
from quizzes.importers.questions.situations import marked
from quizzes.models import Question
from quizzes.models.questions import SPELLING_SLIPS

KINDS = Question.Kind
KIND_TAGS: dict[str, str] = {
    KINDS.ORDER: ORDER,
    KINDS.REASON: REASON,
    KINDS.SCENARIO: SCENARIO,
    KINDS.GAPS: GAPS,
}
TYPED = {KINDS.TEXT, KINDS.GAPS}


def written(questions: Iterable[Question]) -> bytes:
    """Questions of one module should stand together."""
    return "\n".join(
        part
        for module, some in groupby(questions, key=attrgetter("module"))
        for part in (f"$CATEGORY: {module.slug}\n", *(_written(question) for question in some))
    ).encode()


def _written(question: Question) -> str:
    options = list(question.options.all())
    name = f"::{words(question.name, is_title=True)}::"
    if any(question.answer_gaps(options)):
        told = _("Not finished, so no import reads it:")
        # Marks in a comment would belong to the next question.
        unmarked = f"{name}{words(question.stem)}".replace("[", "(").replace("]", ")")
        return f"// {told} {unmarked}\n"
    braces = Braces(question, options, is_in_html=bool(question.situation))
    body = "".join(braces.lines())
    return f"// {_marks(question, braces)}\n{name}{_stem(question)}{{{body}\n}}\n"


def _stem(question: Question) -> str:
    if question.situation:
        stem = UNPRINTABLE.sub("", question.stem).replace("\r\n", "\n").replace("\r", "\n")
        return f"[html]{escape(marked(question.situation, stem))}"
    return words(question.stem)


def _marks(question: Question, braces: Braces) -> str:
    tags = [FACT + citation.fact_key for citation in question.citations.all()]
    tags += [MUST_KNOW] if question.is_must_know else []
    tags += [LOOK_UP] if question.is_look_up else []
    tags += _of_kind(question)
    if question.kind == KINDS.SAY and not braces.is_split_at_why:
        tags.append(SAY)
    if tag := KIND_TAGS.get(question.kind):
        tags.append(tag)
    marks = [("id", question.reference), *(("tag", tag) for tag in tags)]
    return " ".join(f"[{name}:{_bracketed(value)}]" for name, value in marks)


def _of_kind(question: Question) -> Iterator[str]:
    if question.kind == KINDS.NUMBER and question.unit:
        yield UNIT + question.unit
    if question.kind in TYPED and question.slips != SPELLING_SLIPS:
        yield f"{SLIPS}{question.slips}"
    if mark := picture_mark(question):
        yield PICTURE + mark
        if question.picture_alt:
            yield PICTURE_SHOWS + question.picture_alt


def _bracketed(value: str) -> str:
    return escape(UNPRINTABLE.sub("", value)).replace("[", r"\[").replace("]", r"\]")
