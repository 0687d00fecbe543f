"""The next 90 days of a department, from today's rows: nothing is guessed but its usual pace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from departments.reports.workforce import Workforce, workforce_along, workforce_below
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
    return usual_paces([department], on=on)[department.pk]


def usual_paces(departments: Iterable[Department], *, on: date) -> dict[int, Rate]:
    """Of several departments at once: six queries at the most, however many there are."""
    by_key = {f"pace:{each.pk}:{on.isoformat()}": each for each in departments}
    kept: dict[str, tuple[int, int]] = cache.get_many(by_key)
    missing = [each for key, each in by_key.items() if key not in kept]
    paces = _paces(missing, on) if missing else {}
    found = {
        key: (paces[each.pk].answered, paces[each.pk].occasions)
        for key, each in by_key.items()
        if each.pk in paces
    }
    if found:
        cache.set_many(found, AN_HOUR)
    return {each.pk: Rate(*(kept | found)[key]) for key, each in by_key.items()}


def _paces(departments: Sequence[Department], on: date) -> dict[int, Rate]:
    first = on - timedelta(weeks=WEEKS_OF_PACE)
    workforce = workforce_along([each.path for each in departments], on=first, last=on)
    parts = {
        each.pk: replace(part, colleagues=sampled(part.colleagues))
        for each in departments
        for part in (workforce.along(each.path, on),)
    }
    people = {each.person_id for part in parts.values() for each in part.colleagues}
    logs = _logs(sorted(people), {each.module_id for each in workforce.columns}, first)
    days = Period(first, on)
    return {each.pk: _pace(parts[each.pk], each.path, logs, days) for each in departments}


def _pace(
    workforce: Workforce, path: str, logs: Mapping[tuple[int, int], Log], weeks: Period
) -> Rate:
    modules = {each.module_id for each in workforce.columns}
    needs = Span(workforce, path, weeks, modules).needs()
    return pace(
        ((stretches, logs.get((person, module), [])) for person, module, stretches in needs),
        on=weeks.ends_on or date.max,
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
