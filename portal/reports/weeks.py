"""A head's week in figures: those of the team's page, without anybody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from departments.reports import DepartmentReadiness, PersonRow
from departments.reports.handoffs import led_departments, open_needs
from departments.reports.nudges import TO_DO
from departments.reports.teams import ModuleColumn
from departments.reports.time_requests import time_requests_for
from portal.models import User
from portal.reports.today import teams_of


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """One team that somebody leads; `to_do` counts people for whom something waits."""

    department_id: int
    name: str
    columns: tuple[ModuleColumn, ...]
    to_do: int


@dataclass(frozen=True, slots=True)
class HeadsWeek:
    """All of a head's teams, and what waits for her own answer."""

    teams: tuple[TeamWeek, ...]
    needs: int
    time_requests: int


def heads_week(person: User, on: date) -> HeadsWeek | None:
    """None where there is nothing to say: everybody is ready, and nobody waits for an answer."""
    teams = tuple(_team(team) for team in teams_of(person, on=on))
    needs = open_needs(led_departments(person, on=on), on=on)
    week = HeadsWeek(
        teams=tuple(team for team in teams if team.to_do),
        needs=sum(need.waits_for_us for need in needs),
        time_requests=len(time_requests_for(person, on=on).to_answer),
    )
    return week if week.teams or week.needs or week.time_requests else None


def _team(team: DepartmentReadiness) -> TeamWeek:
    columns = tuple(column for column in team.columns if column.tally.needed)
    return TeamWeek(team.department_id, team.name, columns, _to_do(team.rows))


def _to_do(rows: Sequence[PersonRow]) -> int:
    return sum(
        any(cell.readiness is not None and cell.readiness.state in TO_DO for cell in row.cells)
        for row in rows
    )
