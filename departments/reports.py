"""How departments stand. One function makes every figure: page, file and "what others see".

A person counts in the department that is her home on that day, and so in every department above
it; whoever works in two departments is counted once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from departments.models import Department, Exemption, Headship, Membership, Requirement
from departments.readiness import (
    Need,
    Period,
    Proof,
    Readiness,
    State,
    Tally,
    state_on,
    tally,
)
from knowledge.models import ModulePage
from quizzes.models import Standing

# The order in which states call for something to be done.
URGENCY = (
    State.CHECK_THE_CHANGE,
    State.PRACTICE_DUE,
    State.LAPSED,
    State.STARTED,
    State.NOT_STARTED,
    State.READY,
    State.NOT_COUNTED,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one module; `readiness` is `None` where the module isn't asked of her."""

    module_id: int
    title: str
    slug: str
    readiness: Readiness | None


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
    def is_counted(self) -> bool:
        return any(cell.readiness and cell.readiness.state.is_counted for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ModuleColumn:
    """One module that the department must know, and how many do."""

    module_id: int
    title: str
    slug: str
    tally: Tally

    @property
    def missing(self) -> int:
        return self.tally.needed - self.tally.ready


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a department: one directly below it, or those who work in it directly."""

    department_id: int
    name: str
    is_direct: bool
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class StateGroup:
    """People in one state for one module: how a phone shows the table."""

    title: str
    state: State
    people: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class DepartmentReadiness:
    """A department, and all below it, on one day. People are in alphabetical order."""

    department_id: int
    name: str
    on: date
    columns: tuple[ModuleColumn, ...]
    rows: tuple[PersonRow, ...]
    branches: tuple[Branch, ...]

    @property
    def not_counted(self) -> list[PersonRow]:
        return [row for row in self.rows if row.not_counted]

    @property
    def headline(self) -> ModuleColumn | None:
        """The module that most people are still to be ready for, as the page's first sentence."""
        return max(self.columns, key=lambda column: column.missing, default=None)

    @property
    def groups(self) -> list[StateGroup]:
        """Those who count, by module and state, in the order in which states call for something."""
        return [
            StateGroup(column.title, state, people)
            for place, column in enumerate(self.columns)
            for state in URGENCY
            if state.is_counted and (people := self._people_in(place, state))
        ]

    def _people_in(self, place: int, state: State) -> tuple[tuple[str, date | None], ...]:
        cells = ((row.name, row.cells[place].readiness) for row in self.rows)
        return tuple(
            (name, readiness.ready_until)
            for name, readiness in cells
            if readiness is not None and readiness.state is state
        )

    def narrowed_to(self, slugs: frozenset[str]) -> "DepartmentReadiness":
        """The same report with these modules only; no slug means all."""
        if not slugs:
            return self
        kept = [place for place, column in enumerate(self.columns) if column.slug in slugs]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(
                replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows
            ),
            branches=tuple(
                replace(branch, tallies=tuple(branch.tallies[place] for place in kept))
                for branch in self.branches
            ),
        )

    def row_of(self, person_id: int) -> PersonRow | None:
        return next((row for row in self.rows if row.person_id == person_id), None)


def department_readiness(department: Department, *, on: date) -> DepartmentReadiness:
    """Five queries, however many people, modules and departments there are."""
    tree = list(Department.get_tree(department))
    memberships = _home_memberships(department, on)
    requirements = _requirements(department)
    rows = _rows(memberships, requirements, on)
    modules = _modules(requirements)
    return DepartmentReadiness(
        department_id=department.pk,
        name=department.name,
        on=on,
        columns=tuple(
            ModuleColumn(module.pk, module.title, module.slug, _tally(rows, module.pk))
            for module in modules
        ),
        rows=tuple(rows),
        branches=tuple(_branches(department, tree, rows, modules)),
    )


def home_membership(person: AbstractBaseUser, *, on: date) -> Membership | None:
    membership: Membership | None = (
        Membership.objects.current(on=on)
        .filter(person_id=person.pk, is_home=True)
        .select_related("department", "person")
        .first()
    )
    return membership


def person_readiness(membership: Membership, *, on: date) -> PersonRow:
    """One person's row, made just as in her department's table."""
    requirements = [
        requirement
        for requirement in _requirements(membership.department)
        if _binds(requirement, membership.department)
    ]
    return _rows([membership], requirements, on)[0]


def standing_readiness(person: AbstractBaseUser, module: ModulePage, *, on: date) -> Readiness:
    """A person's own state in a module, whether or not her department asks for it."""
    proof = _proofs([person.pk], [module]).get((person.pk, module.pk), Proof())
    return state_on(on, Need(membership=Period()), proof) or Readiness(State.NOT_STARTED)


def heads_of(department: Department, *, on: date) -> list[Headship]:
    """Who sees this department: its heads and deputies, and those above."""
    return list(
        Headship.objects.current(on=on)
        .filter(department__path__in=_paths_down_to(department))
        .select_related("person", "department")
        .order_by("-department__depth", "kind", "person__last_name")
    )


def _home_memberships(department: Department, on: date) -> list[Membership]:
    return list(
        Membership.objects.current(on=on)
        .filter(is_home=True, department__path__startswith=department.path, person__is_active=True)
        .select_related("person", "department")
        .order_by("person__last_name", "person__first_name", "person_id")
    )


def _requirements(department: Department) -> list[Requirement]:
    """Those that bind the department or a part of it, the nearest first."""
    return list(
        Requirement.objects.filter(
            Q(department__path__in=_paths_down_to(department))
            | Q(department__path__startswith=department.path),
            module__live=True,
        )
        .select_related("department", "module")
        .order_by("-department__depth", "module__path")
    )


def _paths_down_to(department: Department) -> list[str]:
    steps = range(Department.steplen, len(department.path) + 1, Department.steplen)
    return [department.path[:length] for length in steps]


def _binds(requirement: Requirement, department: Department) -> bool:
    is_at_or_below: bool = department.path.startswith(requirement.department.path)
    return is_at_or_below


def _modules(requirements: Iterable[Requirement]) -> list[ModulePage]:
    by_pk = {requirement.module_id: requirement.module for requirement in requirements}
    return sorted(by_pk.values(), key=lambda module: module.path)


def _rows(
    memberships: Sequence[Membership], requirements: Sequence[Requirement], on: date
) -> list[PersonRow]:
    people = [membership.person_id for membership in memberships]
    modules = _modules(requirements)
    proofs = _proofs(people, modules)
    exemptions = _exemptions(people, modules, on)
    return [
        PersonRow(
            person_id=membership.person_id,
            name=str(membership.person),
            title=membership.title,
            department_id=membership.department_id,
            department_name=membership.department.name,
            cells=tuple(
                Cell(
                    module.pk,
                    module.title,
                    module.slug,
                    _readiness(membership, module, requirements, proofs, exemptions, on),
                )
                for module in modules
            ),
        )
        for membership in memberships
    ]


type PerPersonAndModule[T] = dict[tuple[int, int], T]


def _proofs(people: Sequence[int], modules: Sequence[ModulePage]) -> PerPersonAndModule[Proof]:
    standings = Standing.objects.filter(person_id__in=people, module__in=modules)
    return {
        (standing.person_id, standing.module_id): Proof(
            started=True,
            ready_until=standing.ready_until,
            practice_from=standing.practice_from,
            version=standing.version,
        )
        for standing in standings
    }


def _exemptions(
    people: Sequence[int], modules: Sequence[ModulePage], on: date
) -> PerPersonAndModule[Exemption]:
    exemptions = Exemption.objects.current(on=on).filter(person_id__in=people, module__in=modules)
    return {(exemption.person_id, exemption.module_id): exemption for exemption in exemptions}


def _readiness(
    membership: Membership,
    module: ModulePage,
    requirements: Sequence[Requirement],
    proofs: PerPersonAndModule[Proof],
    exemptions: PerPersonAndModule[Exemption],
    on: date,
) -> Readiness | None:
    binding = next(
        (
            requirement
            for requirement in requirements
            if requirement.module_id == module.pk and _binds(requirement, membership.department)
        ),
        None,
    )
    if binding is None:
        return None
    person_and_module = (membership.person_id, module.pk)
    need = _need(membership, binding, exemptions.get(person_and_module))
    return state_on(on, need, proofs.get(person_and_module, Proof()))


def _need(membership: Membership, requirement: Requirement, exemption: Exemption | None) -> Need:
    return Need(
        membership=Period(membership.starts_on, membership.ends_on),
        leave=Period(membership.leave_from, membership.leave_to) if membership.leave_from else None,
        exempt=Period(exemption.starts_on, exemption.ends_on) if exemption else None,
        exempt_because=exemption.reason if exemption else "",
        joiner_until=requirement.joiner_until(membership.starts_on),
    )


def _tally(rows: Iterable[PersonRow], module_id: int) -> Tally:
    return tally(
        cell.readiness.state
        for row in rows
        for cell in row.cells
        if cell.module_id == module_id and cell.readiness is not None
    )


def _branches(
    department: Department,
    tree: Sequence[Department],
    rows: Sequence[PersonRow],
    modules: Sequence[ModulePage],
) -> list[Branch]:
    """The parts of a department that has parts; their figures sum to its own."""
    children = [part for part in tree if part.depth == department.depth + 1]
    if not children:
        return []
    path_of = {part.pk: part.path for part in tree}
    parts = [
        (child, [row for row in rows if path_of[row.department_id].startswith(child.path)])
        for child in children
    ]
    direct = [row for row in rows if row.department_id == department.pk]
    if direct:
        parts.append((department, direct))
    return [
        Branch(
            department_id=part.pk,
            name=part.name,
            is_direct=part.pk == department.pk,
            tallies=tuple(_tally(members, module.pk) for module in modules),
        )
        for part, members in parts
    ]
