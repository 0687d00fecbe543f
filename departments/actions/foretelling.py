"""What a change would mean, found by making it and taking it back at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.actions.roster import modules_by_department
from departments.models import Department, Headship, Membership
from departments.readiness import Reason
from departments.reports.people import rows_of
from departments.reports.rows import Cell


@dataclass(frozen=True, slots=True)
class PersonOutlook:
    """How a person stands on a day: what is asked of her, and what she leads."""

    cells: dict[str, Cell]
    leading: frozenset[str]
    is_anywhere: bool


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What a change means for one person from `on`; modules by title, in their order.

    `proved` are those of `more` that she is ready for. `joiner_until` is her last day as a joiner.
    """

    on: date
    more: tuple[str, ...]
    less: tuple[str, ...]
    proved: tuple[str, ...]
    joiner_until: date | None
    leading_no_longer: tuple[str, ...]
    is_anywhere: bool


@dataclass(frozen=True, slots=True)
class DepartmentEffect:
    """What a change means for the people of one department and all below it."""

    people: int
    more: tuple[str, ...]
    less: tuple[str, ...]


def effect_on_person(
    person: AbstractBaseUser, act: Callable[[], object], *, on: date
) -> PersonEffect:
    """Raises what `act` raises."""
    before = _outlook(person, on)
    after = _tried(act, lambda: _outlook(person, on))
    more = [title for title in after.cells if title not in before.cells]
    return PersonEffect(
        on=on,
        more=tuple(more),
        less=tuple(title for title in before.cells if title not in after.cells),
        proved=tuple(title for title in more if _is_ready(after.cells[title])),
        joiner_until=max(filter(None, map(_joiner_until, after.cells.values())), default=None),
        leading_no_longer=tuple(sorted(before.leading - after.leading)),
        is_anywhere=after.is_anywhere,
    )


def effect_on_department(
    department: Department, act: Callable[[], object], *, into: Department | None, on: date
) -> DepartmentEffect:
    """Its people go to `into`, or stay in the department. Raises what `act` raises."""
    there = Membership.objects.current(on=on).filter(department__path__startswith=department.path)
    people = there.values("person").distinct().count()
    before = _asked_in(department)
    after = _tried(act, lambda: _asked_in(into or department))
    return DepartmentEffect(
        people,
        more=tuple(title for title in after if title not in before),
        less=tuple(title for title in before if title not in after),
    )


def _tried[Found](act: Callable[[], object], look: Callable[[], Found]) -> Found:
    with transaction.atomic():
        act()
        found = look()
        transaction.set_rollback(True)
    return found


def _outlook(person: AbstractBaseUser, on: date) -> PersonOutlook:
    rows = rows_of([person.pk], on=on)
    cells = [cell for row in rows for cell in row.cells if cell.readiness is not None]
    led = Headship.objects.current(on=on).filter(person_id=person.pk)
    return PersonOutlook(
        {cell.title: cell for cell in cells},
        frozenset(led.values_list("department__name", flat=True)),
        Membership.objects.current(on=on).filter(person_id=person.pk).exists(),
    )


def _is_ready(cell: Cell) -> bool:
    return cell.readiness is not None and cell.readiness.state.is_ready


def _joiner_until(cell: Cell) -> date | None:
    is_joiner = cell.readiness is not None and cell.readiness.reason is Reason.JOINER
    return cell.readiness.until if cell.readiness and is_joiner else None


def _asked_in(department: Department) -> list[str]:
    asked: list[str] = modules_by_department([department.pk])[department.pk]["modules"]
    return asked
