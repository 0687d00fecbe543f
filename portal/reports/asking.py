"""What is asked of people, module by module, as the rules of mails read it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from departments.models import Assignment, Membership, Requirement
from departments.readiness import Period, Readiness, Reason, State
from departments.reports.people import Cell, requirement_of, rows_of
from knowledge.models import Change, ModulePage
from portal.mailing import Asked, Obligation, obligations_of
from quizzes.days import organisation_day
from quizzes.models import ModuleChange, Standing

# Not counted yet, and asked all the same: until a day.
HAS_TIME = frozenset({Reason.JOINER, Reason.ASSIGNED})
PROVED = ("ready_until", "practice_from", "own_ready_until", "unchecked_id")

type PersonAndModule = tuple[int, int]
type Places = dict[int, list[Membership]]


@dataclass(slots=True)
class Asking:
    """By person; `states` are those of modules that she is told of."""

    obligations: dict[int, list[Obligation]] = field(default_factory=lambda: defaultdict(list))
    states: dict[PersonAndModule, State] = field(default_factory=dict)
    leave: dict[int, tuple[Period, ...]] = field(default_factory=dict)


def asking_of(people: Sequence[int], on: date) -> Asking:
    """Always the same number of queries. Whoever isn't a member that day is asked nothing."""
    places = _places(people, on)
    asked_since = AskedSince(places, people, on)
    proved = _proved(people)
    found = Asking(leave={person: _leave(hers[0]) for person, hers in places.items()})
    for row in rows_of(people, on=on):
        for cell in row.cells:
            if cell.readiness is None or not _is_told(cell.readiness):
                continue
            key = (row.person_id, cell.module_id)
            asked = proved.get(key) or Asked(cell.module_id)
            if asked.ready_until is None:
                department = cell.counted_in or row.department_id
                asked = replace(
                    asked,
                    asked_on=asked_since.day(row.person_id, department, cell.module_id),
                    due_on=_due(cell, cell.readiness),
                )
            found.states[key] = cell.readiness.state
            found.obligations[row.person_id] += obligations_of(asked)
    return found


class AskedSince:
    """Since when somebody is asked; people in the same place share the answer."""

    def __init__(self, places: Places, people: Sequence[int], on: date) -> None:
        self._places = {(row.person_id, row.department_id): row for row in _all(places)}
        self._of_module: dict[int, list[Requirement]] = defaultdict(list)
        for requirement in _requirements():
            self._of_module[requirement.module_id].append(requirement)
        assigned = Assignment.objects.current(on=on).filter(person_id__in=people)
        self._assigned = {(row.person_id, row.module_id): row.starts_on for row in assigned}
        self._on = on
        self._known: dict[tuple[int, str, str, int], Requirement | None] = {}

    def day(self, person: int, department: int, module: int) -> date | None:
        membership = self._places.get((person, department))
        requirement = self._requirement(membership, module) if membership else None
        if membership is None or requirement is None:
            return self._assigned.get((person, module))
        days = (membership.starts_on, requirement.known_from, requirement.starts_on)
        return max(day for day in days if day)

    def _requirement(self, membership: Membership, module: int) -> Requirement | None:
        place = (membership.department_id, membership.level, membership.title, module)
        if place not in self._known:
            nearest_first = self._of_module[module]
            self._known[place] = requirement_of(membership, nearest_first, self._on)
        return self._known[place]


def _places(people: Sequence[int], on: date) -> Places:
    """Where each works, her home first."""
    places: Places = defaultdict(list)
    rows = (
        Membership.objects.current(on=on)
        .filter(person_id__in=people, person__is_active=True)
        .select_related("department")
        .order_by("-is_home", "starts_on", "department__path")
    )
    for row in rows:
        places[row.person_id].append(row)
    return places


def _all(places: Places) -> Iterator[Membership]:
    for hers in places.values():
        yield from hers


def _requirements() -> list[Requirement]:
    opened = Requirement.objects.filter(module__in=ModulePage.objects.open_to_colleagues())
    return list(
        opened.select_related("department", "module").order_by("-department__depth", "module__path")
    )


def _leave(membership: Membership) -> tuple[Period, ...]:
    if membership.leave_from is None:
        return ()
    return (Period(membership.leave_from, membership.leave_to),)


def _is_told(readiness: Readiness) -> bool:
    return readiness.state.is_counted or readiness.reason in HAS_TIME


def _due(cell: Cell, readiness: Readiness) -> date | None:
    """Whoever still has time is due when it is over, or later."""
    days = [day for day in (cell.due_on, readiness.until) if day]
    return max(days, default=None)


def _proved(people: Sequence[int]) -> dict[PersonAndModule, Asked]:
    standings = Standing.objects.filter(person_id__in=people)
    rows = list(standings.values_list("person_id", "module_id", *PROVED))
    changes = _changes({change for *_rest, change in rows if change})
    return {
        (person, module): replace(
            changes.get(change) or Asked(module),
            key=module,
            ready_until=until,
            practice_from=practice_from,
            own_until=own,
            unchecked=change,
        )
        for person, module, until, practice_from, own, change in rows
    }


def _changes(keys: Collection[int]) -> dict[int | None, Asked]:
    """What each change that waits adds to what is asked."""
    changes = ModuleChange.objects.filter(pk__in=keys).select_related("change")
    return {
        one.pk: Asked(
            one.module_id,
            changed_on=organisation_day(one.at),
            is_told_at_once=one.change.kind == Change.Kind.NOW,
        )
        for one in changes.only("at", "module_id", "change__kind")
    }
