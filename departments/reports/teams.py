"""A department's people and figures on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from departments.models import Department
from departments.readiness import (
    State,
    Tally,
    tally,
)
from departments.reports.people import (
    PersonRow,
    binding_requirements,
    home_memberships,
    modules_asked_by,
    person_rows,
)

# The order in which states call for something to be done.
URGENCY = (
    State.CHECK_THE_CHANGE,
    State.PREVIOUS_VERSION,
    State.PRACTICE_DUE,
    State.LAPSED,
    State.STARTED,
    State.NOT_STARTED,
    State.READY,
    State.NOT_COUNTED,
)


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
    def has_changes(self) -> bool:
        """Whether anybody has a change to check."""
        waiting = {State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE}
        cells = (cell.readiness for row in self.rows for cell in row.cells)
        return any(readiness is not None and readiness.state in waiting for readiness in cells)

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
    memberships = home_memberships(department, on)
    requirements = binding_requirements(department)
    rows = person_rows(memberships, requirements, on)
    modules = modules_asked_by(requirements)
    return DepartmentReadiness(
        department_id=department.pk,
        name=department.name,
        on=on,
        columns=tuple(
            ModuleColumn(module.pk, module.title, module.slug, tally_of(rows, place))
            for place, module in enumerate(modules)
        ),
        rows=tuple(rows),
        branches=tuple(_branches(department, tree, rows, len(modules))),
    )


def tally_of(rows: Iterable[PersonRow], place: int) -> Tally:
    """The figures of one column."""
    cells = (row.cells[place].readiness for row in rows)
    return tally(readiness.state for readiness in cells if readiness is not None)


def _branches(
    department: Department,
    tree: Sequence[Department],
    rows: Sequence[PersonRow],
    columns: int,
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
            tallies=tuple(tally_of(members, place) for place in range(columns)),
        )
        for part, members in parts
    ]
