"""What departments ask of their people.

The nearest requirement that asks somebody binds her: a department's own goes before one from above.
So a requirement reaches everybody below its department, of its levels and job titles, but those
whom their own department, or one between, asks for the same module itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from departments.models import Department, DepartmentQuerySet, Membership, Requirement
from departments.reports.asked import requirements_of, steps_down_to
from departments.reports.people import (
    binding_places,
    binds,
    paths_down_to,
    requirement_of,
)
from departments.reports.roster import department_paths
from departments.reports.terms import Terms, terms_of
from knowledge.models import ModulePage
from knowledge.models.pages import KnowledgeQuerySet

# Somebody's places in counting order, and how many there are who work just like her.
type Alike = tuple[tuple[Membership, ...], int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement, and how many of a department's people it binds."""

    requirement_id: int
    module_title: str
    module_slug: str
    department_id: int
    department_name: str
    terms: Terms
    people: int


@dataclass(frozen=True, slots=True)
class DepartmentRequirements:
    """What a department's people must know: asked by itself, from above, or by a part of it.

    `hidden` counts its own requirements whose module colleagues can't open at present.
    """

    own: tuple[Asked, ...]
    inherited: tuple[Asked, ...]
    below: tuple[Asked, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class WrittenRequirement:
    """One requirement as a file holds it: the names of the department and of those above it."""

    department: tuple[str, ...]
    module_slug: str
    terms: Terms


def modules_to_ask(department: Department) -> list[ModulePage]:
    """Modules that colleagues can open and that not everybody here is asked for yet."""
    asked = Requirement.objects.filter(
        Q(department=department) | Q(levels=[], titles=[]),
        department__path__in=paths_down_to(department),
    )
    modules = ModulePage.objects.open_to_colleagues().exclude(pk__in=asked.values("module"))
    return list(modules.order_by("title"))


def requirement_above(department: Department, module: ModulePage) -> Requirement | None:
    """The nearest requirement from above, whether or not the department has its own."""
    return (
        Requirement.objects.filter(
            department__path__in=paths_down_to(department)[:-1], module_id=module.pk
        )
        .select_related("department", "module")
        .order_by("-department__depth")
        .first()
    )


def department_requirements(department: Department, *, on: date) -> DepartmentRequirements:
    """Four queries, however many people, requirements and departments there are."""
    people = people_alike(department.path, on)
    known = requirements_of(binding_places(department) | places_of_all(people))
    requirements = [each for each in known if is_of_line(each, department)]
    asked = [
        (requirement, asked_of(requirement, people_bound(requirement, known, people, on)))
        for requirement in sorted(requirements, key=lambda each: each.module.title)
    ]
    here = [requirement for requirement in requirements if binds(requirement, department)]
    own = Requirement.objects.filter(department=department).count()
    kept = [told for requirement, told in asked if requirement.department_id == department.pk]
    return DepartmentRequirements(
        own=tuple(kept),
        inherited=tuple(
            told
            for requirement, told in asked
            if requirement.department_id != department.pk and is_told(requirement, here)
        ),
        below=tuple(
            told for requirement, told in asked if requirement.department.depth > department.depth
        ),
        hidden=own - len(kept),
    )


def is_of_line(requirement: Requirement, department: Department) -> bool:
    """At the department, above or below it."""
    is_below: bool = requirement.department.path.startswith(department.path)
    return is_below or binds(requirement, department)


def is_told(requirement: Requirement, here: Iterable[Requirement]) -> bool:
    """Whether it reaches the department: nothing nearer asks everybody for the same."""
    return requirement in here and not any(
        other.module_id == requirement.module_id
        and other.department.depth > requirement.department.depth
        and not (other.levels or other.titles)
        for other in here
    )


def people_alike(path: str, on: date) -> list[Alike]:
    """Who works in the department at this place or below it. One query."""
    below = Membership.objects.current(on=on).filter(
        department__path__startswith=path, person__is_active=True
    )
    rows = (
        Membership.objects.current(on=on)
        .filter(person__in=below.values("person"))
        .order_by("person", "-is_home", "department__path")
        .values_list("person_id", "department__path", "level", "title")
    )
    kinds = Counter(
        tuple(row[1:] for row in group) for _person, group in groupby(rows, key=itemgetter(0))
    )
    return [
        (
            tuple(
                Membership(department=Department(path=at), level=level, title=title)
                for at, level, title in kind
            ),
            count,
        )
        for kind, count in kinds.items()
    ]


def places_of_all(people: Iterable[Alike]) -> Q:
    paths = {place.department.path for places, _count in people for place in places}
    return Q(department__path__in={step for path in paths for step in steps_down_to(path)})


def asked_of(requirement: Requirement, people: int) -> Asked:
    return Asked(
        requirement_id=requirement.pk,
        module_title=requirement.module.title,
        module_slug=requirement.module.slug,
        department_id=requirement.department_id,
        department_name=requirement.department.name,
        terms=terms_of(requirement),
        people=people,
    )


def people_bound(
    requirement: Requirement, known: Iterable[Requirement], people: Iterable[Alike], on: date
) -> int:
    """How many it asks, on the first day on which it asks anybody."""
    day = first_day(requirement, on)
    of_module = [each for each in known if each.module_id == requirement.module_id]
    return sum(count for places, count in people if asker_of(places, of_module, day) is requirement)


def asker_of(
    places: Iterable[Membership], of_module: Sequence[Requirement], day: date
) -> Requirement | None:
    """The requirement for which somebody counts; her places are in counting order."""
    found = (requirement_of(place, of_module, day) for place in places)
    return next((each for each in found if each), None)


def first_day(requirement: Requirement, on: date) -> date:
    return max(on, requirement.starts_on or on)


def written_requirements(
    departments: DepartmentQuerySet, modules: KnowledgeQuerySet
) -> list[WrittenRequirement]:
    """In the order of the tree, then of the modules. Two queries."""
    requirements = Requirement.objects.filter(department__in=departments, module__in=modules)
    paths = department_paths()
    return [
        WrittenRequirement(paths[each.department_id], each.module.slug, terms_of(each))
        for each in requirements.select_related("module").order_by(
            "department__path", "module__path"
        )
    ]
