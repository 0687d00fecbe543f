"""All dates of the organisation are reckoned longer, or shorter, from now on."""

from datetime import datetime
from math import isfinite
from typing import Any

from django.db import transaction

from quizzes.calibration import LONGEST, SHORTEST
from quizzes.models import QuizSettings, StretchChange
from quizzes.reports.calibrations import foretold_answers


class OutOfBoundsError(ValueError):
    """Nobody's memory is so much longer, or shorter, than the model's."""


@transaction.atomic
def stretch(*, by: Any, at: datetime, after: float, reason: str) -> StretchChange | None:
    """Stretches what is reckoned from now on, and says so in the log. To take it back is the same.

    No date that was given moves by it: each is reckoned anew when its person next passes or
    practises. Nothing is written where the stretch is as it was.
    """
    if not (isfinite(after) and SHORTEST <= after <= LONGEST):
        raise OutOfBoundsError(after)
    settings = QuizSettings.objects.select_for_update().get(pk=QuizSettings.load().pk)
    if settings.stretch == after:
        return None
    change = StretchChange.objects.create(
        before=settings.stretch,
        after=after,
        answers=foretold_answers().count(),
        reason=reason,
        by=by,
        at=at,
    )
    settings.stretch = after
    settings.save(update_fields=["stretch"])
    return change
