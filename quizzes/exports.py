"""Questions that leave the portal, in any format that can be written.

**Guarantee.** What is taken out and brought in again changes nothing.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from knowledge.models import ModulePage
from quizzes.importers.questions.formats import GIFT, Format
from quizzes.models import Question


def exported_questions(module: ModulePage | None = None) -> QuerySet[Question]:
    """All that a file needs, module by module, in the order in which they were made."""
    questions = Question.objects.written()
    if module is not None:
        questions = questions.of_module(module)
    return (
        questions.select_related("module", "picture", "latest_revision")
        .prefetch_related("options", "citations")
        .order_by("module__slug", "pk")
    )


def questions_file(questions: Iterable[Question], format_: Format = GIFT) -> bytes:
    """Questions of one module should stand together."""
    if format_.write is None:
        raise ValueError(f"{format_.label} can only be read.")
    return format_.write(map(_as_edited, questions))


def _as_edited(question: Question) -> Question:
    """A question that isn't live may have been changed in its drafts only."""
    if question.live or question.latest_revision is None:
        return question
    edited: Question = question.with_content_json(question.latest_revision.content)
    return edited
