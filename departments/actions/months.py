"""Notes how departments stood at the end of each month. What is noted is never written again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from departments.models import Department, ReadinessMonth, ReadinessRollup, RollupMark
from departments.reports.marks import every_module
from departments.reports.months import (
    Pairs,
    figures_by_events,
    figures_by_steps,
    months_to_note,
)
from departments.steps import NOTHING
from quizzes.days import organisation_day

ROWS_AT_ONCE = 2_000


def note_months(*, at: datetime) -> int:
    """The months of the last year that ended and aren't noted yet; how many these were.

    The newest one costs little as long as nothing was counted since it ended.
    """
    today = organisation_day(at)
    days = months_to_note(today)
    for day in days:
        is_counted = day == days[-1] and (today - day).days <= 1 and not has_moved_since(at)
        _note(day, figures_by_steps(day) if is_counted else figures_by_events(day))
    return len(days)


def has_moved_since(at: datetime) -> bool:
    """Whether anything was counted today, or waits to be."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = ReadinessRollup.objects
    is_new = rows.filter(made_at__gte=midnight).exists() or not rows.exists()
    return is_new or RollupMark.objects.exists()


@transaction.atomic
def _note(day: date, figures: Pairs) -> None:
    ReadinessMonth.objects.bulk_create(
        (
            ReadinessMonth(
                department_id=department, module_id=module, ends_on=day, **found._asdict()
            )
            for (department, module), found in (figures or _nothing()).items()
        ),
        ROWS_AT_ONCE,
        ignore_conflicts=True,
    )


def _nothing() -> Pairs:
    """One row that says that nobody was counted: so the month isn't worked out again."""
    top, modules = Department.objects.filter(depth=1).first(), every_module()
    return {(top.pk, min(modules)): NOTHING} if top and modules else {}
