"""Three heads with five hundred people each, told by every page and file as worked out by hand."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department, Exemption, Headship, Membership, Requirement
from knowledge.models import ModulePage
from portal.models import User
from portal.reports.weeks import heads_week
from quizzes.models import Standing, StandingEvent
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    ModuleFactory,
    PersonFactory,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PEOPLE = 500
NAMES = ("Care", "Field", "Sales")
# What befalls people by turns: of each ten, the same of them for every module.
READY, DUE, LAPSED, STARTED, NOTHING, READY_TOO, AWAY, NEW, WAIVED, LEFT = range(10)
UNTIL = {READY: 40, READY_TOO: 60, DUE: 3, LAPSED: -1}
WORDS = {
    READY: "Ready",
    READY_TOO: "Ready",
    DUE: "Practice due",
    LAPSED: "Lapsed",
    STARTED: "Started",
    NOTHING: "Not started",
    AWAY: "Not counted",
    NEW: "Not counted",
    WAIVED: "Not counted",
}
WHY = {AWAY: "on leave", NEW: "new in the team", WAIVED: "Back office"}


@dataclass(frozen=True)
class Company:
    departments: dict[str, int]
    teams: dict[str, int]
    modules: dict[str, int]
    people: dict[str, list[int]]
    both: int


@dataclass(frozen=True)
class Told:
    """One person and one module, as anybody may read it."""

    name: str
    department: str
    module: str
    state: str
    until: str = ""
    why: str = ""


def company() -> Company:
    """Below the top three departments, each with a team below it. The top asks for one module of
    everybody, each department for one of its team leads, each team for one of its own.
    """
    top = DepartmentFactory(name="Company")
    departments = {name: DepartmentFactory(name=name, parent=top) for name in NAMES}
    teams = {
        name: DepartmentFactory(name=f"{name} at night", parent=department)
        for name, department in departments.items()
    }
    modules: dict[str, ModulePage] = {
        title: ModuleFactory(title=title) for title in ("Our promises", "Leading", "Nights")
    }
    ask(top, modules["Our promises"])
    for name in NAMES:
        ask(departments[name], modules["Leading"], levels=["lead"])
        ask(teams[name], modules["Nights"])
    people = {name: hire(name, departments[name], teams[name]) for name in NAMES}
    prove([person for some in people.values() for person in some], list(modules.values()))
    both = people["Care"][READY]
    Membership.objects.create(
        person=both, department=teams["Sales"], is_home=False, starts_on=LONG_AGO
    )
    return Company(
        departments={name: each.pk for name, each in departments.items()},
        teams={name: each.pk for name, each in teams.items()},
        modules={title: each.pk for title, each in modules.items()},
        people={name: [person.pk for person in some] for name, some in people.items()},
        both=both.pk,
    )


def ask(department: Department, module: ModulePage, **terms: Any) -> None:
    Requirement.objects.create(
        department=department, module=module, known_from=LONG_AGO, joiner_days=30, **terms
    )


def hire(name: str, department: Department, team: Department) -> list[User]:
    """The second half works at night; of those by day each fiftieth is a team lead."""
    people: list[User] = User.objects.bulk_create(
        User(
            email=f"{name}{number}@example.com".lower(),
            first_name=name,
            last_name=f"{number:03}",
            password="!",
        )
        for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(
            person=person,
            department=team if is_by_night(number) else department,
            level="lead" if is_lead(number) else "staff",
            starts_on=TODAY - 7 * A_DAY if number % 10 == NEW else LONG_AGO,
            ends_on=TODAY - A_DAY if number % 10 == LEFT else None,
            leave_from=TODAY - A_DAY if number % 10 == AWAY else None,
        )
        for number, person in enumerate(people)
    )
    return people


def is_by_night(number: int) -> bool:
    return number >= PEOPLE // 2


def is_lead(number: int) -> bool:
    return number % 50 < 10 and not is_by_night(number)


def prove(people: list[User], modules: list[ModulePage]) -> None:
    of_module = [
        (number % PEOPLE, person, module)
        for number, person in enumerate(people)
        for module in modules
    ]
    Standing.objects.bulk_create(
        Standing(person=person, module=module, started_at=NOW - 99 * A_DAY, **dates(number))
        for number, person, module in of_module
        if number % 10 != NOTHING
    )
    Exemption.objects.bulk_create(
        Exemption(
            person=person,
            module=module,
            reason="Back office",
            starts_on=LONG_AGO,
            ends_on=TODAY + 9 * A_DAY,
        )
        for number, person, module in of_module
        if number % 10 == WAIVED
    )


def dates(number: int) -> dict[str, Any]:
    days = UNTIL.get(number % 10)
    if days is None:
        return {}
    return {
        "passed_on": TODAY - 30 * A_DAY,
        "version": 1,
        "ready_until": TODAY + days * A_DAY,
        "practice_from": TODAY - 9 * A_DAY if number % 10 == DUE else TODAY + (days - 9) * A_DAY,
    }


def truth(name: str, *, at_night_only: bool = False) -> list[Told]:
    """What a head is told of her department, person by person, in the order of names."""
    return [
        told
        for number in range(PEOPLE)
        if number % 10 != LEFT and (is_by_night(number) or not at_night_only)
        for told in told_of(name, number)
    ] + guests(name)


def told_of(name: str, number: int) -> Iterator[Told]:
    turn, by_night = number % 10, is_by_night(number)
    place = f"{name} at night" if by_night else name
    until = (TODAY + UNTIL[turn] * A_DAY).isoformat() if turn in UNTIL else ""
    for module in ("Our promises", "Leading", "Nights"):
        if module == "Our promises" or (by_night if module == "Nights" else is_lead(number)):
            yield Told(f"{name} {number:03}", place, module, WORDS[turn], until, WHY.get(turn, ""))


def guests(name: str) -> list[Told]:
    """Care 000 works at night in Sales too: there she counts for what only they ask of her."""
    if name != "Sales":
        return []
    place, until = "Sales at night", (TODAY + UNTIL[READY] * A_DAY).isoformat()
    return [
        Told("Care 000", place, "Our promises", "Not counted", "", "counted in Care"),
        Told("Care 000", place, "Nights", "Ready", until),
    ]


def in_order(told: list[Told]) -> list[Told]:
    """By family name, then by given name: 000 of Care stands before 000 of Sales."""
    return sorted(told, key=lambda each: each.name.split()[::-1])


def figures(told: list[Told]) -> dict[str, tuple[int, int]]:
    """Ready of needed, by module."""
    found: dict[str, tuple[int, int]] = {}
    for each in told:
        ready, needed = found.get(each.module, (0, 0))
        is_ready = each.state in {"Ready", "Practice due"}
        is_counted = each.state != "Not counted"
        found[each.module] = (ready + is_ready, needed + is_counted)
    return found


@pytest.fixture
def made() -> Company:
    return kept("three heads at five hundred", company)


@pytest.fixture
def visit(client: Client, made: Company) -> Callable[..., Client]:
    def sign_in(pk: int, kind: str = Headship.Kind.HEAD) -> Client:
        head = PersonFactory(first_name="Kim", last_name=f"Head {pk}")
        department = Department.objects.get(pk=pk)
        Headship.objects.create(person=head, department=department, kind=kind, starts_on=LONG_AGO)
        client.force_login(head)
        return client

    return sign_in


def address(name: str, pk: int, *more: Any) -> str:
    return reverse(f"departments:{name}", args=[pk, *more])


def in_csv(client: Client, pk: int) -> list[Told]:
    text = client.get(address("team-export", pk)).getvalue().decode("utf-8-sig")
    return [
        Told(row[0], row[1], row[2], row[3], row[4], row[6])
        for row in list(csv.reader(StringIO(text)))[1:]
    ]


def in_json(client: Client, pk: int) -> tuple[list[Told], dict[str, tuple[int, int]]]:
    told = client.get(address("team-json", pk)).json()
    titles = {each["module"]: each["title"] for each in told["modules"]}
    words = {"ready": "Ready", "practice-due": "Practice due", "lapsed": "Lapsed"} | {
        "started": "Started",
        "not-started": "Not started",
        "not-counted": "Not counted",
    }
    people = [
        Told(
            row["name"],
            row["department"],
            titles[each["module"]],
            words[each["state"]],
            each["ready_until"] or "",
            each["not_counted_because"],
        )
        for row in told["people"]
        for each in row["modules"]
    ]
    return people, {each["title"]: (each["ready"], each["needed"]) for each in told["modules"]}


def on_page(client: Client, pk: int) -> tuple[list[tuple[str, str]], dict[str, tuple[int, int]]]:
    """Of the table: who is told to be in which state, and the figures above it."""
    page = client.get(address("team-detail", pk)).content.decode()
    table = page.partition("table--people")[2].partition("</table>")[0]
    heads = re.findall(r"<b>([^<]+)</b>(\d+) of (\d+)", table)
    people = []
    for row in table.partition("<tbody>")[2].split("<tr>")[1:]:
        name = unescape(re.findall(r'<th scope="row">([^<]+)', row)[0])
        cells = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row.split("<td>")[1:]]
        people += [(name, word_of(cell)) for cell in cells if cell != "Not needed"]
    return people, {title: (int(ready), int(needed)) for title, ready, needed in heads}


def word_of(cell: str) -> str:
    """The state, which a date follows where there is one."""
    return cell.partition(",")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_head_is_told_the_truth_on_her_page_and_in_her_files(
    made: Company, visit: Callable[..., Client], name: str
) -> None:
    pk, expected = made.departments[name], in_order(truth(name))
    head = visit(pk)

    people, figures_in_json = in_json(head, pk)
    shown, figures_on_page = on_page(head, pk)

    assert in_csv(head, pk) == expected
    assert people == expected
    assert shown == [(each.name, each.state) for each in expected]
    assert figures_in_json == figures_on_page == figures(expected)


def test_a_deputy_of_a_team_is_told_the_truth_about_that_team_alone(
    made: Company, visit: Callable[..., Client]
) -> None:
    pk = made.teams["Sales"]
    expected = in_order(truth("Sales", at_night_only=True))
    deputy = visit(pk, Headship.Kind.DEPUTY)

    assert in_csv(deputy, pk) == expected
    assert figures(expected)["Nights"] == on_page(deputy, pk)[1]["Nights"]
    assert deputy.get(address("team-detail", made.departments["Sales"])).status_code == 404


def test_the_whole_counts_the_person_with_two_departments_once(
    made: Company, visit: Callable[..., Client]
) -> None:
    root = Department.objects.get(name="Company")
    everybody = [told for name in NAMES for told in truth(name) if told.why != "counted in Care"]
    head = visit(root.pk)

    people, figures_in_json = in_json(head, root.pk)

    assert figures_in_json == figures(everybody)
    of_both = [(each.module, each.state) for each in people if each.name == "Care 000"]
    assert of_both == [("Our promises", "Ready"), ("Leading", "Ready"), ("Nights", "Ready")]
    parts = head.get(address("team-json", root.pk)).json()["departments"]
    for name in NAMES:
        told = next(part for part in parts if part["name"] == name)
        expected = figures(truth(name))
        assert sorted((each["ready"], each["needed"]) for each in told["modules"]) == sorted(
            expected.values()
        )


def test_a_weekly_mail_tells_the_figures_of_the_page(
    made: Company, visit: Callable[..., Client]
) -> None:
    visit(made.departments["Care"])
    week = heads_week(User.objects.get(last_name__startswith="Head"), TODAY)

    assert week is not None
    (team,) = week.teams
    told = {each.title: (each.tally.ready, each.tally.needed) for each in team.columns}
    assert told == figures(truth("Care"))


def test_a_past_day_is_told_by_what_had_happened_by_then(
    made: Company, visit: Callable[..., Client]
) -> None:
    """Nobody's place was known then, so nobody was there."""
    Membership.objects.filter(person_id__in=made.people["Care"]).update(known_from=LONG_AGO)
    someone = made.people["Care"][NOTHING]
    pk, day = made.departments["Care"], TODAY - 20 * A_DAY
    promises = made.modules["Our promises"]
    StandingEvent.objects.create(
        person_id=someone,
        module_id=promises,
        at=NOW - 25 * A_DAY,
        kind="passed",
        version=1,
        ready_to=day,
        practice_from=day,
    )

    told = visit(pk).get(address("team-json", pk), {"on": day.isoformat()}).json()

    states = {
        row["name"]: each["state"]
        for row in told["people"]
        for each in row["modules"]
        if each["module"] == ModulePage.objects.get(pk=promises).slug
    }
    # Who left yesterday was there; who joined a week ago wasn't; nothing else had been proved.
    assert len(states) == PEOPLE - PEOPLE // 10
    assert states[f"Care {LEFT:03}"] == "not-started"
    assert states[f"Care {NOTHING:03}"] == "practice-due"
    assert f"Care {NEW:03}" not in states


ROUTES: dict[str, tuple[Any, ...]] = {
    "team-detail": (),
    "team-export": (),
    "team-json": (),
    "requirement-list": (),
    "requirement-add": (),
    "team-act": (),
    "team-given": (),
    "time-ask": (),
    "team-log": (),
    "team-log-export": (),
    "handoff-list": (),
    "deputy-list": (),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_foreign_head_finds_nothing(
    made: Company, visit: Callable[..., Client], route: str
) -> None:
    foreign = visit(made.departments["Field"])

    found = {
        pk: foreign.get(address(route, pk, *ROUTES[route])).status_code
        for pk in (made.departments["Care"], made.teams["Sales"], made.departments["Field"])
    }

    assert list(found.values()) == [404, 404, 200]


def test_no_foreign_head_is_told_of_a_stranger_anywhere(
    made: Company, visit: Callable[..., Client]
) -> None:
    """Field has nobody in common with Care and Sales."""
    foreign = visit(made.departments["Field"])
    pk = made.departments["Field"]
    for route in ROUTES:
        page = b"".join(foreign.get(address(route, pk)))
        assert b"Care 0" not in page, route
        assert b"Sales 0" not in page, route
    for url in ("/", "/me/", "/me/what-others-see/", "/search/?q=Care", "/organisation/"):
        assert b"Care 0" not in foreign.get(url, follow=True).content, url
