"""What Today shows a person: the one thing to do next, and where she stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import Page

from departments.models import Department, Headship, Membership, Requirement
from departments.readiness import Readiness, State
from departments.reports import (
    URGENCY,
    Cell,
    DepartmentReadiness,
    department_readiness,
    home_membership,
    person_readiness,
)
from knowledge.models import BriefPage, ModulePage
from knowledge.reports import minutes_left, newest_brief
from portal.models import User
from portal.navigation import Roles
from quizzes.days import organisation_day
from quizzes.memory import practice_due_on
from quizzes.reports import renewed_by_practice, running_attempt

SITTING_MINUTES = 2
DRAFTS_SHOWN = 3


class Next(StrEnum):
    """What Today asks for, the most pressing first."""

    CARRY_ON = "carry-on"
    PRACTISE = "practise"
    REFRESH = "refresh"
    LEARN = "learn"
    QUIZ = "quiz"
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


@dataclass(frozen=True, slots=True)
class TodayCard:
    """The one thing to do next; without a module there is nothing due."""

    next: Next
    line: ModuleLine | None = None
    is_practice: bool = False
    practice_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A page whose newest words no colleague can read yet."""

    title: str
    url: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an administrator looks after: how much there is, and what nobody looks after yet."""

    people: int
    departments: int
    without_head: int
    modules: int
    asked_of_nobody: int


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


def today_page(person: User, *, at: datetime, roles: Roles) -> TodayPage:
    day = organisation_day(at)
    membership = home_membership(person, on=day)
    lines = lines_of(membership, on=day) if membership else []
    states = [line.readiness.state for line in lines]
    return TodayPage(
        on=day,
        card=_card(person, lines),
        lines=tuple(lines),
        ready=sum(state.is_ready for state in states),
        counted=sum(state.is_counted for state in states),
        brief=newest_brief(),
        teams=tuple(teams_of(person, on=day)) if roles.is_head else (),
        drafts=tuple(newest_drafts(DRAFTS_SHOWN)) if roles.is_marketer else (),
        upkeep=upkeep_on(day) if roles.is_administrator else None,
        has_department=membership is not None,
    )


def my_modules(person: User, *, on: date) -> list[ModuleLine]:
    """What my department must know, the most pressing first."""
    membership = home_membership(person, on=on)
    return lines_of(membership, on=on) if membership else []


def lines_of(membership: Membership, *, on: date) -> list[ModuleLine]:
    cells = person_readiness(membership, on=on).cells
    left = minutes_left([cell.slug for cell in cells], membership.person)
    practised = renewed_by_practice(cell.module_id for cell in cells)
    lines = [
        _line(cell, cell.readiness, left[cell.slug], cell.module_id in practised, on)
        for cell in cells
        if cell.readiness
    ]
    return sorted(lines, key=lambda line: URGENCY.index(line.readiness.state))


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


def newest_drafts(most: int) -> list[Draft]:
    pages = Page.objects.filter(has_unpublished_changes=True, depth__gt=2)
    newest = pages.exclude(latest_revision_created_at=None).order_by("-latest_revision_created_at")
    return [
        Draft(
            title=page.draft_title or page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            changed_at=page.latest_revision_created_at,
        )
        for page in newest[:most]
    ]


def upkeep_on(day: date) -> Upkeep:
    led = Headship.objects.current(on=day).filter(department=OuterRef("pk"))
    departments = Department.objects.annotate(is_led=Exists(led)).values_list("is_led", "depth")
    below_the_root = [is_led for is_led, depth in departments if depth > 1]
    asked = Requirement.objects.filter(module=OuterRef("pk"))
    modules = ModulePage.objects.live().annotate(is_asked=Exists(asked))
    are_asked = list(modules.values_list("is_asked", flat=True))
    return Upkeep(
        people=User.objects.filter(is_active=True).count(),
        departments=len(below_the_root),
        without_head=below_the_root.count(False),
        modules=len(are_asked),
        asked_of_nobody=are_asked.count(False),
    )


def _line(
    cell: Cell, readiness: Readiness, minutes_left: int, is_practised: bool, on: date
) -> ModuleLine:
    is_ahead = cell.due_on is not None and cell.due_on >= on
    step = _next_step(readiness.state, minutes_left, is_practised)
    return ModuleLine(
        title=cell.title,
        slug=cell.slug,
        readiness=readiness,
        minutes=SITTING_MINUTES + (minutes_left if step is Next.LEARN else 0),
        next=step,
        due_on=cell.due_on if is_ahead else None,
    )


def _next_step(state: State, minutes_left: int, is_practised: bool) -> Next:
    """What a module asks for; where practice can't move the date, only the quiz does."""
    match state:
        case State.PRACTICE_DUE:
            return Next.PRACTISE if is_practised else Next.QUIZ
        case State.LAPSED:
            return Next.REFRESH if is_practised else Next.QUIZ
        case State.STARTED | State.NOT_STARTED:
            return Next.LEARN if minutes_left else Next.QUIZ
    return Next.NOTHING


def _card(person: User, lines: Sequence[ModuleLine]) -> TodayCard:
    by_slug = {line.slug: line for line in lines}
    running = running_attempt(person, by_slug)
    if running is not None:
        line = by_slug[running.module.slug]
        return TodayCard(Next.CARRY_ON, line, is_practice=running.is_practice)
    first = next((line for line in lines if line.next is not Next.NOTHING), None)
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
