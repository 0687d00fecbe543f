"""How all departments stood at the end of a month, as it was known then."""

from collections import defaultdict
from datetime import date

from django.db import models

from departments.models import (
    Department,
    Membership,
    PastMembership,
    PastRequirement,
    ReadinessMonth,
    ReadinessRollup,
    Requirement,
)
from departments.readiness import State
from departments.reports.sums import MONTHS, by_level, month_ends
from departments.reports.teams import department_readiness
from departments.reports.trees import TreeOfDay, tree_on
from departments.steps import NOTHING, Figures, figures_on, together

type Pairs = dict[tuple[int, int], Figures]


def months_to_note(today: date) -> list[date]:
    """The ends of the last twelve months that nobody has noted, since the first known thing."""
    since = _known_since()
    if since is None:
        return []
    ends = [day for day in month_ends(today, MONTHS) if day >= since]
    noted = ReadinessMonth.objects.filter(ends_on__in=ends).values_list("ends_on", flat=True)
    return sorted(set(ends) - set(noted.distinct()))


def figures_by_steps(day: date) -> Pairs:
    """What was counted beforehand; good for a day since which nothing was counted anew."""
    rows = ReadinessRollup.objects.values_list("department_id", "module_id", "steps")
    found = {
        (department, module): figures_on(together(by_level(steps), day), day)
        for department, module, steps in rows.iterator()
    }
    return {pair: figures for pair, figures in found.items() if figures != NOTHING}


def figures_by_events(day: date) -> Pairs:
    """Folded from what was known at the end of that day."""
    tree, found = tree_on(day), defaultdict[tuple[int, int], Figures](Figures)
    for top in (each for each in tree.departments.values() if each.depth == 1):
        report = department_readiness(Department.objects.get(pk=top.pk), on=day)
        for row in report.rows:
            for cell in row.cells:
                if cell.readiness and not cell.readiness.is_elsewhere:
                    own = cell.counted_in or row.department_id
                    _add(found, tree, own, cell.module_id, cell.readiness.state)
    return dict(found)


def _add(found: Pairs, tree: TreeOfDay, department: int, module: int, state: State) -> None:
    one = Figures(
        needed=int(state.is_counted),
        ready=int(state.is_ready),
        previous=int(state is State.PREVIOUS_VERSION),
        not_counted=int(not state.is_counted),
    )
    for above in tree.above(department):
        so_far = found[above.pk, module]
        found[above.pk, module] = Figures(*map(sum, zip(so_far, one, strict=True)))


def _known_since() -> date | None:
    """The first day of which both is known: who works where, and what is asked of her."""
    days = [
        min(filter(None, (_first_known(model) for model in models_)), default=None)
        for models_ in ((Membership, PastMembership), (Requirement, PastRequirement))
    ]
    return max(day for day in days if day) if all(days) else None


def _first_known(model: type[models.Model]) -> date | None:
    first: date | None = model._default_manager.aggregate(  # noqa: SLF001  (Django's own name)
        models.Min("known_from")
    )["known_from__min"]
    return first
