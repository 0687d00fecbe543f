"""The organisation's page: departments and modules, as each may see them."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.actions.marking import mark
from departments.actions.months import note_months
from departments.actions.rolling import MARKS_OF_A_PAGE, roll_up
from departments.models import Department, Membership, ReadinessMonth, RollupMark
from departments.reports import department_readiness
from departments.reports.organisation import overview
from knowledge.models import ModulePage
from portal.models import User
from quizzes.models import Standing
from tests.conftest import NOW
from tests.factories import (
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
PAGE = "/organisation/"
SIZES = {"Care": 13, "Digital": 4, "Field": 9, "Finance": 6, "Learning": 3}


@pytest.fixture
def module(company: Department) -> ModulePage:
    """Asked of all for long; in each department all but one are ready."""
    requirement = RequirementFactory(
        department=company, module__title="Fair Refund", known_from=LONG_AGO
    )
    for name, size in SIZES.items():
        people(DepartmentFactory(name=name, parent=company), requirement.module, size)
    found: ModulePage = requirement.module
    return found


def people(department: Department, module: ModulePage, size: int) -> None:
    """All but the first are ready."""
    made = User.objects.bulk_create(
        User(email=f"{department.pk}-{number}-{size}@example.com", last_name=f"Example{number}")
        for number in range(size)
    )
    Membership.objects.bulk_create(
        Membership(person=person, department=department, starts_on=LONG_AGO, known_from=LONG_AGO)
        for person in made
    )
    Standing.objects.bulk_create(
        Standing(
            person=person,
            module=module,
            started_at=NOW,
            passed_on=TODAY,
            ready_until=TODAY + 40 * A_DAY,
            practice_from=TODAY + 30 * A_DAY,
            version=1,
        )
        for person in made[1:]
    )
    mark(department=department)


def part(name: str) -> Department:
    found: Department = Department.objects.get(name=name)
    return found


def head_of(name: str) -> User:
    person: User = HeadshipFactory(department=part(name)).person
    return person


def shown(client: Client, person: User, path: str = PAGE, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def lines(client: Client, person: User, path: str = f"{PAGE}export/") -> dict[str, str]:
    client.force_login(person)
    text = b"".join(client.get(path)).decode().removeprefix("\ufeff")
    return {row[0]: " of ".join(filter(None, row[2:4])) for row in csv.reader(StringIO(text))}


def test_the_departments_sum_to_the_organisation(client: Client, module: ModulePage) -> None:
    told = lines(client, head_of("Company"))

    assert told["Care"] == "12 of 13"
    assert told["All"] == "30 of 35"
    own = department_readiness(part("Company"), on=TODAY).columns[0].tally
    assert told["All"] == f"{own.ready} of {own.needed}"


def test_others_see_no_department_from_which_a_small_one_could_be_told(
    client: Client, module: ModulePage
) -> None:
    told = lines(client, PersonFactory(administrator=True))

    hidden = {name for name, figures in told.items() if figures == "Too few to show"}
    # The sixth person of Finance could otherwise be the seven of Digital and Learning.
    assert hidden == {"Digital", "Finance", "Learning"}
    assert told["All"] == "30 of 35"


def test_a_head_sees_her_own_small_department(client: Client, module: ModulePage) -> None:
    told = lines(client, head_of("Learning"))

    assert told["Learning"] == "2 of 3"
    assert told["Digital"] == "Too few to show"


def test_whoever_led_a_small_department_then_sees_no_more_of_it_than_others(
    client: Client, module: ModulePage
) -> None:
    note_months(at=NOW)
    person = head_of("Care")
    HeadshipFactory(person=person, department=part("Learning"), ends_on=TODAY - A_DAY)

    told = lines(client, person, f"{PAGE}export/?on=2026-10-31")

    assert told["Care"] == "0 of 13"
    assert told["Learning"] == "Too few to show"


def test_below_a_hidden_department_everything_is_hidden(client: Client, module: ModulePage) -> None:
    finance = part("Finance")
    for name in ("Billing", "Refunds"):
        people(DepartmentFactory(name=name, parent=finance), module, 6)
    Membership.objects.filter(department=finance).delete()
    people(part("Digital"), module, 0)

    open_ones = lines(client, PersonFactory(administrator=True), f"{PAGE}{finance.pk}/export/")
    Membership.objects.filter(department=part("Field")).delete()
    Membership.objects.filter(department=part("Care")).delete()
    closed = lines(client, PersonFactory(administrator=True), f"{PAGE}{finance.pk}/export/")

    assert open_ones["Billing"] == "5 of 6"
    assert set(closed.values()) <= {"Ready on 2026-11-20 of Needed", "Too few to show"}


def test_a_colleague_sees_totals_and_no_department(client: Client, module: ModulePage) -> None:
    colleague = Membership.objects.filter(department__name="Care")[0].person

    page = shown(client, colleague)

    assert "30 of 35" in page
    assert "Digital" not in page
    shown(client, colleague, f"{PAGE}{part('Care').pk}/", status=404)
    shown(client, colleague, f"{PAGE}{part('Care').pk}/export/", status=404)


def test_numbers_lead_to_the_team_for_its_head_only(client: Client, module: ModulePage) -> None:
    page = shown(client, head_of("Care"))

    assert f'href="/team/{part("Care").pk}/?module={module.slug}"' in page
    assert f'href="/team/{part("Field").pk}/' not in page


def test_levels_are_told_to_whoever_leads_them_all(client: Client, module: ModulePage) -> None:
    Membership.objects.filter(department__name="Learning").update(level="lead")
    mark()

    assert "Team lead" in shown(client, head_of("Company"))
    assert "Team lead" not in shown(client, PersonFactory(administrator=True))


def test_the_page_counts_what_moved_before_it_is_shown(client: Client, module: ModulePage) -> None:
    leader = head_of("Company")
    shown(client, leader)
    person = Membership.objects.filter(department__name="Care").latest("pk").person
    Membership.objects.filter(person=person).update(ends_on=TODAY - A_DAY)
    mark(person=person.pk)

    assert "29 of 34" in shown(client, leader)
    assert not RollupMark.objects.exists()


def test_figures_that_are_being_counted_say_how_old_they_are(
    client: Client, module: ModulePage, clock: time_machine.Traveller
) -> None:
    leader = head_of("Company")
    roll_up(at=NOW)
    RollupMark.objects.bulk_create(RollupMark(module=module) for _ in range(MARKS_OF_A_PAGE + 1))
    clock.move_to(NOW + timedelta(hours=2))

    page = shown(client, leader)

    assert "Figures as of Friday 20\u00a0November, 09:00, 2\u00a0hours ago" in page
    assert "30 of 35" in page


def test_a_new_day_needs_no_new_count(
    client: Client, module: ModulePage, clock: time_machine.Traveller
) -> None:
    leader = head_of("Company")
    roll_up(at=NOW)
    clock.move_to(NOW + 200 * A_DAY)

    assert "0 of 35" in shown(client, leader)


def test_a_month_once_noted_stays_as_it_was(client: Client, module: ModulePage) -> None:
    leader = head_of("Company")
    october = date(2026, 10, 31)
    note_months(at=NOW)
    before = list(ReadinessMonth.objects.filter(ends_on=october).values())
    Membership.objects.filter(department__name="Care").delete()

    assert note_months(at=NOW) == 0
    assert list(ReadinessMonth.objects.filter(ends_on=october).values()) == before
    # Proved in November: in October all 35 were asked, and nobody was ready.
    assert "0 of 35" in shown(client, leader, f"{PAGE}?on=2026-10-31")


def test_a_month_that_nobody_counted_is_folded_like_any_past_day(module: ModulePage) -> None:
    roll_up(at=NOW)
    note_months(at=NOW + 12 * A_DAY)

    stored = ReadinessMonth.objects.get(department=part("Care"), ends_on=date(2026, 10, 31))
    then = department_readiness(part("Care"), on=date(2026, 10, 31)).columns[0].tally
    assert (stored.ready, stored.needed) == (then.ready, then.needed)


def test_the_page_costs_the_same_with_more_people_and_departments(
    client: Client, module: ModulePage
) -> None:
    leader = head_of("Company")
    before = queries(client, leader)
    for name in ("Repairs", "Visits"):
        people(DepartmentFactory(name=name, parent=part("Field")), module, 5)
    people(DepartmentFactory(name="Shops", parent=part("Company")), module, 5)

    assert queries(client, leader) == before <= 10


def queries(client: Client, person: User) -> int:
    shown(client, person)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)


class Arrival:
    """Sets a mark in the middle of counting, as somebody does who hands in a quiz just then."""

    def __init__(self, module: ModulePage) -> None:
        self.module, self.has_come = module, False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if '"quizzes_standing"' in sql and not self.has_come:
            self.has_come = True
            mark(module=self.module)
        return execute(sql, params, many, context)


def test_a_mark_that_is_set_while_counting_stays(module: ModulePage) -> None:
    with connection.execute_wrapper(Arrival(module)):
        roll_up(at=NOW)

    assert [each.module_id for each in RollupMark.objects.all()] == [module.pk]


def figures_of(person: User) -> Iterator[tuple[int, int]]:
    report = overview(part("Company"), person, on=TODAY, is_today=True)
    for line in report.lines:
        for each in line.sums:
            if each.tally:
                yield each.tally.ready, each.tally.needed


def test_lines_of_a_head_of_all_sum_to_the_total(module: ModulePage) -> None:
    people(part("Company"), module, 2)
    roll_up(at=NOW)

    assert tuple(map(sum, zip(*figures_of(head_of("Company")), strict=True))) == (31, 37)
