"""The organisation, or a part of it: departments and modules, from what was counted beforehand.

What it costs doesn't grow with the number of people, nor with that of departments further below.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from departments.hiding import ITSELF
from departments.models import Department, Membership, ReadinessMonth
from departments.readiness import Tally
from departments.reports.sums import (
    MONTHS,
    Ground,
    Sums,
    by_level,
    ground_of,
    month_ends,
    public_parts,
    stored_rows,
    sum_of,
    sums_then,
    sums_today,
)
from departments.steps import NOTHING, Figures, Steps, added, figures_on, together
from departments.suppression import MINIMUM_GROUP
from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.days import organisation_today


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of one department and module; none where it isn't needed, or they are too few."""

    slug: str
    tally: Tally | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A department directly below, or with `is_direct` those who work in the department itself."""

    department_id: int
    name: str
    sums: tuple[Sum, ...]
    is_direct: bool = False
    is_led: bool = False
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class LevelLine:
    level: str
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """How all modules together stood at the end of a month; none where it isn't known."""

    ends_on: date
    ready: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Departments in the order of the tree, which is that of the alphabet."""

    department_id: int
    name: str
    above: Department | None
    on: date
    is_today: bool
    is_led: bool
    made_at: datetime | None
    columns: tuple[Sum, ...]
    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    levels: tuple[LevelLine, ...] = ()
    months: tuple[Month, ...] = ()
    ahead: Steps = ()

    @property
    def total(self) -> Tally | None:
        """Of all modules, where each of them may be shown: people who need two count twice."""
        if any(column.is_hidden for column in self.columns) or not self.columns:
            return None
        tallies = [column.tally for column in self.columns if column.tally]
        return Tally(
            ready=sum(tally.ready for tally in tallies),
            needed=sum(tally.needed for tally in tallies),
            not_counted=sum(tally.not_counted for tally in tallies),
            previous=sum(tally.previous for tally in tallies),
        )

    @property
    def has_hidden(self) -> bool:
        return any(each.is_hidden for line in self.lines for each in line.sums)


def overview(
    department: Department, person: AbstractBaseUser, *, on: date, is_today: bool
) -> Overview:
    """As this person may see it. Six queries, one more for a past day's tree."""
    ground = ground_of(department, person, today=organisation_today())
    rows = list(stored_rows(ground, on)) if is_today else []
    sums = sums_today(ground, rows, on) if is_today else sums_then(ground, on)
    modules = _modules(sums.get(department.pk, {}))
    visible = {module.pk: public_parts(ground, sums, module.pk) for module in modules}
    columns = tuple(_column(ground, sums, module, visible[module.pk]) for module in modules)
    made = Overview(
        department_id=department.pk,
        name=department.name,
        above=ground.chain[-2] if len(ground.chain) > 1 else None,
        on=on,
        is_today=is_today,
        is_led=ground.is_led(department),
        made_at=max((row[3] for row in rows if row[0] == department.pk), default=None),
        columns=columns,
        titles=tuple(module.title for module in modules),
        lines=tuple(_lines(ground, sums, modules, visible)),
    )
    return _with_days(made, rows, modules) if is_today else made


def _modules(sums: Mapping[int, Figures]) -> list[ModulePage]:
    asked = [module for module, figures in sums.items() if figures != NOTHING]
    pages = ModulePage.objects.open_to_colleagues().filter(pk__in=asked)
    return sorted(in_readers_words(pages), key=lambda page: page.path)


def _column(
    ground: Ground, sums: Sums, module: ModulePage, public: Mapping[int, frozenset[str]]
) -> Sum:
    """The department's own figure."""
    *above, department = ground.chain
    figures = sum_of(sums, department.pk, module.pk)
    is_public = (
        str(department.pk) in public[above[-1].pk] if above else figures.needed >= MINIMUM_GROUP
    )
    return _sum(module.slug, figures, is_shown=is_public or ground.is_led(department))


def _sum(slug: str, figures: Figures, *, is_shown: bool) -> Sum:
    if figures == NOTHING:
        return Sum(slug)
    return Sum(slug, figures.tally) if is_shown else Sum(slug, is_hidden=True)


def _lines(
    ground: Ground,
    sums: Sums,
    modules: Sequence[ModulePage],
    visible: Mapping[int, Mapping[int, frozenset[str]]],
) -> Iterable[Line]:
    department, children = ground.department, ground.children.get(ground.department.pk, ())
    slugs = [(module.pk, module.slug, visible[module.pk][department.pk]) for module in modules]
    for child in children:
        is_led, figures = ground.is_led(child), sums.get(child.pk, {})
        line = tuple(
            _sum(slug, figures.get(pk, NOTHING), is_shown=is_led or str(child.pk) in public)
            for pk, slug, public in slugs
        )
        if child.closed_on is None or any(each.tally or each.is_hidden for each in line):
            yield Line(child.pk, child.name, line, is_led=is_led, has_parts=bool(child.numchild))
    direct = _direct(ground, sums, slugs) if children else ()
    if any(each.tally or each.is_hidden for each in direct):
        is_led = ground.is_led(department)
        yield Line(department.pk, department.name, direct, is_direct=True, is_led=is_led)


def _direct(
    ground: Ground, sums: Sums, slugs: Iterable[tuple[int, str, frozenset[str]]]
) -> tuple[Sum, ...]:
    department = ground.department
    is_led, children = ground.is_led(department), ground.children.get(department.pk, ())

    def left(module: int) -> Figures:
        below = [sum_of(sums, child.pk, module) for child in children]
        own = sum_of(sums, department.pk, module)
        rest = Figures(*(all_ - sum(part) for all_, *part in zip(own, *below, strict=True)))
        return rest if min(rest) >= 0 else NOTHING

    return tuple(
        _sum(slug, left(pk), is_shown=is_led or ITSELF in public) for pk, slug, public in slugs
    )


def _with_days(made: Overview, rows: Iterable[Any], modules: Sequence[ModulePage]) -> Overview:
    """What is told of all modules together, or of levels: only where each figure may be shown.

    Levels go across departments. Set against these they could show single people, so they are for
    whoever leads the department alone.
    """
    own = {module: by_level(stored) for pk, module, stored, _at in rows if pk == made.department_id}
    open_ones = {module.pk: module.slug for module in modules}
    steps = [together(levels, made.on) for pk, levels in own.items() if pk in open_ones]
    is_open_to_all = made.above is None and made.total is not None
    if not (made.is_led or is_open_to_all):
        return made
    return replace(
        made,
        levels=tuple(_levels(own, open_ones, made.on)) if made.is_led else (),
        months=tuple(_months(made, open_ones)),
        ahead=added(((each, 1) for each in steps), made.on),
    )


def _levels(
    own: Mapping[int, Mapping[str, Steps]], slugs: Mapping[int, str], on: date
) -> Iterable[LevelLine]:
    for level in Membership.Level.values:
        sums = [
            _sum(slug, figures_on(own.get(pk, {}).get(level, ()), on), is_shown=True)
            for pk, slug in slugs.items()
        ]
        if any(each.tally for each in sums):
            yield LevelLine(level, tuple(sums))


def _months(made: Overview, modules: Mapping[int, str]) -> Iterable[Month]:
    """The ends of the twelve months before, and today as the last."""
    ends = month_ends(made.on, MONTHS)
    is_small = models.Q(needed__gt=0, needed__lt=MINIMUM_GROUP)
    rows = (
        ReadinessMonth.objects.filter(
            department=made.department_id, module__in=modules, ends_on__in=ends
        )
        .order_by()
        .values_list("ends_on")
        .annotate(
            models.Sum("ready"), models.Sum("needed"), small=models.Count("pk", filter=is_small)
        )
    )
    found = {day: (ready, needed) for day, ready, needed, small in rows if made.is_led or not small}
    for day in ends:
        yield Month(day, *found.get(day, ()))
    if made.total:
        yield Month(made.on, made.total.ready, made.total.needed)
