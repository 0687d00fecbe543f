"""Departments as they stood on a day, with the places in the tree that they had then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from departments.models import Department, DepartmentMove
from departments.tree import Move, Parents, children_of, parents_on

# Stands for a department that should be there and isn't.
GONE = 0


@dataclass(frozen=True, slots=True)
class TreeOfDay:
    """The departments that were there on a day, in the order of the tree.

    Their `path` and `depth` are those of the day, so that whatever compares paths tells that
    day's tree. They are for reading: none of them may be saved.
    """

    on: date
    departments: Mapping[int, Department]

    def __contains__(self, department: int) -> bool:
        return department in self.departments

    def below(self, department: int) -> list[Department]:
        """The department itself and all below it; nothing where it wasn't there."""
        top = self.departments.get(department)
        if top is None:
            return []
        return [each for each in self.departments.values() if each.path.startswith(top.path)]

    def above(self, department: int) -> list[Department]:
        """The department itself, then those above it, the nearest first."""
        own = self.departments.get(department)
        if own is None:
            return []
        line = [each for each in self.departments.values() if own.path.startswith(each.path)]
        return line[::-1]

    def parent_of(self, department: int) -> Department | None:
        return next(iter(self.above(department)[1:]), None)

    def names_of(self, department: int) -> tuple[str, ...]:
        """From the top down, as a file writes them."""
        return tuple(each.name for each in reversed(self.above(department)))


def open_on(day: date) -> Q:
    """Departments whose last day isn't over."""
    return Q(closed_on=None) | Q(closed_on__gte=day)


def tree_on(day: date) -> TreeOfDay:
    """Two queries, however many departments there are."""
    stored = list(Department.objects.all())
    moves = stored_moves(after=day)
    here = {each.pk: each for each in stored if each.closed_on is None or each.closed_on >= day}
    if not moves:
        return TreeOfDay(day, here)
    last_days = {each.pk: each.closed_on for each in stored if each.closed_on}
    parents = parents_on(day, parents_of(stored), moves, last_days)
    return TreeOfDay(day, {each.pk: each for each in placed(here, parents)})


def stored_moves(*, after: date) -> list[Move]:
    rows = DepartmentMove.objects.filter(moved_on__gt=after).order_by("moved_on", "pk")
    return [Move(*row) for row in rows.values_list("department", "before", "after", "moved_on")]


def parents_of(departments: Iterable[Department]) -> dict[int, int | None]:
    """By their paths, of departments in the order of the tree."""
    by_path: dict[str, int] = {}
    parents: dict[int, int | None] = {}
    for each in departments:
        by_path[each.path] = each.pk
        above = each.path[: -Department.steplen]
        parents[each.pk] = by_path.get(above, GONE) if above else None
    return parents


def placed(departments: Mapping[int, Department], parents: Parents) -> Iterator[Department]:
    """Gives each the path of its place, sisters in the order of their names."""
    children = children_of(parents)

    def below(parent: int | None, path: str) -> Iterator[Department]:
        sisters = (departments[pk] for pk in children.get(parent, []))
        for place, each in enumerate(sorted(sisters, key=lambda sister: sister.name), 1):
            step = Department.numconv_obj().int2str(place)
            each.path = path + step.rjust(Department.steplen, "0")
            each.depth = len(each.path) // Department.steplen
            yield each
            yield from below(each.pk, each.path)

    return below(None, "")
