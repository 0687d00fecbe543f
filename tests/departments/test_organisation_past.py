"""Whatever is done to the organisation later, a day is told as it was."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from time_machine import Traveller

from departments.actions.correcting import correct_membership, set_leave
from departments.actions.leading import appoint_head
from departments.actions.memberships import Place
from departments.actions.organisation import (
    merge_departments,
    move_department,
    rename_department,
)
from departments.actions.placing import (
    add_second_department,
    end_employment,
    move_person,
    place_person,
)
from departments.models import Department, Membership
from departments.reports import department_readiness
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=5)
TEAMS = ("Care", "Network", "Sales")
type Told = dict[str, object]


@pytest.fixture
def company() -> Department:
    """Three teams with parts, each of which asks for modules of its own; everybody is known."""
    company = DepartmentFactory(name="Wrenfield")
    RequirementFactory(department=company, module__title="Our promises", known_from=LONG_AGO)
    for name in TEAMS:
        team = DepartmentFactory(name=name, parent=company)
        RequirementFactory(department=team, module__title=f"For {name}", known_from=LONG_AGO)
        part = DepartmentFactory(name=f"{name} North", parent=team)
        for department in (team, part):
            member(department, LONG_AGO)
            member(department, TODAY - 3 * A_DAY)
    return named("Wrenfield")


def member(department: Department, day: date) -> None:
    MembershipFactory(department=department, starts_on=day, known_from=day)


def named(name: str) -> Department:
    department: Department = Department.objects.get(name=name)
    return department


def one_of(name: str) -> User:
    membership = Membership.objects.filter(department__name=name).earliest("pk")
    person: User = membership.person
    return person


def told() -> Told:
    """How every department stood on the first day: its people, their states, and its parts."""
    return {
        department.pk: (
            report.rows,
            report.columns,
            [branch for branch in report.branches if any(each.needed for each in branch.tallies)],
        )
        for department in Department.objects.order_by("pk")
        for report in [department_readiness(department, on=TODAY)]
    }


def merge(by: User) -> None:
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=LATER)


def move(by: User) -> None:
    move_department(department=named("Care"), parent=named("Sales North"), by=by, at=LATER)


def merge_twice(by: User) -> None:
    merge(by)
    move_department(department=named("Sales"), parent=named("Network"), by=by, at=LATER)
    merge_departments(merged=named("Sales"), into=named("Network"), by=by, at=LATER)


def take_back(by: User) -> None:
    """Somebody moved on a day that had passed: nobody knew it then."""
    place = Place(named("Sales"), TODAY - 9 * A_DAY)
    move_person(person=one_of("Care"), place=place, by=by, at=LATER)


def leave(by: User) -> None:
    end_employment(person=one_of("Care"), last_day=TODAY - 9 * A_DAY, by=by, at=LATER)


def be_away(by: User) -> None:
    set_leave(person=one_of("Care"), leave_from=TODAY - 9 * A_DAY, leave_to=None, by=by, at=LATER)


def correct(by: User) -> None:
    stored = Membership.objects.filter(department__name="Care").earliest("pk")
    place = Place(stored.department, TODAY - 2 * A_DAY, title="Coach", level="lead")
    correct_membership(membership=stored, place=place, by=by, at=LATER)


def join(by: User) -> None:
    place_person(
        person=PersonFactory(), place=Place(named("Care"), TODAY - 9 * A_DAY), by=by, at=LATER
    )
    second = Place(named("Sales"), TODAY - 9 * A_DAY)
    add_second_department(person=one_of("Care"), place=second, by=by, at=LATER)


def rise(by: User) -> None:
    appoint_head(
        department=named("Care"),
        person=one_of("Care"),
        starts_on=TODAY - 9 * A_DAY,
        ends_on=None,
        by=by,
        at=LATER,
    )
    rename_department(department=named("Network North"), name="Aerials", by=by, at=LATER)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "act", [merge, move, merge_twice, take_back, leave, be_away, correct, join, rise]
)
def test_a_past_day_is_told_as_it_was(act: Callable[[User], None], clock: Traveller) -> None:
    by = PersonFactory(administrator=True)
    clock.move_to(NOW + A_DAY)
    before = told()
    clock.move_to(LATER)
    act(by)
    # Of departments only the names are today's.
    Department.objects.filter(name="Aerials").update(name="Network North")
    after = told()
    assert after == before
