"""What is done to many questions at once. Each keeps its draft, and what is live goes on being so.

Every function does what it can, and returns the questions that it left alone, each with the reason.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction

from knowledge.models import ModulePage
from quizzes.models import Question
from quizzes.reports.drafts import is_out, lacks_of, newest_words, too_much_of

type Refusals = dict[Question, str]


@transaction.atomic
def publish_questions(*, questions: Iterable[Question], by: AbstractBaseUser) -> Refusals:
    """Lets the newest words of each go live; what isn't complete stays as it is."""

    def publish(question: Question) -> str:
        draft = newest_words(question)
        lacks = lacks_of(draft)
        if not lacks and not is_out(question):
            revision = question.latest_revision or draft.save_revision(user=by)
            revision.publish(user=by)
        return " ".join(lacks)

    return _for_each(questions, publish)


@transaction.atomic
def retire_questions(*, questions: Iterable[Question], by: AbstractBaseUser) -> Refusals:
    """Nobody is asked them any more; what was answered stays."""

    def retire(question: Question) -> str:
        if question.live:
            UnpublishAction(question, user=by).execute()
        return ""

    return _for_each(questions, retire)


@transaction.atomic
def weigh_questions(
    *, questions: Iterable[Question], weight: dict[str, bool], by: AbstractBaseUser
) -> Refusals:
    """`weight` are the new values of `is_must_know` and `is_look_up`, one or both."""
    return _for_each(questions, lambda question: _change(question, weight, by))


@transaction.atomic
def move_questions(
    *, questions: Iterable[Question], module: ModulePage, by: AbstractBaseUser
) -> Refusals:
    """Given answers belong to a module, so only what nobody was asked yet can move."""

    def move(question: Question) -> str:
        if question.answers.exists():
            return _("Colleagues were asked it in its module. Duplicate it there instead.")
        left = question.module
        refusal = _change(question, {"module": module}, by)
        drop_lone_contrasts(left)
        return refusal

    return _for_each(questions, move)


def drop_lone_contrasts(module: ModulePage) -> None:
    """Where a module has no question left that people wrote, those of its changes ask nobody.

    So they don't keep it from being deleted, as nobody can delete them in the editor.
    """
    questions = Question.objects.of_module(module)
    if not questions.written().exists():
        questions.exclude(contrasts=None).filter(answers=None).delete()


def _for_each(questions: Iterable[Question], act: Callable[[Question], str]) -> Refusals:
    return {question: words for question in questions if (words := act(question))}


def _change(question: Question, values: dict[str, Any], by: AbstractBaseUser) -> str:
    """Changes what is live and, where there is one, the draft on it; returns what is against it."""
    draft = newest_words(question)
    for changed in (question, draft):
        for name, value in values.items():
            setattr(changed, name, value)
    remedies = too_much_of(draft) if question.live else []
    if remedies:
        return " ".join(remedies)
    was_out = is_out(question)
    question.save(update_fields=list(values))
    revision = draft.save_revision(user=by, log_action=True)
    if was_out:
        revision.publish(user=by)
    return ""
