"""Whoever works in several departments counts once, and figures add up."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import (
    Department,
)
from departments.readiness import Reason, State
from departments.reports import Cell, DepartmentReadiness, department_readiness
from departments.reports.own import own_cells
from departments.reports.people import home_membership, person_readiness, places_of
from knowledge.models import ModulePage
from portal.models import User
from tests.departments.organisations import assign, more_time, waive
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


def report(department: Department, on: date = TODAY) -> DepartmentReadiness:
    return department_readiness(Department.objects.get(pk=department.pk), on=on)


def only_cell(department: Department, person: int, on: date = TODAY) -> Cell:
    row = report(department, on).row_of(person)
    assert row is not None
    (cell,) = row.cells
    return cell


def reason_in(department: Department, person: int, on: date = TODAY) -> Reason | None:
    cell = only_cell(department, person, on)
    assert cell.readiness is not None
    return cell.readiness.reason


def figures(told: DepartmentReadiness) -> list[tuple[int, int, int]]:
    return [
        (column.tally.ready, column.tally.needed, column.tally.not_counted)
        for column in told.columns
    ]


def test_a_requirement_asks_those_of_its_levels_only(company: Department) -> None:
    RequirementFactory(department=company, levels=["lead"])
    lead = MembershipFactory(department=company, level="lead")
    staff = MembershipFactory(department=company, level="staff")

    assert only_cell(company, lead.person_id).readiness is not None
    assert only_cell(company, staff.person_id).readiness is None


def test_a_job_title_is_known_however_it_is_written(company: Department) -> None:
    RequirementFactory(department=company, titles=["Service  Adviser"])
    adviser = MembershipFactory(department=company, title=" service adviser")
    other = MembershipFactory(department=company, title="Engineer")

    assert only_cell(company, adviser.person_id).readiness is not None
    assert only_cell(company, other.person_id).readiness is None


def test_where_the_nearer_one_does_not_ask_her_the_farther_one_may(company: Department) -> None:
    care = DepartmentFactory(name="Care", parent=company)
    far = RequirementFactory(department=company, due_on=TODAY + 9 * A_DAY)
    RequirementFactory(department=care, module=far.module, due_on=TODAY, levels=["lead"])
    due = {
        level: only_cell(care, MembershipFactory(department=care, level=level).person_id).due_on
        for level in ("lead", "staff")
    }

    assert due == {"lead": TODAY, "staff": TODAY + 9 * A_DAY}


def test_a_requirement_asks_from_its_first_day_on(company: Department) -> None:
    RequirementFactory(department=company, starts_on=TODAY + A_DAY)
    member = MembershipFactory(department=company)

    asked = [only_cell(company, member.person_id, day).readiness for day in (TODAY, TODAY + A_DAY)]

    assert asked[0] is None
    assert asked[1] is not None


@pytest.fixture
def both(company: Department) -> tuple[Department, Department, User]:
    """Care, where she is at home, and Sales, where she works too."""
    care, sales = (DepartmentFactory(name=name, parent=company) for name in ("Care", "Sales"))
    member = MembershipFactory(department=care)
    MembershipFactory(department=sales, person=member.person, is_home=False)
    return care, sales, member.person


def test_what_both_departments_ask_counts_at_home_alone(
    company: Department, both: tuple[Department, Department, User]
) -> None:
    care, sales, person = both
    module = RequirementFactory(department=company).module
    StandingFactory(person=person, module=module, ready=True)

    assert figures(report(care)) == figures(report(company)) == [(1, 1, 0)]
    assert figures(report(sales)) == [(0, 0, 0)]
    readiness = only_cell(sales, person.pk).readiness
    assert readiness is not None
    assert (readiness.reason, readiness.because) == (Reason.ELSEWHERE, "Care")
    assert readiness.ready_until is None


def test_what_only_the_other_department_asks_counts_there(
    company: Department, both: tuple[Department, Department, User]
) -> None:
    care, sales, _person = both
    RequirementFactory(department=sales)

    assert figures(report(sales)) == figures(report(company)) == [(0, 1, 0)]
    assert report(care).columns == ()
    assert [branch.tallies[0].needed for branch in report(company).branches] == [0, 1]
    assert [cell.readiness is not None for cell in report(company).rows[0].cells] == [True]


def test_away_from_home_she_counts_nowhere_though_she_is_back_elsewhere(
    both: tuple[Department, Department, User],
) -> None:
    _home, other, person = both
    RequirementFactory(department=other)
    person.memberships.filter(is_home=True).update(leave_from=TODAY)
    person.memberships.filter(is_home=False).update(
        leave_from=TODAY - 90 * A_DAY, leave_to=TODAY - 60 * A_DAY
    )

    assert reason_in(other, person.pk) is Reason.LEAVE


def test_her_row_is_in_each_of_her_departments_as_their_heads_see_it(
    company: Department, both: tuple[Department, Department, User]
) -> None:
    care, sales, person = both
    RequirementFactory(department=company)
    RequirementFactory(department=sales)

    seen = [person_readiness(place, on=TODAY) for place in places_of(person, on=TODAY)]

    assert [row.department_name for row in seen] == ["Care", "Sales"]
    for row, department in zip(seen, (care, sales), strict=True):
        told = report(department).row_of(person.pk)
        assert told is not None
        assert list(row.cells) == [cell for cell in told.cells if cell.readiness]


def test_she_is_asked_for_what_any_of_her_departments_asks(
    both: tuple[Department, Department, User],
) -> None:
    care, sales, person = both
    at_home = RequirementFactory(department=care).module
    there = RequirementFactory(department=sales).module
    alone: ModulePage = ModuleFactory()
    assign(person, alone, TODAY + A_DAY)
    home = home_membership(person, on=TODAY)
    assert home is not None

    cells = own_cells(home, on=TODAY)

    assert {cell.module_id for cell in cells} == {at_home.pk, there.pk, alone.pk}


def test_whoever_was_assigned_a_module_counts_from_the_day_after_its_due_day(
    company: Department,
) -> None:
    member = MembershipFactory(department=company)
    MembershipFactory(department=company)
    assign(member.person, ModuleFactory(), TODAY)

    until, after = report(company), report(company, TODAY + A_DAY)

    assert figures(until) == [(0, 0, 1)]
    assert figures(after) == [(0, 1, 0)]
    assert reason_in(company, member.person_id) is Reason.ASSIGNED


def test_an_assignment_that_was_taken_back_asks_nothing(company: Department) -> None:
    member = MembershipFactory(department=company)
    given = assign(member.person, ModuleFactory(), TODAY)
    given.withdrawn_on = TODAY
    given.save()

    assert report(company).columns == ()


def test_a_waiver_that_was_taken_back_holds_until_the_day_before(company: Department) -> None:
    module = RequirementFactory(department=company).module
    member = MembershipFactory(department=company)
    waiver = waive(member.person, module)
    waiver.withdrawn_on = TODAY
    waiver.save()

    assert reason_in(company, member.person_id) is None


def test_more_time_moves_the_day_on_which_a_joiner_counts(company: Department) -> None:
    module = RequirementFactory(department=company).module
    member = MembershipFactory(department=company, joiner=True)
    more_time(member.person, module, TODAY + 60 * A_DAY)

    reasons = [reason_in(company, member.person_id, TODAY + days * A_DAY) for days in (60, 61)]

    assert reasons == [Reason.JOINER, None]


def test_more_time_takes_nobody_who_counts_out_of_the_count(company: Department) -> None:
    module = RequirementFactory(department=company).module
    member = MembershipFactory(department=company)
    more_time(member.person, module, TODAY + 60 * A_DAY)

    cell = only_cell(company, member.person_id)

    assert figures(report(company)) == [(0, 1, 0)]
    assert cell.due_on == TODAY + 60 * A_DAY


def test_a_module_without_dates_is_told_by_its_state_alone(company: Department) -> None:
    module = RequirementFactory(department=company).module
    member = MembershipFactory(department=company)
    StandingFactory(person=member.person, module=module)

    readiness = only_cell(company, member.person_id).readiness

    assert readiness is not None
    assert readiness.state is State.STARTED


def test_a_report_costs_the_same_for_more_acts_and_departments(company: Department) -> None:
    def grow() -> int:
        care = DepartmentFactory(parent=Department.objects.get(pk=company.pk))
        sales = DepartmentFactory(parent=Department.objects.get(pk=company.pk))
        RequirementFactory(department=sales)
        member = MembershipFactory(department=care)
        MembershipFactory(department=sales, person=member.person, is_home=False)
        assign(member.person, ModuleFactory(), TODAY)
        with CaptureQueriesContext(connection) as queries:
            report(company)
        return len(queries)

    assert grow() == grow() == 7


def test_what_others_see_shows_a_row_for_each_of_her_departments(
    client: Client, company: Department, both: tuple[Department, Department, User]
) -> None:
    _care, sales, person = both
    RequirementFactory(department=company)
    head = HeadshipFactory(department=sales).person
    client.force_login(person)

    page = client.get("/me/what-others-see/").content.decode()

    assert page.index("Your row in Care") < page.index("Your row in Sales")
    assert str(head) in page.partition("Your row in Sales")[2]
    assert str(head) not in page.partition("Your row in Sales")[0]
    assert "counted in Care" in page
