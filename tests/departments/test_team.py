"""The head's page and its file."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import Department, Membership
from departments.reports import department_readiness
from knowledge.importers.cells import FORMULA_STARTS, neutralised
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def care() -> Department:
    return DepartmentFactory(name="Care")


def team(department: Department, name: str = "team-detail") -> str:
    return reverse(f"departments:{name}", args=[department.pk])


def read(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return response.content.decode()


def member(department: Department, **standing: object) -> User:
    person: User = MembershipFactory(department=department).person
    if standing:
        StandingFactory(person=person, **standing)
    return person


def test_the_first_sentence_counts_who_is_ready(visitor: Client, care: Department) -> None:
    module = RequirementFactory(department=care, module__title="Fair Refund").module
    member(care, module=module, ready=True)
    member(care, module=module, lapsed=True)

    assert "1 of 2 ready for Fair Refund today." in read(visitor, team(care))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, "None of 1 were ready for Fair Refund on Wednesday 18 November."),
        (9, "1 of 1 would be ready for Fair Refund on Sunday 29 November."),
    ],
)
def test_the_first_sentence_of_another_day_names_it(
    visitor: Client, care: Department, days: int, told: str
) -> None:
    asked = RequirementFactory(
        department=care, module__title="Fair Refund", known_from=TODAY - 9 * A_DAY
    )
    member(care, module=asked.module, ready=True)
    Membership.objects.update(known_from=TODAY - 9 * A_DAY)

    shown = read(visitor, f"{team(care)}?on={(TODAY + days * A_DAY).isoformat()}")

    assert told in " ".join(shown.split())


def test_every_state_is_told_in_words(visitor: Client, care: Department) -> None:
    module = RequirementFactory(department=care).module
    for state in ("ready", "practice_due", "lapsed"):
        member(care, module=module, **{state: True})
    member(care, module=module, started_at=NOW)
    member(care)

    shown = read(visitor, team(care))

    for word in ("Ready", "Practice due", "Lapsed", "Started", "Not started"):
        assert word in shown


def test_who_is_not_counted_is_listed_with_the_reason(visitor: Client, care: Department) -> None:
    RequirementFactory(department=care)
    MembershipFactory(department=care, on_leave=True, person__last_name="Wrayburn")

    shown = read(visitor, team(care))

    assert "Wrayburn" in shown
    assert "on leave until" in shown


def test_a_head_sees_the_departments_below(visitor: Client, care: Department) -> None:
    below = DepartmentFactory(parent=care)

    assert visitor.get(team(below)).status_code == 200


@pytest.mark.parametrize("name", ["team-detail", "team-export", "team-json"])
def test_a_foreign_department_is_not_there(visitor: Client, name: str) -> None:
    assert visitor.get(team(DepartmentFactory(), name)).status_code == 404


@pytest.mark.parametrize("name", ["team-detail", "team-export", "team-json"])
def test_a_head_who_stepped_down_yesterday_sees_it_no_longer(
    client: Client, care: Department, name: str
) -> None:
    client.force_login(HeadshipFactory(department=care, left=True).person)

    assert client.get(team(care, name)).status_code == 404


def test_a_colleague_has_no_team_page(client: Client) -> None:
    client.force_login(PersonFactory())

    assert client.get(reverse("departments:team-index")).status_code == 404


def test_a_team_without_modules_says_so(visitor: Client, care: Department) -> None:
    member(care)

    assert "No modules are assigned to your team yet." in read(visitor, team(care))


def test_the_file_has_the_rows_of_the_screen(visitor: Client, care: Department) -> None:
    wanted = RequirementFactory(department=care).module
    other = RequirementFactory(department=care).module
    people = [member(care, module=wanted, ready=True), member(care)]

    response = visitor.get(team(care, "team-export"), {"module": wanted.slug})

    rows = list(csv.reader(StringIO(response.getvalue().decode())))
    assert [row[0] for row in rows[1:]] == sorted(str(person) for person in people)
    assert {row[2] for row in rows[1:]} == {wanted.title} != {other.title}
    shown = read(visitor, team(care) + f"?module={wanted.slug}")
    table = shown.partition("table--people")[2].partition("</table>")[0]
    assert wanted.title in table
    assert other.title not in table


def test_the_file_speaks_the_words_of_the_screen(visitor: Client, care: Department) -> None:
    module = RequirementFactory(department=care).module
    member(care, module=module, practice_due=True)
    MembershipFactory(department=care, on_leave=True)

    text = visitor.get(team(care, "team-export")).getvalue().decode("utf-8-sig")

    rows = list(csv.reader(StringIO(text)))[1:]
    assert {(row[3], row[6]) for row in rows} == {
        ("Practice due", ""),
        ("Not counted", "on leave"),
    }


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_a_file_is_a_formula(start: str) -> None:
    assert neutralised(f"{start}1+1").startswith("'")


def test_a_name_that_looks_like_a_formula_is_text_in_the_file(
    visitor: Client, care: Department
) -> None:
    RequirementFactory(department=care)
    MembershipFactory(department=care, person__first_name="=HYPERLINK(1)")

    file = visitor.get(team(care, "team-export")).getvalue().decode()

    assert "'=HYPERLINK(1)" in file


def test_the_page_costs_the_same_for_more_people_and_modules(
    visitor: Client, care: Department
) -> None:
    counts = []
    for _round in range(2):
        module = RequirementFactory(department=care).module
        for _number in range(10):
            member(care, module=module, ready=True)
        read(visitor, team(care))
        with CaptureQueriesContext(connection) as queries:
            read(visitor, team(care))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 9


def test_with_nobody_left_out_everybody_is_counted(visitor: Client, care: Department) -> None:
    member(care)
    RequirementFactory(department=care)

    shown = read(visitor, team(care))

    assert "Everybody is counted." in shown
    assert "Everyone left out" not in shown


def test_the_file_holds_the_departments_below_as_the_screen_does(
    visitor: Client, care: Department
) -> None:
    RequirementFactory(department=care)
    below = DepartmentFactory(name="Evening shift", parent=care)
    RequirementFactory(department=below)
    for place in (care, below, below):
        member(place)

    text = visitor.get(team(care, "team-export")).getvalue().decode("utf-8-sig")

    rows = [tuple(row[:4]) for row in list(csv.reader(StringIO(text)))[1:]]
    report = department_readiness(care, on=TODAY)
    assert rows == [
        (row.name, row.department_name, cell.title, "Not started")
        for row in report.rows
        for cell in row.cells
        if cell.readiness
    ]
    assert [row[1] for row in rows].count("Evening shift") == 4
