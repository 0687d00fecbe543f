"""What Today shows a person: the one thing to do next, and where she stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser

from departments.models import Department, Membership
from departments.readiness import Readiness, State
from departments.reports import (
    URGENCY,
    Cell,
    DepartmentReadiness,
    department_readiness,
    home_membership,
)
from departments.reports.own import own_cells
from knowledge.models import BriefPage, ModulePage
from knowledge.reports import (
    is_keeper,
    minutes_left,
    newest_brief,
    remarks_to_answer,
    unseen_replies,
)
from portal.models import User
from portal.navigation import Roles
from portal.reports.upkeep import Draft, Upkeep, newest_drafts, upkeep_on
from quizzes.days import organisation_day
from quizzes.memory import practice_due_on
from quizzes.reports import (
    WaitingChange,
    changes_waiting,
    closed_until_tomorrow,
    module_to_ask_about,
    renewed_by_practice,
    running_attempt,
)

SITTING_MINUTES = 2
TO_CHECK = frozenset({State.CHECK_THE_CHANGE, State.PREVIOUS_VERSION})


class Next(StrEnum):
    """What Today asks for, the most pressing first."""

    CHECK = "check"
    REWRITTEN = "rewritten"
    CARRY_ON = "carry-on"
    PRACTISE = "practise"
    REFRESH = "refresh"
    LEARN = "learn"
    QUIZ = "quiz"
    TOMORROW = "tomorrow"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One of my modules: where I stand with it, and how long it will take."""

    title: str
    slug: str
    readiness: Readiness
    minutes: int
    next: Next
    due_on: date | None = None
    joiner_until: date | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class TodayCard:
    """The one thing to do next; without a module there is nothing due."""

    next: Next
    line: ModuleLine | None = None
    is_practice: bool = False
    is_check: bool = False
    practice_on: date | None = None


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything on Today."""

    on: date
    card: TodayCard
    lines: tuple[ModuleLine, ...]
    ready: int
    counted: int
    brief: BriefPage | None
    teams: tuple[DepartmentReadiness, ...]
    drafts: tuple[Draft, ...] = ()
    upkeep: Upkeep | None = None
    has_department: bool = True
    joiner_until: date | None = None
    new_replies: int = 0
    to_answer: int = 0
    helped: ModulePage | None = None


def today_page(person: User, *, at: datetime, roles: Roles) -> TodayPage:
    day = organisation_day(at)
    membership = home_membership(person, on=day)
    lines = lines_of(membership, on=day) if membership else []
    states = [line.readiness.state for line in lines if line.joiner_until is None]
    return TodayPage(
        on=day,
        card=_card(person, lines),
        lines=tuple(lines),
        ready=sum(state.is_ready for state in states),
        counted=sum(state.is_counted for state in states),
        brief=newest_brief(),
        teams=tuple(teams_of(person, on=day)) if roles.is_head else (),
        drafts=tuple(newest_drafts(person)) if roles.is_marketer else (),
        upkeep=upkeep_on(day) if roles.is_administrator else None,
        has_department=membership is not None,
        joiner_until=_joiner_until(lines),
        new_replies=unseen_replies(person),
        to_answer=_to_answer(person, roles, day),
        helped=module_to_ask_about(person, day),
    )


def _to_answer(person: User, roles: Roles, day: date) -> int:
    """How many remarks wait for her. A head may follow an owner who has left."""
    may_answer = roles.is_head or is_keeper(person)
    return remarks_to_answer(person, day).count() if may_answer else 0


def _joiner_until(lines: Sequence[ModuleLine]) -> date | None:
    """Until when a joiner has time for what she is not ready for yet."""
    days = (line.joiner_until for line in lines if not line.readiness.state.is_ready)
    return min(filter(None, days), default=None)


def my_modules(person: User, *, on: date) -> list[ModuleLine]:
    """What my department must know, the most pressing first."""
    membership = home_membership(person, on=on)
    return lines_of(membership, on=on) if membership else []


def lines_of(membership: Membership, *, on: date) -> list[ModuleLine]:
    cells = own_cells(membership, on=on)
    left = minutes_left([cell.slug for cell in cells], membership.person)
    practised = renewed_by_practice(cell.module_id for cell in cells)
    closed = closed_until_tomorrow(membership.person, [cell.module_id for cell in cells], on)
    waiting = _changes_waiting(membership.person, cells)
    lines = []
    for cell in cells:
        if cell.readiness:
            change = waiting.get(cell.module_id)
            step = _next_step(cell.readiness.state, left[cell.slug], cell.module_id in practised)
            if change is not None and change.needs_quiz and step is Next.CHECK:
                step = Next.REWRITTEN
            if step in {Next.QUIZ, Next.REWRITTEN} and cell.module_id in closed:
                step = Next.TOMORROW
            line = _line(cell, cell.readiness, step, left[cell.slug], on)
            lines.append(replace(line, is_urgent=bool(change and change.is_urgent)))
    return sorted(lines, key=_urgency)


def _changes_waiting(person: AbstractBaseUser, cells: Sequence[Cell]) -> dict[int, WaitingChange]:
    """Asks the database only where somebody waits."""
    told = [cell.module_id for cell in cells if cell.readiness and cell.readiness.state in TO_CHECK]
    return changes_waiting(person, told) if told else {}


def teams_of(person: User, *, on: date) -> list[DepartmentReadiness]:
    """The topmost departments that the person leads."""
    headed = list(Department.objects.headed_by(person, on=on).order_by("path"))
    tops = [
        department
        for department in headed
        if not any(
            department.path != other.path and department.path.startswith(other.path)
            for other in headed
        )
    ]
    return [department_readiness(department, on=on) for department in tops]


def _line(cell: Cell, readiness: Readiness, step: Next, minutes_left: int, on: date) -> ModuleLine:
    return ModuleLine(
        title=cell.title,
        slug=cell.slug,
        readiness=readiness,
        minutes=SITTING_MINUTES + (minutes_left if step is Next.LEARN else 0),
        next=step,
        due_on=cell.due_ahead(on),
        joiner_until=cell.joiner_until,
    )


def _urgency(line: ModuleLine) -> tuple[bool, int, date]:
    """By state; of what needs a check, practice or learning, the nearest date comes first."""
    state, nearest = line.readiness.state, None
    if state in {State.PRACTICE_DUE, State.PREVIOUS_VERSION}:
        nearest = line.readiness.ready_until
    elif not state.is_ready:
        nearest = line.due_on
    return not line.is_urgent, URGENCY.index(state), nearest or date.max


def _next_step(state: State, minutes_left: int, is_practised: bool) -> Next:
    """What a module asks for; where practice can't move the date, only the quiz does."""
    match state:
        case State.CHECK_THE_CHANGE | State.PREVIOUS_VERSION:
            return Next.CHECK
        case State.PRACTICE_DUE:
            return Next.PRACTISE if is_practised else Next.QUIZ
        case State.LAPSED:
            return Next.REFRESH if is_practised else Next.QUIZ
        case State.STARTED | State.NOT_STARTED:
            return Next.LEARN if minutes_left else Next.QUIZ
    return Next.NOTHING


def _card(person: User, lines: Sequence[ModuleLine]) -> TodayCard:
    by_slug = {line.slug: line for line in lines}
    urgent = next((line for line in lines if line.is_urgent), None)
    if urgent is not None and urgent.next is not Next.TOMORROW:
        return TodayCard(urgent.next, urgent)
    running = running_attempt(person, by_slug)
    if running is not None:
        line = by_slug[running.module.slug]
        return TodayCard(
            Next.CARRY_ON, line, is_practice=running.is_practice, is_check=running.is_check
        )
    waiting = [line for line in lines if line.next is not Next.NOTHING]
    first = min(waiting, key=lambda line: line.next is Next.TOMORROW, default=None)
    if first is not None:
        return TodayCard(first.next, first)
    return TodayCard(Next.NOTHING, practice_on=_next_practice(lines))


def _next_practice(lines: Sequence[ModuleLine]) -> date | None:
    dates = [
        practice_due_on(line.readiness.ready_until, line.readiness.practice_from)
        for line in lines
        if line.readiness.ready_until and line.readiness.state is State.READY
    ]
    return min(dates, default=None)
