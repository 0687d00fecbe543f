"""What it would mean for people to be asked for a module, on other terms, or no longer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from departments.models import Department, Requirement
from departments.readiness import Readiness, Reason, tally
from departments.reports.people import (
    PersonRow,
    home_memberships_below,
    modules_asked_by,
    person_rows,
)
from departments.reports.requirements import (
    Terms,
    paths_nearer,
    people_bound,
    people_by_path,
    requirement_above,
    terms_of,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a requirement means, on one day, for the people whom it binds.

    `people` is everybody; `needed` leaves out joiners, who have until `joiners_until` at the
    latest, and whoever is on leave or exempt. `days` is the time left until the due day;
    `elsewhere` counts those below whose own department asks for the same on terms of its own.
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


@dataclass(frozen=True, slots=True)
class Removal:
    """How many people a requirement binds, and which one binds them when it is gone."""

    people: int
    above: Requirement | None


def requirement_effect(requirement: Requirement, *, on: date) -> Effect:
    """What it means to ask for this; the requirement need not be stored yet, or may be changed."""
    return requirement_effects([requirement], on=on)[0]


def requirement_effects(wanted: Sequence[Requirement], *, on: date) -> list[Effect]:
    """What all of them mean together, in the order given. Six queries, however many there are."""
    if not wanted:
        return []
    settled = requirements_after(wanted)
    memberships = home_memberships_below(common_path(wanted), on)
    places = {module.pk: place for place, module in enumerate(modules_asked_by(settled))}
    by_module: dict[int, list[Requirement]] = {}
    for requirement in settled:
        by_module.setdefault(requirement.module_id, []).append(requirement)
    by_path: dict[str, list[PersonRow]] = {}
    for membership, row in zip(memberships, person_rows(memberships, settled, on), strict=True):
        by_path.setdefault(membership.department.path, []).append(row)
    return [
        effect_of(each, by_module[each.module_id], by_path, places[each.module_id], on)
        for each in wanted
    ]


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


def effect_of(
    requirement: Requirement,
    of_module: Iterable[Requirement],
    by_path: Mapping[str, Sequence[PersonRow]],
    place: int,
    on: date,
) -> Effect:
    top, nearer = requirement.department.path, paths_nearer(requirement, of_module)
    below = [path for path in by_path if path.startswith(top)]
    bound = [row for path in below if not path.startswith(nearer) for row in by_path[path]]
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
        elsewhere=sum(len(by_path[path]) for path in below) - len(bound),
        days=terms_of(requirement).days_from(on),
    )


def last_day(found: Iterable[Readiness]) -> date | None:
    """Until when the last joiner isn't counted."""
    return max(
        (each.until for each in found if each.reason is Reason.JOINER and each.until), default=None
    )


def requirement_removal(requirement: Requirement, *, on: date) -> Removal:
    settled = requirements_after([requirement])
    counts = people_by_path(requirement.department, on)
    return Removal(
        people=people_bound(requirement, settled, counts),
        above=requirement_above(requirement.department, requirement.module),
    )
