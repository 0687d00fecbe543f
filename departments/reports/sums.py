"""The stored sums of a department, and of all that stand beside it and below it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from departments.hiding import ITSELF, shown_parts
from departments.models import Department, Headship, ReadinessMonth, ReadinessRollup
from departments.steps import NOTHING, Figures, Steps, figures_on, from_stored, together
from departments.suppression import MINIMUM_GROUP

MONTHS = 12
COUNTED = ("needed", "ready", "previous", "not_counted")

# By department and module.
type Sums = dict[int, dict[int, Figures]]


@dataclass(frozen=True, slots=True)
class Ground:
    """The departments from the top down to one, with all that stand beside these, and below it."""

    chain: Sequence[Department]
    children: Mapping[int, Sequence[Department]]
    led: Sequence[str]

    @property
    def department(self) -> Department:
        return self.chain[-1]

    def is_led(self, department: Department) -> bool:
        return any(department.path.startswith(path) for path in self.led)

    @property
    def keys(self) -> list[int]:
        below = (child.pk for each in self.children.values() for child in each)
        return [self.chain[0].pk, *below]


def ground_of(department: Department, person: AbstractBaseUser, *, today: date) -> Ground:
    """`led` are those of today: a past day is open to who leads now, not to who led then."""
    step = Department.steplen
    chain = [department.path[:length] for length in range(step, len(department.path) + 1, step)]
    beside = models.Q(path__in=chain)
    for path in chain:
        beside |= models.Q(path__startswith=path, depth=len(path) // step + 1)
    children: dict[int, list[Department]] = defaultdict(list)
    found = {each.path: each for each in Department.objects.filter(beside)}
    for each in found.values():
        if each.depth > 1:
            children[found[each.path[:-step]].pk].append(each)
    leading = Headship.objects.current(on=today).filter(person_id=person.pk)
    return Ground(
        chain=[found[path] for path in chain],
        children=children,
        led=list(leading.values_list("department__path", flat=True)),
    )


def public_parts(ground: Ground, sums: Sums, module: int) -> dict[int, frozenset[str]]:
    """For each department of the chain, its parts whose figures everybody may see."""
    top = ground.chain[0]
    is_shown = sum_of(sums, top.pk, module).needed >= MINIMUM_GROUP
    public: dict[int, frozenset[str]] = {}
    for above, department in zip([None, *ground.chain], ground.chain, strict=False):
        if above is not None:
            is_shown = str(department.pk) in public[above.pk]
        parts = _sizes(ground, sums, department, module) if is_shown else {}
        public[department.pk] = shown_parts(parts)
    return public


def _sizes(ground: Ground, sums: Sums, department: Department, module: int) -> dict[str, int]:
    sizes = {
        str(child.pk): sum_of(sums, child.pk, module).needed
        for child in ground.children.get(department.pk, ())
    }
    rest = sum_of(sums, department.pk, module).needed - sum(sizes.values())
    # A tree that was another one then: nothing of it can be set against its total.
    return {**sizes, ITSELF: rest} if rest >= 0 else {}


def sum_of(sums: Sums, department: int, module: int) -> Figures:
    return sums.get(department, {}).get(module, NOTHING)


def stored_rows(ground: Ground, on: date) -> Iterable[Any]:
    """Department, module, steps and age, of the department itself and of what has moved on."""
    rows = ReadinessRollup.objects.filter(department__in=ground.keys)
    own = models.Q(department=ground.department)
    has_moved_on = models.Q(holds_from__gt=on) | models.Q(holds_until__lt=on)
    return rows.filter(own | has_moved_on).values_list(
        "department_id", "module_id", "steps", "made_at"
    )


def sums_today(ground: Ground, rows: Iterable[Any], on: date) -> Sums:
    sums: Sums = defaultdict(dict)
    current = ReadinessRollup.objects.filter(
        department__in=ground.keys, holds_from__lte=on, holds_until__gte=on
    )
    for department, module, *counted in current.values_list("department_id", "module_id", *COUNTED):
        sums[department][module] = Figures(*counted)
    for department, module, stored, _made_at in rows:
        if module not in sums[department]:
            sums[department][module] = figures_on(together(by_level(stored), on), on)
    return sums


def sums_then(ground: Ground, on: date) -> Sums:
    sums: Sums = defaultdict(dict)
    then = ReadinessMonth.objects.filter(department__in=ground.keys, ends_on=on)
    for department, module, *counted in then.values_list("department_id", "module_id", *COUNTED):
        sums[department][module] = Figures(*counted)
    return sums


def by_level(stored: Mapping[str, Any]) -> dict[str, Steps]:
    return {level: from_stored(steps) for level, steps in stored.items()}


def month_ends(before: date, count: int) -> list[date]:
    """The last days of so many months, all before a day; the oldest first."""
    ends, day = list[date](), before
    for _ in range(count):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]
