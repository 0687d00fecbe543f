"""One person's row: all that others see about her."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.counting import (
    Ask,
    Asks,
    Given,
    Place,
    counted,
    counted_elsewhere,
    due_day,
    in_counting_order,
    need_of,
)
from departments.readiness import Need, Period, Proof, Readiness, State, state_on

PROVED = ("ready_until", "practice_from", "version", "own_ready_until", "own_practice_from")

# The columns `PROVED` of a standing, and the change that waits; days as ISO text, or as days.
type Proved = tuple[Any, ...]
type Asked = Mapping[int, Ask]
type Drawn = dict[tuple[date | None, Proved | None], Cell]


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one module; `readiness` is `None` where the module isn't asked of her.

    `joiner_until` stands only in her own view: until then nobody counts her. `counted_in` is the
    department where she counts, where that isn't the row's.
    """

    module_id: int
    title: str
    slug: str
    readiness: Readiness | None
    due_on: date | None = None
    joiner_until: date | None = None
    counted_in: int | None = None

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
            if cell.readiness is not None and cell.readiness.state is State.NOT_COUNTED
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


@dataclass(frozen=True, slots=True)
class Column:
    """A module in the reader's words; `path` is its place among the pages."""

    module_id: int
    title: str
    slug: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person, and all the places where she works, of a single day in counting order."""

    person_id: int
    name: str
    joined_on: date
    places: tuple[Place, ...]

    def places_on(self, day: date) -> tuple[Place, ...]:
        here = [place for place in self.places if place.period.contains(day)]
        return tuple(in_counting_order(here) if len(here) > 1 else here)


def proof_of(proved: Proved | None) -> Proof:
    if proved is None:
        return Proof()
    ready_until, practice_from, version, own_ready_until, own_practice_from, unchecked = proved
    return Proof(
        started=True,
        ready_until=as_day(ready_until),
        practice_from=as_day(practice_from),
        version=version,
        own_ready_until=as_day(own_ready_until),
        own_practice_from=as_day(own_practice_from),
        unchecked=unchecked,
    )


def as_day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


class Rows:
    """Makes rows as the department at `scope`, and all below it, sees them; empty is everybody.

    Cells are few: people with the same dates share them, in the report as on the page.
    """

    def __init__(
        self, asks: Iterable[Ask], columns: Sequence[Column], *, on: date, scope: str
    ) -> None:
        asks = list(asks)
        self._asks = Asks(asks, on)
        self._on = on
        self._scope = scope
        self._longest = max((ask.joiner_days for ask in asks), default=0)
        empty = [Cell(each.module_id, each.title, each.slug, None) for each in columns]
        drawn: list[Drawn] = [{} for _column in columns]
        self._places = list(zip(columns, empty, drawn, strict=True))

    def row(
        self,
        colleague: Colleague,
        given: Mapping[int, Given],
        proved: Mapping[int, Proved],
    ) -> PersonRow:
        shown = self._shown(colleague)
        is_plain = not given and len(colleague.places) == 1 and self._is_here(colleague, shown)
        cells = self._plain(shown, proved) if is_plain else self._cells(colleague, given, proved)
        return PersonRow(
            person_id=colleague.person_id,
            name=colleague.name,
            title=shown.title,
            department_id=shown.department_id,
            department_name=shown.department,
            cells=tuple(cells),
        )

    def _shown(self, colleague: Colleague) -> Place:
        return next(place for place in colleague.places if self._covers(place))

    def _covers(self, place: Place) -> bool:
        return place.path.startswith(self._scope)

    def _is_here(self, colleague: Colleague, place: Place) -> bool:
        """Neither away nor new, so that nothing but her dates decides."""
        days_here = (self._on - colleague.joined_on).days
        return place.leave is None and days_here >= self._longest

    def _plain(self, place: Place, proved: Mapping[int, Proved]) -> list[Cell]:
        asked = self._asks.of(place)
        proof_for = proved.get
        return [
            empty
            if (ask := asked.get(column.module_id)) is None
            else drawn.get((ask.due_on, proof := proof_for(column.module_id)))
            or self._draw(column, drawn, ask.due_on, proof)
            for column, empty, drawn in self._places
        ]

    def _draw(
        self, column: Column, drawn: Drawn, due_on: date | None, proved: Proved | None
    ) -> Cell:
        readiness = state_on(self._on, Need(Period()), proof_of(proved))
        cell = Cell(column.module_id, column.title, column.slug, readiness, due_on)
        drawn[due_on, proved] = cell
        return cell

    def _cells(
        self, colleague: Colleague, given: Mapping[int, Given], proved: Mapping[int, Proved]
    ) -> Iterable[Cell]:
        asked = [(place, self._asks.of(place)) for place in colleague.places]
        for column, empty, _drawn in self._places:
            module = column.module_id
            yield (
                self._cell(column, colleague, asked, given.get(module), proved.get(module)) or empty
            )

    def _cell(
        self,
        column: Column,
        colleague: Colleague,
        asked: Sequence[tuple[Place, Asked]],
        given: Given | None,
        proved: Proved | None,
    ) -> Cell | None:
        found = counted(column.module_id, asked, given, self._on)
        if found is None:
            return None
        if not self._covers(found.place):
            return self._elsewhere(column, asked, found.place)
        need = need_of(found, colleague.places[0], colleague.joined_on, given, self._on)
        place = found.place.department_id
        return Cell(
            column.module_id,
            column.title,
            column.slug,
            state_on(self._on, need, proof_of(proved)),
            due_day(found, given, self._on),
            counted_in=None if place == self._shown(colleague).department_id else place,
        )

    def _elsewhere(
        self, column: Column, asked: Sequence[tuple[Place, Asked]], place: Place
    ) -> Cell | None:
        """Where a department in scope asks her too, it is told who counts her."""
        if not any(self._covers(here) and column.module_id in asks for here, asks in asked):
            return None
        return Cell(
            column.module_id, column.title, column.slug, counted_elsewhere(place.department)
        )
