"""A department's people and figures on one day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from departments.models import Department
from departments.models.periods import organisation_today
from departments.readiness import State, Tally, tally_from
from departments.reports.past import workforce_then
from departments.reports.rows import Cell, PersonRow
from departments.reports.trees import open_on, tree_on
from departments.reports.workforce import Workforce, workforce_below

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
        # People with the same dates share their cells, which are few.
        cells = {id(cell): cell.readiness for row in self.rows for cell in row.cells}
        waiting = {State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE}
        return any(found is not None and found.state in waiting for found in cells.values())

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


def department_readiness(
    department: Department,
    *,
    on: date,
    known_on: date | None = None,
    workforce: Workforce | None = None,
) -> DepartmentReadiness:
    """Six queries, however many people, modules and departments there are; of a past day eleven.

    A past day is told as it was known at its end, or at the end of `known_on`. A day to come is
    told by what is known today. `workforce` is that of today where it was loaded already.
    """
    today = organisation_today()
    known_on = known_on or min(on, today)
    if known_on < today or on < today:
        return readiness_then(department, on=on, known_on=known_on)
    path = department.path
    workforce = workforce.of_day(on, scope=path) if workforce else workforce_below(path, on=on)
    children = list(department.get_children().filter(open_on(on))) if department.numchild else []
    return report_of(workforce, department, children, on)


def readiness_then(department: Department, *, on: date, known_on: date) -> DepartmentReadiness:
    """Folded from what was known then. Parts in which nobody worked are left out."""
    tree = tree_on(on)
    then = tree.departments.get(department.pk)
    if then is None:
        return DepartmentReadiness(department.pk, department.name, on, (), (), ())
    workforce = workforce_then(tree, department.pk, known_on=known_on)
    peopled = {
        place.path[: len(then.path) + Department.steplen]
        for each in workforce.colleagues
        for place in each.places
    }
    children = [
        each
        for each in tree.below(department.pk)
        if each.depth == then.depth + 1 and each.path in peopled
    ]
    return report_of(workforce, then, children, on)


def report_of(
    workforce: Workforce, department: Department, children: Sequence[Department], on: date
) -> DepartmentReadiness:
    columns, rows = workforce.columns, workforce.rows(on=on, scope=department.path)
    parts = [*children, department]
    figures = figures_of(rows, places_in(workforce, parts), len(columns))
    return DepartmentReadiness(
        department_id=department.pk,
        name=department.name,
        on=on,
        columns=tuple(
            ModuleColumn(each.module_id, each.title, each.slug, summed(figures, place))
            for place, each in enumerate(columns)
        ),
        rows=tuple(rows),
        branches=tuple(branches_of(department, parts, figures, len(columns))) if children else (),
    )


type Figures = dict[int, list[Counter[State]]]


def places_in(workforce: Workforce, parts: Sequence[Department]) -> dict[int, int]:
    """The part to which each department belongs where somebody works; the last is the whole."""
    places = {
        place.department_id: place.path for each in workforce.colleagues for place in each.places
    }
    return {
        pk: next((part.pk for part in parts if path.startswith(part.path)), 0)
        for pk, path in places.items()
    }


def figures_of(rows: Iterable[PersonRow], part_of: Mapping[int, int], columns: int) -> Figures:
    """How many of each part, and for each column, are in each state. Whom another department
    counts is in none.
    """
    figures: Figures = {}
    for own, some in by_part(rows, part_of).items():
        for place, column in enumerate(zip(*(row.cells for row in some), strict=True)):
            for cell, state, number in each_once(column):
                part = own if cell.counted_in is None else part_of[cell.counted_in]
                if part not in figures:
                    figures[part] = [Counter() for _column in range(columns)]
                figures[part][place][state] += number
    return figures


def by_part(rows: Iterable[PersonRow], part_of: Mapping[int, int]) -> Mapping[int, list[PersonRow]]:
    found = defaultdict[int, list[PersonRow]](list)
    for row in rows:
        found[part_of[row.department_id]].append(row)
    return found


def each_once(cells: Sequence[Cell]) -> Iterator[tuple[Cell, State, int]]:
    """Each cell that counts here, its state, and how many people share it."""
    by_key = {id(cell): cell for cell in cells}
    for key, number in Counter(map(id, cells)).items():
        found = by_key[key].readiness
        if found is not None and not found.is_elsewhere:
            yield by_key[key], found.state, number


def summed(figures: Figures, place: int) -> Tally:
    return tally_from(sum((each[place] for each in figures.values()), Counter[State]()))


def branches_of(
    department: Department, parts: Iterable[Department], figures: Figures, columns: int
) -> Iterator[Branch]:
    """The parts of a department that has parts; their figures sum to its own."""
    for part in parts:
        is_direct = part.pk == department.pk
        if is_direct and part.pk not in figures:
            continue
        found = figures.get(part.pk) or [Counter[State]() for _column in range(columns)]
        yield Branch(part.pk, part.name, is_direct, tuple(map(tally_from, found)))
