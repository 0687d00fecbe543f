"""How good the dates have been, by all answers that were foretold, and how they were stretched."""

from typing import Any

from django.db.models import Avg, Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast

from quizzes.calibration import Calibration, Foretold, calibration, stretched
from quizzes.models import Answer, Attempt, StretchChange

# Recalls within a thousandth of each other are told apart by no figure here, and a year's answers
# come down to a few hundred rows.
FINENESS = 1000
DECIMALS = 9


def foretold_answers() -> QuerySet[Answer]:
    """Those of quizzes and practice for which memory expected something, and which count."""
    return Answer.objects.filter(
        expected__isnull=False,
        is_right__isnull=False,
        is_void=False,
        attempt__kind__in=[Attempt.Kind.QUIZ, Attempt.Kind.PRACTICE],
    )


def calibration_under(stretch: float) -> Calibration:
    """How good the dates have been, had they always been reckoned with this stretch. One query."""
    rows: QuerySet[Answer, Any] = (
        foretold_answers()
        .annotate(bin=Cast(F("expected") * FINENESS, IntegerField()))
        .values("bin", "is_right")
        .annotate(mean=Avg("expected"), n=Count("pk"))
        .order_by("bin", "is_right")
        .values_list("mean", "is_right", "n")
    )
    return calibration(
        # The last bit of a float must not put what is alike into two buckets.
        Foretold(round(stretched(mean, stretch), DECIMALS), right, n)
        for mean, right, n in rows
    )


def stretch_log() -> list[StretchChange]:
    """How the dates were stretched, the newest first. One query."""
    return list(StretchChange.objects.select_related("by").order_by("-at", "-pk"))
