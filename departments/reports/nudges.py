"""Who was nudged, and what still waits for her."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from departments.models import Nudge
from departments.readiness import Readiness, State
from departments.reports.people import rows_of
from departments.reports.rows import PersonRow
from knowledge.workdays import monday_of
from quizzes.days import organisation_day

A_WEEK = timedelta(days=7)
# What waits for a person, and may be nudged about.
TO_DO = frozenset(
    {
        State.CHECK_THE_CHANGE,
        State.PREVIOUS_VERSION,
        State.PRACTICE_DUE,
        State.LAPSED,
        State.STARTED,
        State.NOT_STARTED,
    }
)


@dataclass(frozen=True, slots=True)
class NudgedModule:
    """A module that still waits for whoever was nudged about it."""

    title: str
    slug: str
    readiness: Readiness

    @property
    def is_change(self) -> bool:
        return self.readiness.state in {State.CHECK_THE_CHANGE, State.PREVIOUS_VERSION}

    @property
    def is_practice(self) -> bool:
        return self.readiness.state is State.PRACTICE_DUE


@dataclass(frozen=True, slots=True)
class OpenNudge:
    """What a head wrote to one person, and what of it is still to do."""

    by_name: str
    text: str
    day: date
    modules: tuple[NudgedModule, ...]


def nudged_in_week(people: Collection[int], *, on: date) -> dict[int, date]:
    """Who has been nudged in the week of that day, and when."""
    nudges = Nudge.objects.filter(person_id__in=people, week=monday_of(on))
    return {person: organisation_day(at) for person, at in nudges.values_list("person_id", "at")}


def open_nudges(people: Collection[int], on: date) -> dict[int, OpenNudge]:
    """The newest of this week or the last, by person, as long as something of it is to be done.

    Seven queries at the most, and one where nobody was nudged.
    """
    since = monday_of(on) - A_WEEK
    nudges = Nudge.objects.filter(person_id__in=people, week__gte=since, week__lte=on)
    newest = {
        nudge.person_id: nudge
        for nudge in nudges.select_related("by").prefetch_related("modules").order_by("at")
    }
    if not newest:
        return {}
    rows = {row.person_id: row for row in rows_of(sorted(newest), on=on)}
    found = {}
    for person, nudge in newest.items():
        about = {module.pk for module in nudge.modules.all()}
        waiting = nudged_modules(rows[person], about) if person in rows else ()
        if waiting:
            by_name = str(nudge.by) if nudge.by else ""
            found[person] = OpenNudge(by_name, nudge.text, organisation_day(nudge.at), waiting)
    return found


def nudged_modules(row: PersonRow, about: Collection[int]) -> tuple[NudgedModule, ...]:
    """Those of the modules that wait for her."""
    return tuple(
        NudgedModule(cell.title, cell.slug, cell.readiness)
        for cell in row.cells
        if cell.module_id in about and cell.readiness and cell.readiness.state in TO_DO
    )
