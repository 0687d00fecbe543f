"""Questions that figures speak against are held back, until somebody has looked at them.

Whoever opens the figures sets it going, and a command does it once a day: nobody waits for it who
answers. A review belongs to a version. Where the question is edited, published and so asked in
other words, it is over by itself, since nothing is known against those.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.actions.unpublish import UnpublishAction

from quizzes.items import Figures
from quizzes.models import ItemReview, Question
from quizzes.reports.items import current_versions, to_review


class ReviewIsClosed(Exception):
    """Somebody else has decided about it meanwhile."""


@transaction.atomic
def review_questions(at: datetime, questions: Iterable[Question] | None = None) -> list[ItemReview]:
    """Holds back what figures speak against, of all questions or of these; returns what is new.

    The questions come with their options. Ten queries at most.
    """
    asked = (
        list(Question.objects.live().prefetch_related("options"))
        if questions is None
        else list(questions)
    )
    close_edited_reviews(asked, at)
    found = to_review(asked)
    # Another process may hold the same back at the same moment.
    ItemReview.objects.bulk_create(
        [
            ItemReview(version_id=version, opened_at=at, figures=_kept(figures))
            for version, figures in found.items()
        ],
        ignore_conflicts=True,
    )
    opened = ItemReview.objects.filter(version__in=found, opened_at=at, closed_at=None)
    return list(opened.select_related("version__question__module"))


def close_edited_reviews(questions: Iterable[Question], at: datetime) -> int:
    """Ends the reviews of versions in which these questions are asked no more."""
    asked = list(questions)
    current = current_versions(asked).values()
    reviews = ItemReview.objects.filter(closed_at=None, version__question__in=asked)
    return reviews.exclude(version__in=current).update(
        closed_at=at, decision=ItemReview.Decision.EDIT
    )


@transaction.atomic
def close_review(
    *, review: ItemReview, decision: str, by: AbstractBaseUser, at: datetime
) -> ItemReview:
    """What becomes of a question that was held back; to retire it takes it out of all quizzes.

    What was taken out of the sittings can't be kept. Raises `ReviewIsClosed`.
    """
    reviews = ItemReview.objects.select_for_update(of=("self",)).filter(closed_at=None)
    stored = reviews.select_related("version__question").filter(pk=review.pk).first()
    is_void = stored is not None and not stored.figures.get("n")
    if stored is None or (is_void and decision == ItemReview.Decision.KEEP):
        raise ReviewIsClosed
    stored.decision, stored.closed_at, stored.closed_by_id = decision, at, by.pk
    stored.save(update_fields=["decision", "closed_at", "closed_by"])
    question: Any = stored.version.question
    if decision == ItemReview.Decision.RETIRE and question.live:
        UnpublishAction(question, user=by).execute(skip_permission_checks=True)
    return stored


def _kept(figures: Figures) -> dict[str, float | int | None]:
    return {
        "n": figures.n,
        "facility": figures.facility,
        "discrimination": figures.discrimination,
    }
