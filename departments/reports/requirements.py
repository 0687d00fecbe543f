"""What departments ask of their people.

The nearest requirement binds: a department's own goes before one from above. So a requirement
reaches everybody below its department but those whose own department, or one between, asks for
the same module itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from departments.models import Department, DepartmentQuerySet, Membership, Requirement
from departments.reports.people import (
    binding_requirements,
    binds,
    paths_down_to,
)
from departments.reports.roster import department_paths
from knowledge.models import ModulePage
from knowledge.models.pages import KnowledgeQuerySet

# What may be asked, on the screen and in a file.
MOST_JOINER_DAYS = 1000
MOST_AHEAD = timedelta(days=3 * 365 + 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """By when people must be ready, and how many days somebody has who has just joined.

    As text it stands in forms, so that a change by somebody else is noticed.
    """

    due_on: date | None
    joiner_days: int

    def __str__(self) -> str:
        return f"{self.due_on or ''}+{self.joiner_days}"

    def days_from(self, day: date) -> int | None:
        return (self.due_on - day).days if self.due_on else None


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


def terms_of(requirement: Requirement) -> Terms:
    return Terms(requirement.due_on, requirement.joiner_days)


def modules_to_ask(department: Department) -> list[ModulePage]:
    """Modules that colleagues can open and that the department isn't asked for yet."""
    asked = Requirement.objects.filter(department__path__in=paths_down_to(department))
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
    requirements = binding_requirements(department)
    counts = people_by_path(department, on)
    asked = [
        (requirement, asked_of(requirement, people_bound(requirement, requirements, counts)))
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
            if requirement.department_id != department.pk
            and requirement is nearest(here, department, requirement.module_id)
        ),
        below=tuple(
            told for requirement, told in asked if requirement.department.depth > department.depth
        ),
        hidden=own - len(kept),
    )


def people_by_path(department: Department, on: date) -> Counter[str]:
    """How many people are at home in the department and in each one below it, by tree path."""
    members = Membership.objects.current(on=on).filter(
        is_home=True, department__path__startswith=department.path, person__is_active=True
    )
    return Counter(members.values_list("department__path", flat=True))


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


def nearest(
    requirements: Iterable[Requirement], department: Department, module_id: int
) -> Requirement | None:
    """The one that binds the department; `requirements` come with the nearest first."""
    return next(
        (each for each in requirements if each.module_id == module_id and binds(each, department)),
        None,
    )


def people_bound(
    requirement: Requirement, requirements: Iterable[Requirement], counts: Counter[str]
) -> int:
    nearer = paths_nearer(requirement, requirements)
    return sum(
        count
        for path, count in counts.items()
        if path.startswith(requirement.department.path) and not path.startswith(nearer)
    )


def paths_nearer(requirement: Requirement, requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """Departments below the requirement's that ask for the same module themselves."""
    top = requirement.department.path
    return tuple(
        other.department.path
        for other in requirements
        if other.module_id == requirement.module_id
        and other.department.path != top
        and other.department.path.startswith(top)
    )


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
