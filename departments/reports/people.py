"""One person among her colleagues: her row, her places, and who sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from departments.counting import Given, Place, plain_title
from departments.models import Department, Headship, Membership, Requirement
from departments.models.organisation import MembershipQuerySet
from departments.readiness import Need, Period, Readiness, State, state_on
from departments.reports.asked import ask_of, steps_down_to
from departments.reports.given_rows import given_to
from departments.reports.rows import (
    PROVED,
    Cell,
    Colleague,
    Column,
    NotCounted,
    PersonRow,
    Rows,
    proof_of,
)
from departments.reports.workforce import proved_by, workforce_of
from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words

__all__ = ["PROVED", "Cell", "NotCounted", "PersonRow"]


def home_membership(person: AbstractBaseUser, *, on: date) -> Membership | None:
    """Her home, or where she has none, the first of her departments."""
    return places_of(person, on=on).with_joining_day().first()


def person_readiness(membership: Membership, *, on: date) -> PersonRow:
    """One person's row, just as in the table of the department where this membership is."""
    path = membership.department.path
    workforce = workforce_of([membership.person_id], on=on, path=path)
    row = workforce.rows(on=on, scope=path)[0]
    return replace(row, cells=tuple(cell for cell in row.cells if cell.readiness is not None))


@dataclass(frozen=True, slots=True)
class Seen:
    """A person's row in one of her departments, and who is shown it."""

    row: PersonRow
    heads: tuple[Headship, ...]

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        return (self.row,)


def seen_of(person: AbstractBaseUser, *, on: date) -> list[Seen]:
    """All that others see about her: a row for each of her departments, her home first."""
    departments = {place.department_id: place for place in reversed(places_of(person, on=on))}
    return [
        Seen(person_readiness(place, on=on), tuple(heads_of(place.department, on=on)))
        for place in reversed(departments.values())
    ]


def rows_of(people: Sequence[int], *, on: date) -> list[PersonRow]:
    """What all their departments ask of these people, wherever they work; six queries at most."""
    return workforce_of(people, on=on).rows(on=on, scope="")


def places_of(person: AbstractBaseUser, *, on: date) -> MembershipQuerySet:
    """Where she works on the day, her home first."""
    return (
        Membership.objects.current(on=on)
        .filter(person_id=person.pk)
        .select_related("department", "person")
        .order_by("-is_home", "starts_on", "department__path")
    )


def requirement_of(
    membership: Membership, requirements: Iterable[Requirement], on: date
) -> Requirement | None:
    """The one that binds her there, of those for one module, the nearest first."""
    title = plain_title(membership.title)
    bound = (each for each in requirements if binds(each, membership.department))
    asks = ((each, ask_of(each)) for each in bound)
    found = (each for each, ask in asks if ask.has_begun(on) and ask.asks(membership.level, title))
    return next(found, None)


def standing_readiness(person: AbstractBaseUser, module: ModulePage, *, on: date) -> Readiness:
    """A person's own state in a module, whether or not her department asks for it."""
    proved = proved_by([person.pk], [module.pk]).get(person.pk, {}).get(module.pk)
    return state_on(on, Need(membership=Period()), proof_of(proved)) or Readiness(State.NOT_STARTED)


def heads_of(department: Department, *, on: date) -> list[Headship]:
    """Who sees this department: its heads and deputies, and those above."""
    return list(
        Headship.objects.current(on=on)
        .filter(department__path__in=paths_down_to(department))
        .select_related("person", "department")
        .order_by("-department__depth", "-kind", "person__last_name")
    )


def memberships_of_all_below(path: str, on: date) -> list[Membership]:
    """Of whoever works at this place or below it: all her places, in counting order."""
    below = Membership.objects.current(on=on).filter(
        department__path__startswith=path, person__is_active=True
    )
    return list(
        Membership.objects.current(on=on)
        .with_joining_day()
        .filter(person__in=below.values("person"))
        .select_related("person", "department")
        .order_by("person_id", "-is_home", "department__path")
    )


def binding_places(department: Department) -> Q:
    return Q(department__path__in=paths_down_to(department)) | Q(
        department__path__startswith=department.path
    )


def paths_down_to(department: Department) -> list[str]:
    return steps_down_to(department.path)


def binds(requirement: Requirement, department: Department) -> bool:
    is_at_or_below: bool = department.path.startswith(requirement.department.path)
    return is_at_or_below


def modules_asked_by(requirements: Iterable[Requirement]) -> list[ModulePage]:
    by_pk = {requirement.module_id: requirement.module for requirement in requirements}
    return sorted(in_readers_words(by_pk.values()), key=lambda module: module.path)


def person_rows(
    memberships: Sequence[Membership], requirements: Sequence[Requirement], on: date
) -> list[PersonRow]:
    """How these people would stand if these requirements, and no others, were asked of them.

    Each is looked at in this one of her departments, and as if nothing had been assigned to her.
    """
    people = [membership.person_id for membership in memberships]
    modules = modules_asked_by(requirements)
    columns = [Column(page.pk, page.title, page.slug) for page in modules]
    maker = Rows(map(ask_of, requirements), columns, on=on, scope="")
    proved = proved_by(people, [page.pk for page in modules])
    given = given_to(people, Period(on, on))
    return [
        maker.row(
            alone_in(membership),
            without_assignments(given.get(membership.person_id, {})),
            proved.get(membership.person_id, {}),
        )
        for membership in memberships
    ]


def alone_in(membership: Membership) -> Colleague:
    place = Place(
        department_id=membership.department_id,
        department=membership.department.name,
        path=membership.department.path,
        title=membership.title,
        level=membership.level,
        is_home=True,
        period=Period(membership.starts_on, membership.ends_on),
        leave=Period(membership.leave_from, membership.leave_to) if membership.leave_from else None,
    )
    return Colleague(
        membership.person_id, str(membership.person), membership.joined_on, places=(place,)
    )


def without_assignments(given: Mapping[int, Given]) -> dict[int, Given]:
    return {module: replace(each, assigned=None) for module, each in given.items()}
