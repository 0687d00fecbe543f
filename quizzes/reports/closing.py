"""Until when quizzes take answers."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from knowledge.models import ModulePage
from quizzes import deadlines
from quizzes.models import Attempt


def quiz_closes_at(module: ModulePage) -> datetime | None:
    """The moment at which a module's quiz closes; `None` where its author set no day."""
    deadline = deadlines.deadline_of(
        module.closes_on,
        module.closes_at,
        module.closes_zone,
        organisation_zone=settings.TIME_ZONE,
    )
    return deadlines.closes_at(deadline) if deadline else None


def is_quiz_over(module: ModulePage, at: datetime) -> bool:
    """Whether no quiz of the module may be begun any more."""
    closes_at = quiz_closes_at(module)
    return closes_at is not None and deadlines.is_over(closes_at, at)


def overdue_attempts(at: datetime) -> QuerySet[Attempt]:
    """Open sittings that take no answer any more."""
    return Attempt.objects.open().filter(closes_at__lt=at - deadlines.GRACE)
