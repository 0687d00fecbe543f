"""What a question says in its newest draft, and what that draft still lacks."""

from typing import Any

from quizzes.models import Question


def is_out(question: Question) -> bool:
    """Whether colleagues are asked it in its newest words."""
    return bool(question.live and not question.has_unpublished_changes)


def newest_words(question: Question) -> Question:
    """The question itself, or unsaved the draft that waits on it."""
    if is_out(question):
        return question
    newest: Question = question.get_latest_revision_as_object()
    return newest


def lacks_of(draft: Question) -> list[str]:
    """What has to be done before colleagues may be asked it."""
    options = list(draft.options.all())
    found = (*draft.gaps(options, _facts(draft)), *draft.misfits(options))
    return [*_remedies(found), *too_much_of(draft)]


def too_much_of(draft: Question) -> list[str]:
    return _remedies(draft.too_much_by_heart(_facts(draft)))


def _facts(draft: Question) -> set[str]:
    return {citation.fact_key for citation in draft.citations.all()}


def _remedies(found: Any) -> list[str]:
    return [str(remedy) for _place, remedy in found]
