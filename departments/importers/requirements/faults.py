"""What is wrong with the days and limits of one row, and how to put it right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from departments.importers.requirements.limits import Limits
from departments.importers.requirements.rows import Line
from departments.models import Requirement
from departments.reports.terms import MOST_AHEAD, MOST_JOINER_DAYS

# A fault needn't repeat more of what stands in a cell.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Problem:
    message: str
    remedy: str


def no_due(line: Line) -> Iterable[Problem]:
    yield Problem(
        _("“%(text)s” says no date and no number of days.") % {"text": line.due_text[:MOST_SHOWN]},
        _("Write a date like 2026-02-28, or a time after joining like 30 days (at most %(most)s).")
        % {"most": MOST_JOINER_DAYS},
    )


def wrong_limits(limits: Limits) -> Iterator[Problem]:
    yield from (Problem(*told) for told in limits.unknown_levels)
    if limits.is_day_unclear:
        yield Problem(
            _("“%(text)s” is not a day.") % {"text": (limits.starts_on or "")[:MOST_SHOWN]},
            _("Write a day like 2026-02-28, or nothing."),
        )


def out_of_reach(line: Line, stored: Requirement | None, today: date | None) -> Iterator[Problem]:
    """The same days as on the screen; one that is stored already may stay though it has gone by."""
    due_on, starts_on = line.due.on if line.due else None, line.limits.day
    if due_on and starts_on and starts_on > due_on:
        yield Problem(
            _("It is asked from %(day)s, after it must be known.") % {"day": starts_on.isoformat()},
            _("Write an earlier day, or none."),
        )
    if today is None:
        return
    kept = {stored.due_on, stored.starts_on} if stored else set()
    for day in {due_on, starts_on} - kept - {None}:
        if day and not today <= day <= today + MOST_AHEAD:
            yield Problem(
                _("%(day)s can't be asked for.") % {"day": day.isoformat()},
                _("Write today or a day in the next three years."),
            )
