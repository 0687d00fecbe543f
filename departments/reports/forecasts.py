"""The next 90 days of a department, from today's rows: nothing is guessed but its usual pace."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from departments.forecast import DAYS, Forecast, Prospect, forecast
from departments.models import Department
from departments.pace import WEEKS_OF_PACE, Rate, pace
from departments.readiness import ChangeEvent, Event, Period
from departments.reports.prospects import Span
from departments.reports.rows import proof_of
from departments.reports.scheduled import ScheduledChange, changes_ahead
from departments.reports.workforce import Workforce, workforce_below
from quizzes.days import organisation_day
from quizzes.models import ModuleChange, StandingEvent

AN_HOUR = 60 * 60
# Of larger departments a part, spread over the alphabet, tells the pace.
MOST_LOOKED_AT = 300
EVENT_FIELDS = ("ready_to", "practice_from", "version", "own_ready_to")

type Log = list[Event | ChangeEvent]


def workforce_ahead(department: Department, *, on: date) -> Workforce:
    """All that is known of a department's people for the days of a forecast; five queries."""
    return workforce_below(department.path, on=on, last=on + timedelta(days=DAYS))


def module_forecast(
    department: Department,
    module: int,
    *,
    on: date,
    scheduled: Sequence[ScheduledChange] = (),
    workforce: Workforce | None = None,
) -> Forecast:
    """How many of a department, and all below it, will be ready for one module.

    `scheduled` are what will go live. No query of its own where `workforce` is given and nothing
    that is scheduled reaches the module; the pace is worked out once an hour.
    """
    known = workforce or workforce_ahead(department, on=on)
    days = Period(on, on + timedelta(days=DAYS))
    span = Span(known, department.path, days, {module})
    return forecast(
        [
            Prospect(needs, proof_of(known.proved.get(person, {}).get(module)))
            for person, _module, needs in span.needs()
        ],
        changes_ahead(scheduled, module),
        on=on,
        rate=usual_pace(department, on=on),
    )


def usual_pace(department: Department, *, on: date) -> Rate:
    """How many occasions of the last eight weeks its people answered in time, in all its modules.

    These weeks are over: what is found is kept for an hour.
    """
    key = f"pace:{department.pk}:{on.isoformat()}"
    found: tuple[int, int] | None = cache.get(key)
    if found is None:
        rate = _pace(department, on)
        found = (rate.answered, rate.occasions)
        cache.set(key, found, AN_HOUR)
    return Rate(*found)


def _pace(department: Department, on: date) -> Rate:
    first = on - timedelta(weeks=WEEKS_OF_PACE)
    workforce = workforce_below(department.path, on=first, last=on)
    modules = {each.module_id for each in workforce.columns}
    some = replace(workforce, colleagues=sampled(workforce.colleagues))
    logs = _logs([each.person_id for each in some.colleagues], modules, first)
    needs = Span(some, department.path, Period(first, on), modules).needs()
    return pace(
        ((stretches, logs.get((person, module), [])) for person, module, stretches in needs), on=on
    )


def sampled[T](everybody: Sequence[T]) -> Sequence[T]:
    """Of many, every second or third and so on: their pace is the pace of all."""
    return everybody[:: ceil(len(everybody) / MOST_LOOKED_AT) or 1]


def _logs(people: Sequence[int], modules: Iterable[int], first: date) -> dict[tuple[int, int], Log]:
    """Each person's events and the changes of the module, as they came.

    Dates that had ended before the first day are no occasion, so their events are left out.
    """
    dated = Q(ready_to__gte=first) | Q(own_ready_to__gte=first)
    events = StandingEvent.objects.filter(dated, person_id__in=people, module_id__in=modules)
    changes = defaultdict[int, list[tuple[Any, ChangeEvent]]](list)
    for row in ModuleChange.objects.filter(module_id__in=modules).order_by("at", "pk"):
        changes[row.module_id].append((row.at, ChangeEvent(organisation_day(row.at), row.step)))
    entries = defaultdict[tuple[int, int], list[tuple[Any, Event | ChangeEvent]]](list)
    rows: Iterable[Any] = events.order_by("at", "pk").values_list(
        "person_id", "module_id", "at", *EVENT_FIELDS
    )
    for person, module, at, *fields in rows:
        entries[person, module].append((at, Event(organisation_day(at), *fields)))
    return {
        (person, module): [
            entry for _at, entry in sorted([*own, *changes[module]], key=lambda one: one[0])
        ]
        for (person, module), own in entries.items()
    }
