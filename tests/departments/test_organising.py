"""The organisation's pages: looked at by administrators only, and changed in two steps."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import AuditLine, Department, Headship, Membership
from departments.reports.structure import tree_file
from departments.signals import person_seen
from portal.models import User
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

TREE = "/team/organisation/"
PEOPLE = "/team/organisation/people/"


@pytest.fixture
def administrator(client: Client) -> User:
    person: User = PersonFactory(administrator=True)
    client.force_login(person)
    return person


@pytest.fixture
def company() -> Department:
    company = DepartmentFactory(name="Wrenfield")
    for name in ("Care", "Sales"):
        DepartmentFactory(name=name, parent=company)
    return named("Wrenfield")


@pytest.fixture
def member(company: Department) -> Membership:
    membership: Membership = MembershipFactory(
        department=named("Care"), person__first_name="Ada", person__last_name="Wrayburn"
    )
    return membership


def named(name: str) -> Department:
    department: Department = Department.objects.get(name=name)
    return department


def act_on(person: User, act: str) -> str:
    return reverse("departments:person-act", args=[person.pk, act])


def said(client: Client, address: str, asked: dict[str, Any] | None = None) -> str:
    response = client.get(address, asked or {})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def move_to(name: str, **filled: Any) -> dict[str, Any]:
    return {
        "department": named(name).pk,
        "starts_on": TODAY.isoformat(),
        "title": "Adviser",
        "level": "staff",
        "reason": "",
        **filled,
    }


def test_the_tree_sums_up_ten_levels(company: Department) -> None:
    parent = named("Care")
    for level in range(10):
        MembershipFactory(department=parent)
        parent = DepartmentFactory(name=f"Level {level}", parent=parent)
    lines = {line.department.pk: line for line in tree_file(TODAY).lines}
    assert lines[company.pk].people_in_all == 10
    for line in lines.values():
        children = line.department.get_children()
        below = sum(lines[child.pk].people_in_all for child in children)
        assert line.people_in_all == line.people + below


@pytest.mark.usefixtures("administrator")
def test_a_preview_says_what_a_move_means_and_changes_nothing(
    client: Client, member: Membership
) -> None:
    proved = RequirementFactory(department=named("Sales"), module__title="Price Lock").module
    RequirementFactory(department=named("Sales"), module__title="Fair Refund")
    RequirementFactory(department=named("Care"), module__title="Switch in Five")
    StandingFactory(person=member.person, module=proved, ready=True)
    shown = said(client, act_on(member.person, "move"), {"look": 1, **move_to("Sales")})
    assert "Ada Wrayburn will be asked for 2 more modules: Price Lock, Fair Refund." in shown
    assert "No longer asked for: Switch in Five." in shown
    assert "Proved already: Price Lock." in shown
    assert Membership.objects.get().department == named("Care")
    assert not AuditLine.objects.exists()


def test_the_second_step_moves_her(client: Client, member: Membership, administrator: User) -> None:
    response = client.post(act_on(member.person, "move"), move_to("Sales", reason="Her wish"))
    assert response.status_code == 302
    assert Membership.objects.current(on=TODAY).get().department == named("Sales")
    line = AuditLine.objects.get(kind=AuditLine.Kind.MOVED)
    assert (line.by, line.reason) == (administrator, "Her wish")


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_refused_is_said_beside_the_form(
    method: str, client: Client, member: Membership
) -> None:
    ask = getattr(client, method)
    response = ask(act_on(member.person, "move"), {"look": 1, **move_to("Care")})
    assert "is at home in Care already" in response.content.decode()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_that_cannot_be_meant_is_asked_again(
    day: str, client: Client, member: Membership
) -> None:
    response = client.post(act_on(member.person, "move"), move_to("Sales", starts_on=day))
    assert response.status_code == 200
    assert Membership.objects.get().department == named("Care")


@pytest.mark.usefixtures("administrator")
def test_each_act_on_a_person_can_be_looked_at_and_done(client: Client, member: Membership) -> None:
    person, place = member.person, member.pk
    acts: list[tuple[str, dict[str, Any]]] = [
        ("second", {"department": named("Sales").pk, "starts_on": TODAY, "level": "staff"}),
        ("leave", {"leave_from": TODAY, "leave_to": TODAY + A_DAY}),
        ("correct", {"place": place, "starts_on": LONG_AGO, "level": "lead", "title": "Coach"}),
        ("leaving", {"last_day": TODAY + A_DAY, "reason": "Retires"}),
    ]
    for act, filled in acts:
        assert "Nothing is saved yet." in said(client, act_on(person, act), {"look": 1, **filled})
        assert client.post(act_on(person, act), filled).status_code == 302
    member.refresh_from_db()
    assert (member.level, member.leave_to, member.ends_on) == (
        "lead",
        TODAY + A_DAY,
        TODAY + A_DAY,
    )
    shown = said(client, f"{PEOPLE}{person.pk}/")
    assert "as Adviser, Staff" in shown
    assert "as Coach, Team lead" in shown
    assert "Retires" in shown


@pytest.mark.usefixtures("administrator")
def test_another_persons_place_is_not_put_right_here(client: Client, member: Membership) -> None:
    other = MembershipFactory(department=named("Sales"))
    filled = {"place": other.pk, "starts_on": TODAY, "level": "lead"}
    assert client.post(act_on(member.person, "correct"), filled).status_code == 200
    other.refresh_from_db()
    assert other.level == "staff"


@pytest.mark.usefixtures("administrator")
def test_each_act_on_a_department_can_be_looked_at_and_done(
    client: Client, member: Membership
) -> None:
    care, sales = named("Care"), named("Sales")
    acts: list[tuple[int, str, dict[str, Any]]] = [
        (care.pk, "add", {"name": "Care North"}),
        (care.pk, "rename", {"name": "Customer Care"}),
        (care.pk, "move", {"other": sales.pk}),
        (care.pk, "head", {"person": member.person.email, "starts_on": TODAY}),
        (sales.pk, "deputy", {"person": "ada  wrayburn", "starts_on": TODAY}),
        (care.pk, "merge", {"other": sales.pk}),
    ]
    for pk, act, filled in acts:
        address = reverse("departments:department-act", args=[pk, act])
        assert "Nothing is saved yet." in said(client, address, {"look": 1, **filled})
        assert client.post(address, filled).status_code == 302
    close = reverse("departments:department-act", args=[named("Care North").pk, "close"])
    assert "Nothing is saved yet." in said(client, close)
    assert client.post(close).status_code == 302
    assert Membership.objects.current(on=TODAY).get().department == named("Sales")
    assert Department.find_problems() == ([], [], [], [], [])
    shown = said(client, TREE)
    assert "2 departments that were closed" in shown


@pytest.mark.usefixtures("administrator")
def test_what_keeps_a_department_open_is_a_fault_only_once_it_was_sent(
    client: Client, member: Membership
) -> None:
    close = reverse("departments:department-act", args=[named("Care").pk, "close"])
    opened, sent = said(client, close), client.post(close).content.decode()
    assert "First:" in opened
    assert "There’s a problem" not in opened
    assert "There’s a problem" in sent


@pytest.mark.usefixtures("administrator")
def test_a_leave_has_a_first_day_and_only_one_that_is_there_is_taken_away(
    client: Client, member: Membership
) -> None:
    address, empty = act_on(member.person, "leave"), {"leave_from": "", "leave_to": ""}
    assert "Choose the first day of the leave" in said(client, address, {"look": 1, **empty})
    Membership.objects.update(leave_from=TODAY, leave_to=None)
    assert client.post(address, empty).status_code == 302
    member.refresh_from_db()
    assert member.leave_from is None


def test_opening_her_page_is_told_to_whoever_keeps_it(
    client: Client, member: Membership, administrator: User
) -> None:
    seen: list[dict[str, Any]] = []

    def note(**told: Any) -> None:
        seen.append(told)

    person_seen.connect(note)
    try:
        said(client, f"{PEOPLE}{member.person.pk}/")
    finally:
        person_seen.disconnect(note)
    assert [(each["viewer"], each["person"]) for each in seen] == [(administrator, member.person)]
    assert isinstance(seen[0]["at"], datetime)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("words", ["wrayburn", "ADA", "ada wray", "{email}"])
def test_people_are_found_by_name_and_address(
    words: str, client: Client, member: Membership
) -> None:
    MembershipFactory(department=named("Sales"), person__last_name="Other")
    shown = said(client, PEOPLE, {"q": words.format(email=member.person.email)})
    assert "Ada Wrayburn" in shown
    assert "Other" not in shown


@pytest.mark.usefixtures("administrator")
def test_people_are_found_by_department(client: Client, member: Membership) -> None:
    MembershipFactory(department=named("Sales"), person__last_name="Hexham")
    shown = said(client, PEOPLE, {"in_department": named("Sales").pk})
    assert "Hexham" in shown
    assert "Wrayburn" not in shown


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("address", [PEOPLE, TREE])
def test_a_page_costs_the_same_for_three_people_and_for_forty(
    address: str, client: Client, member: Membership
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            said(client, address)
        return len(captured)

    queries()
    before = queries()
    for number in range(20):
        part = DepartmentFactory(name=f"Part {number}", parent=named("Sales"))
        MembershipFactory(department=named("Care"))
        MembershipFactory(department=part)
        HeadshipFactory(department=part)
    assert queries() == before


@pytest.mark.parametrize(
    "address",
    [
        TREE,
        PEOPLE,
        f"{TREE}{{department}}/",
        f"{TREE}{{department}}/add/",
        f"{PEOPLE}{{person}}/",
        f"{PEOPLE}{{person}}/move/",
    ],
)
def test_a_head_finds_nothing_of_the_administrators(
    address: str, client: Client, member: Membership
) -> None:
    client.force_login(HeadshipFactory(department=named("Wrenfield")).person)
    asked = address.format(department=named("Care").pk, person=member.person.pk)
    assert client.get(asked).status_code == 404
    assert client.post(asked, {}).status_code in {404, 405}


def deputies(name: str, act: str = "") -> str:
    own = reverse("departments:deputy-list", args=[named(name).pk])
    return f"{own}{act}/" if act else own


def test_a_head_names_a_deputy_and_ends_her_time(client: Client, member: Membership) -> None:
    head = HeadshipFactory(department=named("Care")).person
    client.force_login(head)
    filled = {"person": "Ada Wrayburn", "starts_on": TODAY, "ends_on": TODAY + A_DAY}
    shown = said(client, deputies("Care", "name"), {"look": 1, **filled})
    assert "She will see the states and dates of 1 person" in shown
    assert client.post(deputies("Care", "name"), filled).status_code == 302
    deputy = Headship.objects.get(person=member.person)
    assert (deputy.kind, deputy.ends_on) == ("deputy", TODAY + A_DAY)
    ending = {"headship": deputy.pk, "last_day": TODAY - A_DAY}
    assert client.post(deputies("Care", "end"), ending).status_code == 302
    assert not Headship.objects.filter(person=member.person).exists()


def test_a_head_ends_no_head_and_names_no_stranger(client: Client, member: Membership) -> None:
    MembershipFactory(department=named("Sales"), person__first_name="Una", person__last_name="Far")
    headship = HeadshipFactory(department=named("Care"))
    client.force_login(headship.person)
    client.post(deputies("Care", "end"), {"headship": headship.pk, "last_day": TODAY})
    client.post(deputies("Care", "name"), {"person": "Una Far", "starts_on": TODAY})
    headship.refresh_from_db()
    assert headship.ends_on is None
    assert Headship.objects.count() == 1


def test_a_head_does_not_make_her_own_time_longer(client: Client, company: Department) -> None:
    head = MembershipFactory(department=named("Care")).person
    HeadshipFactory(department=named("Care"), person=head, ends_on=TODAY + A_DAY)
    client.force_login(head)
    client.post(deputies("Care", "name"), {"person": head.email, "starts_on": TODAY + 2 * A_DAY})
    assert Headship.objects.count() == 1


def test_a_deputy_reads_who_stands_in_and_is_offered_nothing(
    client: Client, company: Department
) -> None:
    client.force_login(HeadshipFactory(department=named("Care"), deputy=True).person)
    shown = said(client, deputies("Care"))
    assert "Deputy" in shown
    assert deputies("Care", "name") not in shown
    assert deputies("Care", "end") not in shown


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("deputy", "name"),
        ("deputy", "end"),
        *((who, act) for who in ("former", "coming", "foreign") for act in ("", "name")),
    ],
)
def test_nobody_but_its_head_names_deputies(
    who: str, act: str, client: Client, company: Department
) -> None:
    made: dict[str, dict[str, Any]] = {
        "deputy": {"department": named("Care"), "deputy": True},
        "former": {"department": named("Care"), "left": True},
        "coming": {"department": named("Care"), "starts_on": TODAY + A_DAY},
        "foreign": {"department": named("Sales")},
    }
    client.force_login(HeadshipFactory(**made[who]).person)
    assert client.get(deputies("Care", act)).status_code == 404
    assert client.post(deputies("Care", act), {}).status_code in {404, 405}
