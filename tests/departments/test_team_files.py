"""Page, CSV and JSON are told by one report, on every day and under every filter."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from departments.actions.roster import keep_past
from departments.models import Department, Membership, RosterSync
from departments.readiness import Readiness, State
from departments.reports import DepartmentReadiness, PersonRow, department_readiness
from departments.reports.streams import rows_streamed
from departments.views import teams
from departments.wording import STATE_WORDS, reason_words
from tests.departments.organisations import assign, prove, waive
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    AttemptFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    module_with_questions,
)

pytestmark = pytest.mark.django_db

# A state, a date, a reason: nothing else may be told about anybody.
TOLD_OF_A_MODULE = {
    "module",
    "state",
    "ready_until",
    "not_counted_until",
    "not_counted_because",
    "due_on",
}
# Parts of words that name what nobody is told.
UNTOLD = ("answer", "score", "right", "attempt", "sure", "minutes", "started_at", "passed_on")


@pytest.fixture
def care() -> Department:
    """People in every state, in two departments, one of them a guest."""
    care = DepartmentFactory(name="Care")
    below = DepartmentFactory(name="Evening shift", parent=care)
    care.refresh_from_db()
    sales = DepartmentFactory(name="Sales")
    modules = [
        RequirementFactory(department=place, known_from=LONG_AGO).module for place in (care, below)
    ]
    RequirementFactory(department=sales, module=modules[0], known_from=LONG_AGO)
    for number, days in enumerate([(), (5,), (25,), (60,), (95, 5)]):
        member = MembershipFactory(department=(care, below)[number % 2], known_from=LONG_AGO)
        prove(member.person, modules[0], *(TODAY - day * A_DAY for day in days))
    guest = MembershipFactory(department=sales, known_from=LONG_AGO)
    MembershipFactory(department=care, person=guest.person, is_home=False, known_from=LONG_AGO)
    waived = MembershipFactory(department=below, known_from=LONG_AGO)
    waive(waived.person, modules[1], given_on=LONG_AGO)
    assign(waived.person, ModuleFactory(), TODAY + 9 * A_DAY)
    return care


@pytest.fixture
def visitor(client: Client, care: Department) -> Client:
    client.force_login(HeadshipFactory(department=care).person)
    return client


def team(department: Department, name: str = "team-detail") -> str:
    return reverse(f"departments:{name}", args=[department.pk])


def page_of(visitor: Client, care: Department, **asked: Any) -> str:
    return visitor.get(team(care), asked).content.decode()


def file_of(visitor: Client, care: Department, **asked: Any) -> list[list[str]]:
    response = visitor.get(team(care, "team-export"), asked)
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))


def json_of(visitor: Client, care: Department, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = visitor.get(team(care, "team-json"), asked).json()
    return found


def told_in_file(rows: Iterator[PersonRow]) -> list[list[str]]:
    return [
        [
            row.name,
            row.department_name,
            cell.title,
            str(STATE_WORDS[cell.readiness.state]),
            day(cell.readiness.ready_until),
            day(cell.readiness.until),
            reason_words(cell.readiness),
            day(cell.readiness.ready_until if is_waiting(cell.readiness) else None),
        ]
        for row in rows
        for cell in row.cells
        if cell.readiness
    ]


def is_waiting(readiness: Readiness) -> bool:
    return readiness.state in {State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE}


def day(told: date | None) -> str:
    return told.isoformat() if told else ""


@pytest.mark.parametrize("on", [TODAY, TODAY - 40 * A_DAY, TODAY + 40 * A_DAY])
def test_page_file_and_json_are_the_report_of_the_day(
    visitor: Client, care: Department, on: date
) -> None:
    report = department_readiness(care, on=on)
    asked = {"on": on.isoformat()}

    page, told = page_of(visitor, care, **asked), json_of(visitor, care, **asked)

    assert file_of(visitor, care, **asked)[1:] == told_in_file(iter(report.rows))
    assert [
        (row["name"], each["state"], each["ready_until"] or "")
        for row in told["people"]
        for each in row["modules"]
    ] == [(row[0], state_of(row), row[4]) for row in told_in_file(iter(report.rows))]
    assert told["modules"] == figures_of(report)
    for column in report.columns:
        assert f"{escape(column.title)}</b>{column.tally.ready} of {column.tally.needed}" in page
    shown = page.partition("table--people")[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">([^<]+)', shown) == [row.name for row in report.rows]


def state_of(row: list[str]) -> str:
    return next(state.value for state, word in STATE_WORDS.items() if word == row[3])


def figures_of(report: DepartmentReadiness) -> list[dict[str, Any]]:
    return [
        {
            "module": column.slug,
            "title": column.title,
            "ready": column.tally.ready,
            "needed": column.tally.needed,
            "on_the_version_before": column.tally.previous,
            "not_counted": column.tally.not_counted,
        }
        for column in report.columns
    ]


def test_filters_leave_the_same_rows_on_the_page_and_in_the_files(
    visitor: Client, care: Department
) -> None:
    report = department_readiness(care, on=TODAY)
    asked = {"module": report.columns[0].slug, "state": "lapsed"}
    lapsed = [
        row
        for row in report.rows
        if row.cells[0].readiness and row.cells[0].readiness.state is State.LAPSED
    ]

    lines, told = file_of(visitor, care, **asked), json_of(visitor, care, **asked)
    shown = page_of(visitor, care, **asked).partition("table--people")[2].partition("</table>")[0]

    assert [line[0] for line in lines[1:]] == [row.name for row in lapsed] != []
    assert lines[0][-1] == f"Only: {report.columns[0].title}; Lapsed"
    assert told["only"] == f"{report.columns[0].title}; Lapsed"
    assert [row["name"] for row in told["people"]] == [row.name for row in lapsed]
    assert re.findall(r'<th scope="row">([^<]+)', shown) == [row.name for row in lapsed]
    assert told["modules"] == figures_of(report)[:1]


def test_a_filter_that_leaves_nobody_says_so(visitor: Client, care: Department) -> None:
    assert "Nobody" in page_of(visitor, care, state="check-the-change")


def test_a_past_day_is_told_as_it_was_and_offers_nothing_to_do(
    visitor: Client, care: Department
) -> None:
    gone = Membership.objects.filter(department=care, is_home=True)
    keep_past([each.pk for each in gone], on=TODAY)
    gone.update(ends_on=TODAY - 50 * A_DAY, known_from=TODAY)

    then = page_of(visitor, care, on=(TODAY - 40 * A_DAY).isoformat())

    assert "at the end of Sunday 11\u00a0October" in then
    assert str(gone.first().person) in then  # type: ignore[union-attr]
    assert "Send a nudge" not in then
    assert str(gone.first().person) not in page_of(visitor, care)  # type: ignore[union-attr]


def test_what_is_no_day_is_said_and_today_is_shown(visitor: Client, care: Department) -> None:
    page = page_of(visitor, care, on="2026-13-01")

    assert "“2026-13-01” isn’t a day." in page
    assert "Send a nudge" in page


@pytest.mark.parametrize(("days", "is_told"), [(7, False), (8, True)])
def test_a_list_of_people_that_is_older_than_a_week_is_told_with_its_age(
    visitor: Client, care: Department, at: datetime, days: int, is_told: bool
) -> None:
    RosterSync.objects.create(at=at - days * A_DAY, is_applied=True)
    RosterSync.objects.create(at=at, is_applied=False)

    assert ("People list is from" in page_of(visitor, care)) is is_told


def test_files_tell_states_and_dates_alone(visitor: Client, care: Department) -> None:
    member = MembershipFactory(department=care)
    module = RequirementFactory(department=care, module=module_with_questions()).module
    AttemptFactory(person=member.person, module=module, passed=True)
    AttemptFactory(person=member.person, module=module, passed=False, practice=True)

    told = json_of(visitor, care)
    text = "\n".join([page_of(visitor, care), str(file_of(visitor, care)[0]), *keys_of(told)])

    assert {key for row in told["people"] for key in row} == {"name", "department", "modules"}
    assert {key for row in told["people"] for each in row["modules"] for key in each} == (
        TOLD_OF_A_MODULE
    )
    for word in UNTOLD:
        assert not [key for key in keys_of(told) if word in key]
    for untold in (" right of ", "Guessed", "fairly sure", "09:00"):
        assert untold not in text.replace("Friday 20\u00a0November, 09:00", "")


def keys_of(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        yield from told
        for value in told.values():
            yield from keys_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from keys_of(value)


def test_rows_that_come_one_by_one_are_those_of_the_report(care: Department) -> None:
    root_sums = {}
    for department in (care, Department.objects.get(name="Evening shift")):
        report = department_readiness(department, on=TODAY)
        streamed = list(rows_streamed(department.path, on=TODAY))
        assert told_in_file(iter(sorted(streamed, key=lambda row: row.person_id))) == told_in_file(
            iter(sorted(report.rows, key=lambda row: row.person_id))
        )
        root_sums[department.pk] = len(streamed)
    assert set(root_sums.values()) == {7, 3}


def test_a_large_department_is_written_without_growing_with_its_people(
    visitor: Client, care: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = file_of(visitor, care)
    monkeypatch.setattr(teams, "MANY_PEOPLE", 2)

    def read() -> tuple[list[list[str]], int]:
        with CaptureQueriesContext(connection) as queries:
            rows = file_of(visitor, care)
        return rows, len(queries)

    rows, before = read()
    for _person in range(4):
        MembershipFactory(department=care)
    more, after = read()

    assert sorted(rows[1:]) == sorted(small[1:])
    assert len(more) > len(rows)
    assert before == after


def test_everybody_is_exported_by_administrators_and_heads_of_the_whole(
    client: Client, care: Department
) -> None:
    url = reverse("departments:readiness-export")
    root = Department.objects.order_by("path").first()
    assert root is not None
    below = Department.objects.get(name="Evening shift")
    found = {}
    for name, person in {
        "administrator": PersonFactory(administrator=True),
        "head of all": HeadshipFactory(department=root).person,
        "head of a part": HeadshipFactory(department=below).person,
        "colleague": PersonFactory(),
    }.items():
        client.force_login(person)
        found[name] = client.get(url).status_code

    assert found == {
        "administrator": 200,
        "head of all": 200,
        "head of a part": 404,
        "colleague": 404,
    }
