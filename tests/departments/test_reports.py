"""One function makes every readiness figure."""

from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Department, Exemption
from departments.readiness import Event, Readiness, Reason, State, fold
from departments.reports import Cell, department_readiness, home_membership, person_readiness
from departments.reports.chains import chain_of
from quizzes.models import Standing, StandingEvent
from tests.factories import (
    A_DAY,
    TODAY,
    AttemptFactory,
    DepartmentFactory,
    MembershipFactory,
    PromiseFactory,
    RequirementFactory,
    StandingFactory,
    module_with_questions,
)

pytestmark = pytest.mark.django_db


def test_a_requirement_binds_the_departments_below(company: Department) -> None:
    care = DepartmentFactory(name="Care", parent=company)
    member = MembershipFactory(department=care)
    RequirementFactory(department=company)

    report = department_readiness(care, on=TODAY)

    assert [row.person_id for row in report.rows] == [member.person_id]
    assert report.columns[0].tally.needed == 1


def test_a_requirement_of_another_department_asks_nothing(company: Department) -> None:
    care = DepartmentFactory(name="Care", parent=company)
    sales = DepartmentFactory(name="Sales", parent=company)
    MembershipFactory(department=care)
    RequirementFactory(department=sales)

    assert department_readiness(care, on=TODAY).columns == ()
    assert department_readiness(company, on=TODAY).rows[0].cells[0].readiness is None


def test_of_two_requirements_the_nearer_one_binds(company: Department) -> None:
    care = DepartmentFactory(name="Care", parent=company)
    MembershipFactory(department=care)
    far = RequirementFactory(department=company, due_on=TODAY + 9 * A_DAY)
    RequirementFactory(department=care, module=far.module, due_on=TODAY + A_DAY)

    cells = department_readiness(care, on=TODAY).rows[0].cells

    assert [cell.due_on for cell in cells] == [TODAY + A_DAY]


def test_somebody_is_there_on_her_last_day_and_not_on_the_next(company: Department) -> None:
    MembershipFactory(department=company, ends_on=TODAY)

    there = [len(department_readiness(company, on=day).rows) for day in (TODAY, TODAY + A_DAY)]

    assert there == [1, 0]


def test_who_has_two_homes_for_a_while_has_the_older_one_everywhere(company: Department) -> None:
    """A promise's part must not be of another department than her readiness."""
    care, sales = (DepartmentFactory(name=name, parent=company) for name in ("Care", "Sales"))
    newer = MembershipFactory(department=sales)
    older = MembershipFactory(
        department=care,
        person=newer.person,
        starts_on=newer.starts_on - A_DAY,
        ends_on=TODAY + A_DAY,
    )
    promise = PromiseFactory(departments=[care, sales])

    home = home_membership(newer.person, on=TODAY)
    own = chain_of(promise, newer.person, on=TODAY).own

    assert home == older
    assert [step.department for step in own] == ["Care"]


def test_people_on_leave_exempt_and_new_leave_both_numbers(company: Department) -> None:
    requirement = RequirementFactory(department=company)
    ready = MembershipFactory(department=company)
    StandingFactory(person=ready.person, module=requirement.module, ready=True)
    away = MembershipFactory(department=company, on_leave=True)
    joiner = MembershipFactory(department=company, joiner=True)
    exempt = MembershipFactory(department=company)
    Exemption.objects.create(
        person=exempt.person,
        module=requirement.module,
        reason="Never meets customers",
        starts_on=TODAY,
        ends_on=TODAY + 30 * A_DAY,
    )

    report = department_readiness(company, on=TODAY)

    tally = report.columns[0].tally
    reasons = {
        row.person_id: row.cells[0].readiness.reason
        for row in report.not_counted
        if row.cells[0].readiness
    }
    assert (tally.ready, tally.needed, tally.not_counted) == (1, 1, 3)
    assert reasons == {
        away.person_id: Reason.LEAVE,
        joiner.person_id: Reason.JOINER,
        exempt.person_id: Reason.EXEMPT,
    }


def test_a_joiner_counts_from_the_thirtieth_day(company: Department) -> None:
    RequirementFactory(department=company)
    MembershipFactory(department=company, starts_on=TODAY)

    on_the_last_free_day = department_readiness(company, on=TODAY + 29 * A_DAY)
    on_the_first_due_day = department_readiness(company, on=TODAY + 30 * A_DAY)

    assert on_the_last_free_day.columns[0].tally.needed == 0
    assert on_the_first_due_day.columns[0].tally.needed == 1


def test_somebody_who_moves_between_departments_is_no_joiner_again(
    company: Department,
) -> None:
    RequirementFactory(department=company)
    earlier = MembershipFactory(department=company, left=True)
    MembershipFactory(person=earlier.person, department=company, starts_on=TODAY)

    assert department_readiness(company, on=TODAY).columns[0].tally.needed == 1


def test_leavers_and_deactivated_people_are_not_there(company: Department) -> None:
    RequirementFactory(department=company)
    MembershipFactory(department=company, left=True)
    MembershipFactory(department=company, person__deactivated=True)

    assert department_readiness(company, on=TODAY).rows == ()


def test_the_figures_of_the_parts_sum_to_the_whole(company: Department) -> None:
    requirement = RequirementFactory(department=company)
    for parent in (DepartmentFactory(parent=company), DepartmentFactory(parent=company), company):
        for is_ready in (True, False):
            member = MembershipFactory(department=Department.objects.get(pk=parent.pk))
            StandingFactory(person=member.person, module=requirement.module, ready=is_ready)

    report = department_readiness(Department.objects.get(pk=company.pk), on=TODAY)

    whole = report.columns[0].tally
    assert sum(branch.tallies[0].ready for branch in report.branches) == whole.ready == 3
    assert sum(branch.tallies[0].needed for branch in report.branches) == whole.needed == 6


def test_somebody_in_two_departments_is_counted_once_at_home(company: Department) -> None:
    RequirementFactory(department=company)
    member = MembershipFactory(department=DepartmentFactory(parent=company))
    MembershipFactory(
        person=member.person, department=DepartmentFactory(parent=company), is_home=False
    )

    report = department_readiness(Department.objects.get(pk=company.pk), on=TODAY)

    assert report.columns[0].tally.needed == 1


def test_people_stand_in_the_order_of_their_names(company: Department) -> None:
    for name in ("Zander", "Abbott", "Moss"):
        MembershipFactory(department=company, person__last_name=name)

    names = [row.name for row in department_readiness(company, on=TODAY).rows]

    assert names == ["Robin Abbott", "Robin Moss", "Robin Zander"]


def test_what_a_person_sees_of_herself_is_the_row_that_her_head_is_given(
    company: Department,
) -> None:
    requirement = RequirementFactory(department=company)
    member = MembershipFactory(department=company)
    StandingFactory(person=member.person, module=requirement.module, practice_due=True)
    home = home_membership(member.person, on=TODAY)
    assert home is not None

    own = person_readiness(home, on=TODAY)

    assert own == department_readiness(company, on=TODAY).row_of(member.person_id)


def test_the_head_is_given_no_answer_score_or_time(company: Department) -> None:
    requirement = RequirementFactory(department=company, module=module_with_questions())
    member = MembershipFactory(department=company)
    AttemptFactory(person=member.person, module=requirement.module, passed=True)

    row = department_readiness(company, on=TODAY).rows[0]

    names = {field.name for kind in (type(row), Cell, Readiness) for field in fields(kind)}
    for word in ("answer", "score", "right", "attempt", "sureness", "_at"):
        assert not [name for name in names if word in name]


@pytest.mark.parametrize("ahead", range(0, 60, 7))
def test_readiness_from_dates_equals_readiness_from_folded_events(
    company: Department, at: datetime, ahead: int
) -> None:
    module = module_with_questions(count=8)
    RequirementFactory(department=company, module=module)
    member = MembershipFactory(department=company)
    AttemptFactory(person=member.person, module=module, passed=True, at=at - 20 * A_DAY)
    AttemptFactory(
        person=member.person, module=module, practice=True, passed=True, at=at - 10 * A_DAY
    )
    standing = Standing.objects.get(person=member.person)

    folded = fold(events_of(member.person_id), TODAY)

    day = TODAY + timedelta(days=ahead)
    assert folded.ready_until == standing.ready_until
    assert is_ready(company, day) == (folded.ready_until is not None and folded.ready_until >= day)


def test_what_was_known_last_month_stays_after_todays_pass(
    company: Department, at: datetime
) -> None:
    module = module_with_questions()
    member = MembershipFactory(department=company)
    AttemptFactory(person=member.person, module=module, passed=True, at=at - 60 * A_DAY)
    before = fold(events_of(member.person_id), TODAY - 30 * A_DAY)

    AttemptFactory(person=member.person, module=module, practice=True, passed=True, at=at)

    assert fold(events_of(member.person_id), TODAY - 30 * A_DAY) == before


def test_a_report_costs_the_same_for_more_people_modules_and_departments(
    company: Department,
) -> None:
    grow(company)
    before = queries_of(company)

    grow(company)

    assert queries_of(company) == before <= 7


def grow(company: Department) -> None:
    requirement = RequirementFactory(department=Department.objects.get(pk=company.pk))
    below = DepartmentFactory(parent=company)
    for _number in range(10):
        member = MembershipFactory(department=below)
        StandingFactory(person=member.person, module=requirement.module, ready=True)


def queries_of(company: Department) -> int:
    with CaptureQueriesContext(connection) as queries:
        department_readiness(Department.objects.get(pk=company.pk), on=TODAY)
    return len(queries)


def is_ready(company: Department, day: date) -> bool:
    readiness = department_readiness(company, on=day).rows[0].cells[0].readiness
    return readiness is not None and readiness.state in {State.READY, State.PRACTICE_DUE}


def events_of(person_id: int) -> list[Event]:
    return [
        Event(
            recorded_on=event.at.date(),
            ready_until=event.ready_to,
            practice_from=event.practice_from,
            version=event.version,
        )
        for event in StandingEvent.objects.filter(person_id=person_id)
    ]


@pytest.mark.parametrize(
    ("due_on", "told"), [(TODAY - A_DAY, None), (TODAY, TODAY), (TODAY + A_DAY, TODAY + A_DAY)]
)
def test_a_due_day_is_told_until_its_end(due_on: date, told: date | None) -> None:
    cell = Cell(module_id=1, title="Module", slug="module", readiness=None, due_on=due_on)
    assert cell.due_ahead(TODAY) == told
