"""What it would mean for people to be asked for a module, on other terms, or no longer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from departments.models import Department, Membership, Requirement
from departments.readiness import Readiness, Reason, tally
from departments.reports.people import (
    PersonRow,
    binds,
    memberships_of_all_below,
    modules_asked_by,
    person_rows,
    requirement_of,
)
from departments.reports.requirements import (
    asker_of,
    first_day,
    people_alike,
    people_bound,
    requirement_above,
)
from departments.reports.terms import Terms, terms_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What a requirement means for the people whom it binds, today or when it begins.

    `people` is everybody; `needed` leaves out joiners, who have until `joiners_until` at the
    latest, and whoever is on leave or exempt. `days` is the time left until the due day;
    `elsewhere` counts those below whose own department asks for the same on terms of its own,
    `not_of_kind` those of other levels and titles, whom nobody asks.
    """

    terms: Terms
    people: int
    needed: int
    ready: int
    joiners: int
    joiners_until: date | None
    on_leave: int
    exempt: int
    elsewhere: int
    days: int | None
    not_of_kind: int = 0
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """How many people a requirement binds, and which one from above binds `kept` of them then."""

    people: int
    above: Requirement | None
    kept: int = 0

    @property
    def freed(self) -> int:
        return self.people - self.kept


@dataclass(frozen=True, slots=True)
class Bound:
    """Somebody who works below, and the requirement that asks her; perhaps none does."""

    row: PersonRow
    by: Requirement | None


def requirement_effect(requirement: Requirement, *, on: date) -> Effect:
    """What it means to ask for this; the requirement need not be stored yet, or may be changed."""
    return requirement_effects([requirement], on=on)[0]


def requirement_effects(wanted: Sequence[Requirement], *, on: date) -> list[Effect]:
    """What all of them mean together, in the order given.

    Six queries, however many there are, for each of the days on which one of them begins.
    """
    if not wanted:
        return []
    settled = requirements_after(wanted)
    by_day: dict[date, list[Requirement]] = {}
    for each in wanted:
        by_day.setdefault(first_day(each, on), []).append(each)
    effects = {
        id(requirement): effect
        for day, some in by_day.items()
        for requirement, effect in _effects_on(day, some, settled, on)
    }
    return [effects[id(each)] for each in wanted]


def _effects_on(
    day: date, wanted: Sequence[Requirement], settled: Sequence[Requirement], today: date
) -> list[tuple[Requirement, Effect]]:
    memberships = memberships_of_all_below(common_path(wanted), day)
    places = {module.pk: place for place, module in enumerate(modules_asked_by(settled))}
    people = by_person(memberships, person_rows(memberships, settled, day))
    return [
        (each, effect_of(each, bound_by(each, settled, people, day), places[each.module_id], today))
        for each in wanted
    ]


type Placed = list[tuple[Membership, PersonRow]]


def by_person(memberships: Iterable[Membership], rows: Iterable[PersonRow]) -> list[Placed]:
    pairs = zip(memberships, rows, strict=True)
    return [list(group) for _key, group in groupby(pairs, key=lambda pair: pair[0].person_id)]


def bound_by(
    requirement: Requirement, settled: Iterable[Requirement], people: Iterable[Placed], day: date
) -> list[Bound]:
    """Everybody who works below its department, and who asks her for its module."""
    of_module = [each for each in settled if each.module_id == requirement.module_id]
    found = []
    for placed in people:
        if any(binds(requirement, membership.department) for membership, _row in placed):
            asked = ((row, requirement_of(place, of_module, day)) for place, row in placed)
            row, asker = next((pair for pair in asked if pair[1]), (placed[0][1], None))
            found.append(Bound(row, asker))
    return found


def requirements_after(wanted: Iterable[Requirement]) -> list[Requirement]:
    """All for these modules, as they would be; the nearest first."""
    planned = {(each.department_id, each.module_id): each for each in wanted}
    stored = Requirement.objects.filter(
        module__in={each.module_id for each in planned.values()}
    ).select_related("department", "module")
    kept = [each for each in stored if (each.department_id, each.module_id) not in planned]
    return sorted([*kept, *planned.values()], key=lambda each: -each.department.depth)


def common_path(requirements: Iterable[Requirement]) -> str:
    """The place of the lowest department above all of theirs; empty where there is none."""
    paths = [requirement.department.path for requirement in requirements]
    shortest = min(paths, key=len)
    lengths = range(len(shortest), 0, -Department.steplen)
    shared = (shortest[:length] for length in lengths)
    return next((path for path in shared if all(each.startswith(path) for each in paths)), "")


def effect_of(requirement: Requirement, people: Sequence[Bound], place: int, on: date) -> Effect:
    bound = [each.row for each in people if each.by is requirement]
    found = [cell for row in bound if (cell := row.cells[place].readiness)]
    figures = tally(readiness.state for readiness in found)
    reasons = Counter(readiness.reason for readiness in found)
    return Effect(
        terms=terms_of(requirement),
        people=len(bound),
        needed=figures.needed,
        ready=figures.ready,
        joiners=reasons[Reason.JOINER],
        joiners_until=last_day(found),
        on_leave=reasons[Reason.LEAVE],
        exempt=reasons[Reason.EXEMPT],
        elsewhere=sum(each.by is not None and each.by is not requirement for each in people),
        days=terms_of(requirement).days_from(on),
        not_of_kind=sum(each.by is None for each in people),
        is_to_come=first_day(requirement, on) > on,
    )


def last_day(found: Iterable[Readiness]) -> date | None:
    """Until when the last joiner isn't counted."""
    return max(
        (each.until for each in found if each.reason is Reason.JOINER and each.until), default=None
    )


def requirement_removal(requirement: Requirement, *, on: date) -> Removal:
    settled = requirements_after([requirement])
    others = [each for each in settled if each is not requirement]
    people = people_alike(requirement.department.path, on)
    day = first_day(requirement, on)
    kept = sum(
        count
        for places, count in people
        if asker_of(places, settled, day) is requirement and asker_of(places, others, day)
    )
    return Removal(
        people=people_bound(requirement, settled, people, on),
        above=requirement_above(requirement.department, requirement.module),
        kept=kept,
    )
