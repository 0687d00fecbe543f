"""One person's row: all that others see about her."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from departments.models import Department, Exemption, Headship, Membership, Requirement
from departments.readiness import (
    Need,
    Period,
    Proof,
    Readiness,
    State,
    state_on,
)
from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.models import Standing

PROVED = ("ready_until", "practice_from", "version", "own_ready_until", "own_practice_from")


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one module; `readiness` is `None` where the module isn't asked of her.

    `joiner_until` stands only in her own view: until then nobody counts her.
    """

    module_id: int
    title: str
    slug: str
    readiness: Readiness | None
    due_on: date | None = None
    joiner_until: date | None = None

    def due_ahead(self, on: date) -> date | None:
        """The due day while it lies ahead, its own day included; what is past is no longer said."""
        return self.due_on if self.due_on is not None and self.due_on >= on else None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """One reason, and the modules for which it holds; `is_of_all` are all that she is asked."""

    readiness: Readiness
    titles: tuple[str, ...]
    is_of_all: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """All that others see about a person: a state and a date per module."""

    person_id: int
    name: str
    title: str
    department_id: int
    department_name: str
    cells: tuple[Cell, ...]

    @property
    def not_counted(self) -> list[Cell]:
        return [
            cell
            for cell in self.cells
            if cell.readiness is not None and not cell.readiness.state.is_counted
        ]

    @property
    def reasons(self) -> list[NotCounted]:
        """Why she isn't counted, each reason once with all the modules that it holds for."""
        alike: dict[Readiness, list[str]] = {}
        for cell in self.not_counted:
            if cell.readiness:
                alike.setdefault(cell.readiness, []).append(cell.title)
        asked = sum(cell.readiness is not None for cell in self.cells)
        return [
            NotCounted(readiness, tuple(titles), is_of_all=len(titles) == asked > 1)
            for readiness, titles in alike.items()
        ]


def home_membership(person: AbstractBaseUser, *, on: date) -> Membership | None:
    membership: Membership | None = (
        Membership.objects.current(on=on)
        .with_joining_day()
        .filter(person_id=person.pk, is_home=True)
        .select_related("department", "person")
        .first()
    )
    return membership


def person_readiness(membership: Membership, *, on: date) -> PersonRow:
    """One person's row, made just as in her department's table."""
    requirements = [
        requirement
        for requirement in binding_requirements(membership.department)
        if binds(requirement, membership.department)
    ]
    return person_rows([membership], requirements, on)[0]


def standing_readiness(person: AbstractBaseUser, module: ModulePage, *, on: date) -> Readiness:
    """A person's own state in a module, whether or not her department asks for it."""
    proof = _proofs([person.pk], [module.pk]).get((person.pk, module.pk), Proof())
    return state_on(on, Need(membership=Period()), proof) or Readiness(State.NOT_STARTED)


def heads_of(department: Department, *, on: date) -> list[Headship]:
    """Who sees this department: its heads and deputies, and those above."""
    return list(
        Headship.objects.current(on=on)
        .filter(department__path__in=paths_down_to(department))
        .select_related("person", "department")
        .order_by("-department__depth", "kind", "person__last_name")
    )


def home_memberships(department: Department, on: date) -> list[Membership]:
    return home_memberships_below(department.path, on)


def home_memberships_below(path: str, on: date) -> list[Membership]:
    """Of the department at this place in the tree, and all below it; an empty path is all."""
    return list(
        Membership.objects.current(on=on)
        .with_joining_day()
        .filter(is_home=True, department__path__startswith=path, person__is_active=True)
        .select_related("person", "department")
        .order_by("person__last_name", "person__first_name", "person_id")
    )


def binding_requirements(department: Department) -> list[Requirement]:
    """Those that bind the department or a part of it, the nearest first."""
    return list(
        Requirement.objects.filter(
            Q(department__path__in=paths_down_to(department))
            | Q(department__path__startswith=department.path),
            module__in=ModulePage.objects.open_to_colleagues(),
        )
        .select_related("department", "module")
        .order_by("-department__depth", "module__path")
    )


def paths_down_to(department: Department) -> list[str]:
    steps = range(Department.steplen, len(department.path) + 1, Department.steplen)
    return [department.path[:length] for length in steps]


def binds(requirement: Requirement, department: Department) -> bool:
    is_at_or_below: bool = department.path.startswith(requirement.department.path)
    return is_at_or_below


def modules_asked_by(requirements: Iterable[Requirement]) -> list[ModulePage]:
    by_pk = {requirement.module_id: requirement.module for requirement in requirements}
    return sorted(in_readers_words(by_pk.values()), key=lambda module: module.path)


def person_rows(
    memberships: Sequence[Membership], requirements: Sequence[Requirement], on: date
) -> list[PersonRow]:
    people = [membership.person_id for membership in memberships]
    # A page's key is looked up through its parents, too slow for every cell.
    modules = [(page.pk, page.title, page.slug) for page in modules_asked_by(requirements)]
    module_ids = [pk for pk, _title, _slug in modules]
    bindings = _bindings(memberships, requirements)
    proofs = _proofs(people, module_ids)
    exemptions = _exemptions(people, module_ids, on)

    def cell(membership: Membership, pk: int, title: str, slug: str) -> Cell:
        binding = bindings.get((membership.department_id, pk))
        if binding is None:
            return Cell(pk, title, slug, None)
        need = _need(membership, binding, exemptions.get((membership.person_id, pk)))
        readiness = state_on(on, need, proofs.get((membership.person_id, pk), Proof()))
        return Cell(pk, title, slug, readiness, binding.due_on)

    return [
        PersonRow(
            person_id=membership.person_id,
            name=str(membership.person),
            title=membership.title,
            department_id=membership.department_id,
            department_name=membership.department.name,
            cells=tuple(cell(membership, *module) for module in modules),
        )
        for membership in memberships
    ]


def _bindings(
    memberships: Iterable[Membership], requirements: Sequence[Requirement]
) -> dict[tuple[int, int], Requirement]:
    """For each department and module, the nearest requirement that binds; these come first."""
    departments = {membership.department_id: membership.department for membership in memberships}
    return {
        (pk, requirement.module_id): requirement
        for pk, department in departments.items()
        for requirement in reversed(requirements)
        if binds(requirement, department)
    }


type PerPersonAndModule[T] = dict[tuple[int, int], T]


def _proofs(people: Sequence[int], modules: Sequence[int]) -> PerPersonAndModule[Proof]:
    standings = Standing.objects.filter(person_id__in=people, module_id__in=modules)
    rows: Iterable[Any] = standings.values_list("person_id", "module_id", *PROVED, "unchecked_id")
    return {
        (person, module): Proof(
            started=True, unchecked=unchecked, **dict(zip(PROVED, proved, strict=True))
        )
        for person, module, *proved, unchecked in rows
    }


def _exemptions(
    people: Sequence[int], modules: Sequence[int], on: date
) -> PerPersonAndModule[Exemption]:
    exemptions = Exemption.objects.current(on=on).filter(
        person_id__in=people, module_id__in=modules
    )
    return {(exemption.person_id, exemption.module_id): exemption for exemption in exemptions}


def _need(membership: Membership, requirement: Requirement, exemption: Exemption | None) -> Need:
    return Need(
        membership=Period(membership.starts_on, membership.ends_on),
        leave=Period(membership.leave_from, membership.leave_to) if membership.leave_from else None,
        exempt=Period(exemption.starts_on, exemption.ends_on) if exemption else None,
        exempt_because=exemption.reason if exemption else "",
        joiner_until=requirement.joiner_until(membership.joined_on),
    )
