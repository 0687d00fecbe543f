"""Counts departments and modules beforehand, so that the organisation can be shown at once.

**Guarantee.** What is stored is what the rows themselves give, counted anew from the first to the
last person whenever something moved: no figure is ever added to, so none can drift. A mark is taken
away only in the transaction that counted what it speaks of. One that is set meanwhile stays, and
what it speaks of is counted again.

**Steps.** The marks are resolved to departments and modules, and to all departments above these.
Each of them is counted, those at home in it from the rows, those below it from the sums that are
stored for its children. All that is left of a stored sum on another day is known beforehand: its
steps.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from departments.actions.months import note_months
from departments.models import Membership, ReadinessRollup, RollupMark
from departments.reports.counts import Counts, counts_of
from departments.reports.marks import Dirty, Tree, dirty_of, every_module, tree_now
from departments.steps import (
    NOTHING,
    Steps,
    added,
    figures_on,
    from_stored,
    holds_until,
    to_stored,
    together,
)
from quizzes.days import organisation_day

ROWS_AT_ONCE = 500
# People, each with one module: what one transaction counts, and what a page does by itself.
CELLS_AT_ONCE = 100_000
CELLS_OF_A_PAGE = 20_000
MARKS_OF_A_PAGE = 1_000
WRITTEN = (
    "needed",
    "ready",
    "previous",
    "not_counted",
    "holds_from",
    "holds_until",
    "steps",
    "made_at",
)

type ByLevel = dict[str, Steps]


@dataclass(frozen=True, slots=True)
class RolledUp:
    """How many marks were taken away, and how many sums were written for them."""

    marks: int = 0
    sums: int = 0


def roll_up(*, at: datetime, is_all: bool = False) -> RolledUp:
    """Counts what is marked, or everything, in so many transactions that nobody waits for long."""
    note_months(at=at)
    marks, tree = list(RollupMark.objects.order_by("pk")), tree_now()
    dirty = _everything(tree) if is_all else dirty_of(marks, tree)
    sums = sum(_count_alone(part, at) for part in _parts(dirty))
    move_along(organisation_day(at))
    _take_away([mark.pk for mark in marks])
    return RolledUp(marks=len(marks), sums=sums)


def roll_up_for_a_page(*, at: datetime) -> bool:
    """Counts what is marked where that is soon done; whether nothing is left. One query if so."""
    marks = list(RollupMark.objects.order_by("pk")[: MARKS_OF_A_PAGE + 1])
    if not marks:
        return True
    return len(marks) <= MARKS_OF_A_PAGE and _count_few(marks, at)


@transaction.atomic
def _count_few(marks: Collection[RollupMark], at: datetime) -> bool:
    tree = tree_now()
    dirty = dirty_of(marks, tree)
    is_little = _cells(dirty, _people_in(dirty)) <= CELLS_OF_A_PAGE
    if not is_little or not _is_alone(waits=False):
        return False
    _count(dirty, tree, at)
    _take_away([mark.pk for mark in marks])
    return True


@transaction.atomic
def _count_alone(dirty: Dirty, at: datetime) -> int:
    _is_alone()
    return _count(dirty, tree_now(), at)


def move_along(day: date) -> int:
    """Brings the figures of a new day to the front of every row; how many moved."""
    moved = []
    for row in ReadinessRollup.objects.exclude(holds_from__lte=day, holds_until__gte=day):
        hold(row, day)
        moved.append(row)
    ReadinessRollup.objects.bulk_update(moved, WRITTEN[:6], batch_size=ROWS_AT_ONCE)
    return len(moved)


def hold(row: ReadinessRollup, day: date) -> None:
    steps = together(levels_of(row), day)
    figures = figures_on(steps, day)
    row.needed, row.ready, row.previous, row.not_counted = figures
    row.holds_from, row.holds_until = day, holds_until(steps, day)


def levels_of(row: ReadinessRollup) -> ByLevel:
    return {level: from_stored(steps) for level, steps in row.steps.items()}


def _is_alone(*, waits: bool = True) -> bool:
    """Two at once could each write what the other has counted better.

    They wait at the row that stands for the whole table: nothing else ever locks that one. On
    SQLite the transaction itself is the lock.
    """
    own = ContentType.objects.get_for_model(ReadinessRollup).pk
    rows = ContentType.objects.select_for_update(skip_locked=not waits, no_key=True)
    return rows.filter(pk=own).values_list("pk", flat=True).first() is not None


def _everything(tree: Tree) -> Dirty:
    modules = every_module()
    return dict.fromkeys(tree.paths, modules)


def _parts(dirty: Dirty) -> Iterator[Dirty]:
    people = _people_in(dirty)
    part: Dirty = {}
    for department, modules in dirty.items():
        part[department] = modules
        if _cells(part, people) > CELLS_AT_ONCE:
            yield part
            part = {}
    if part:
        yield part


def _cells(dirty: Dirty, people: Mapping[int, int]) -> int:
    return sum(people.get(pk, 0) * len(modules) for pk, modules in dirty.items())


def _people_in(dirty: Dirty) -> dict[int, int]:
    rows = Membership.objects.order_by().values_list("department")
    people: dict[int, int] = dict(rows.annotate(models.Count("pk")))
    return {pk: people[pk] for pk in dirty if pk in people}


def _count(dirty: Dirty, tree: Tree, at: datetime) -> int:
    """Writes the sums of these departments and of all above them; how many sums these are."""
    wider = tree.with_those_above(dirty)
    day, children = organisation_day(at), tree.children()
    own = _counts(wider, day)
    sums = _sums_beside(wider, children)
    for department in tree.deepest_first(wider):
        for module in wider[department]:
            parts = [own.get((department, module), {})]
            parts += [sums.get((child, module), {}) for child in children.get(department, ())]
            sums[department, module] = _merged(parts, day)
    found = {
        (department, module): sums[department, module]
        for department, modules in wider.items()
        for module in modules
    }
    _write(found, at)
    return len(found)


def _counts(wider: Dirty, day: date) -> Counts:
    alike: dict[frozenset[int], list[int]] = defaultdict(list)
    for department, modules in wider.items():
        alike[frozenset(modules)].append(department)
    found: Counts = {}
    for asked, departments in alike.items():
        found |= counts_of(departments, asked, since=day)
    return found


def _sums_beside(
    wider: Dirty, children: Mapping[int, Collection[int]]
) -> dict[tuple[int, int], ByLevel]:
    """The stored sums of children for which nothing moved."""
    asked = {
        child
        for department, modules in wider.items()
        for child in children.get(department, ())
        if not modules <= wider.get(child, set())
    }
    modules = {module for each in wider.values() for module in each}
    rows = ReadinessRollup.objects.filter(department__in=asked, module__in=modules)
    return {(row.department_id, row.module_id): levels_of(row) for row in rows.iterator()}


def _merged(parts: Iterable[ByLevel], day: date) -> ByLevel:
    by_level: dict[str, list[Steps]] = defaultdict(list)
    for part in parts:
        for level, steps in part.items():
            by_level[level].append(steps)
    merged = {level: added(((steps, 1) for steps in each), day) for level, each in by_level.items()}
    return {level: steps for level, steps in merged.items() if steps != ((day, NOTHING),)}


def _write(sums: Mapping[tuple[int, int], ByLevel], at: datetime) -> None:
    day = organisation_day(at)
    rows, empty = [], []
    for (department, module), by_level in sums.items():
        if not by_level:
            empty.append((department, module))
            continue
        row = ReadinessRollup(department_id=department, module_id=module, made_at=at)
        row.steps = {level: to_stored(steps) for level, steps in by_level.items()}
        hold(row, day)
        rows.append(row)
    ReadinessRollup.objects.bulk_create(
        rows,
        ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["department", "module"],
        update_fields=WRITTEN,
    )
    _forget(empty)


def _forget(pairs: Iterable[tuple[int, int]]) -> None:
    by_module: dict[int, list[int]] = defaultdict(list)
    for department, module in pairs:
        by_module[module].append(department)
    for module, departments in by_module.items():
        ReadinessRollup.objects.filter(module=module, department__in=departments).delete()


def _take_away(marks: Collection[int]) -> None:
    keys = list(marks)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        RollupMark.objects.filter(pk__in=keys[start : start + ROWS_AT_ONCE]).delete()
