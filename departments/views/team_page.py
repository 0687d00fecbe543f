"""What the team's page shows beside its table: the days ahead, what would be enough, less of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from departments.advice import Shortfall, shortfalls
from departments.models import Department
from departments.readiness import State
from departments.reports import DepartmentReadiness, ModuleColumn
from departments.reports.coming import ComingChange, coming_changes
from departments.reports.scheduled import ScheduledChange, scheduled_changes
from departments.reports.workforce import Workforce
from departments.views.forecasting import ForecastSection, forecast_section, subject_of
from departments.views.narrowing import (
    Narrowing,
    narrowing_of,
    parts_to_choose,
    states_to_choose,
)
from departments.views.weeks import week_of


@dataclass(frozen=True, slots=True)
class TeamFilter:
    """What can be chosen, and what was."""

    narrowing: Narrowing
    modules: tuple[ModuleColumn, ...]
    states: dict[State, str | Promise]
    parts: dict[int, str]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of today only: the days ahead of one module, whom it would take, and all that will change,
    where that is more than one thing."""

    section: ForecastSection | None = None
    shortfalls: Sequence[Shortfall[ModuleColumn, str]] = ()
    coming: Sequence[ComingChange] = ()


def page_of(
    department: Department,
    report: DepartmentReadiness,
    asked: QueryDict,
    *,
    today: date,
    workforce: Workforce | None = None,
    is_change_scheduled: bool = True,
) -> dict[str, Any]:
    """The context of the page; of a past day nothing is foretold or advised.

    `workforce` is that of the days ahead, where it was loaded already. Where it is known that no
    change is scheduled, none is looked for.
    """
    narrowing = narrowing_of(asked, report)
    view = report.narrowed_to(narrowing.modules)
    table = narrowing.of(report)
    scheduled = scheduled_changes(on=today) if is_change_scheduled else []
    is_today = report.on == today
    ahead = ahead_of(department, view, workforce, scheduled, on=today) if is_today else Ahead()
    column = ahead.section.column if ahead.section else view.headline
    return {
        "view": view,
        "table": table,
        # A phone shows one module at a time.
        "phone": table.narrowed_to(frozenset({column.slug}) if column else frozenset()),
        "filter": TeamFilter(
            narrowing, report.columns, states_to_choose(), parts_to_choose(report)
        ),
        "ahead": ahead,
        # On a weekend the card is made for the week that comes.
        "week": week_of(today + timedelta(days=2)),
        "today": today,
        "as_of": None if report.on == today else report.on,
    }


def ahead_of(
    department: Department,
    view: DepartmentReadiness,
    workforce: Workforce | None,
    scheduled: Sequence[ScheduledChange],
    *,
    on: date,
) -> Ahead:
    column = subject_of(view, scheduled)
    if column is None:
        return Ahead()
    return Ahead(
        section=forecast_section(department, column, scheduled, on=on, workforce=workforce),
        shortfalls=shortfalls_of(view),
        coming=tuple(coming_changes(department, on)) if len(scheduled) > 1 else (),
    )


def shortfalls_of(view: DepartmentReadiness) -> list[Shortfall[ModuleColumn, str]]:
    """By module, from those whom the team counts, in alphabetical order."""
    return shortfalls(
        {
            column: [
                (row.name, cell.state)
                for row in view.rows
                if (cell := row.cells[place].readiness) and not cell.is_elsewhere
            ]
            for place, column in enumerate(view.columns)
        }
    )
