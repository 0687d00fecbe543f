"""People join, move, help out elsewhere, are away and leave; each change leaves a line."""

from datetime import date

import pytest
from django.test import Client

from departments.actions.correcting import correct_membership, set_leave
from departments.actions.leading import appoint_deputy, appoint_head, end_headship
from departments.actions.memberships import Place
from departments.actions.placing import (
    add_second_department,
    end_employment,
    end_membership,
    move_person,
    place_person,
)
from departments.actions.refusing import Refused
from departments.models import AuditLine, Department, Headship, Membership, PastMembership
from departments.readiness import Reason
from departments.reports import home_membership, person_readiness
from portal.models import User
from quizzes.models import Standing
from tests.conftest import NOW
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

MONDAY = TODAY + 3 * A_DAY
Kind = AuditLine.Kind


@pytest.fixture
def by() -> User:
    return PersonFactory(administrator=True)


@pytest.fixture
def care() -> Department:
    return DepartmentFactory(name="Care")


@pytest.fixture
def sales() -> Department:
    return DepartmentFactory(name="Sales")


@pytest.fixture
def member(care: Department) -> Membership:
    membership: Membership = MembershipFactory(department=care, known_from=LONG_AGO)
    return membership


def places(person: User) -> list[tuple[str, date, date | None, bool]]:
    rows = Membership.objects.filter(person=person).order_by("starts_on", "pk")
    return [(row.department.name, row.starts_on, row.ends_on, row.is_home) for row in rows]


def line(kind: AuditLine.Kind) -> AuditLine:
    return AuditLine.objects.get(kind=kind)


def test_nobody_gets_into_a_department_that_was_closed_meanwhile(
    care: Department, sales: Department, member: Membership, by: User
) -> None:
    """As the form had read it before."""
    Department.objects.filter(pk=sales.pk).update(closed_on=TODAY - A_DAY)
    with pytest.raises(Refused, match="Sales is closed"):
        move_person(person=member.person, place=Place(sales, MONDAY), by=by, at=NOW)
    with pytest.raises(Refused, match="Sales is closed"):
        appoint_deputy(
            department=sales, person=member.person, starts_on=TODAY, ends_on=None, by=by, at=NOW
        )
    assert Membership.objects.get().department == care


def test_a_joiner_is_asked_at_once_and_has_her_days(care: Department, by: User) -> None:
    RequirementFactory(department=care, module__title="Fair Refund", joiner_days=30)
    person = PersonFactory()
    place_person(person=person, place=Place(care, TODAY), by=by, at=NOW)
    home = home_membership(person, on=TODAY)
    assert home is not None
    readiness = person_readiness(home, on=TODAY).cells[0].readiness
    assert readiness is not None
    assert (readiness.reason, readiness.until) == (Reason.JOINER, TODAY + 29 * A_DAY)
    joined = line(Kind.JOINED)
    assert (joined.person, joined.by, joined.after["modules"]) == (person, by, ["Fair Refund"])


def test_nobody_is_at_home_twice_on_one_day(
    member: Membership, sales: Department, by: User
) -> None:
    with pytest.raises(Refused, match="is at home in Care from 8 January 2024 on"):
        place_person(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)


def test_who_left_may_come_back(care: Department, sales: Department, by: User) -> None:
    person = MembershipFactory(department=care, left=True).person
    place_person(person=person, place=Place(sales, TODAY), by=by, at=NOW)
    assert places(person)[-1] == ("Sales", TODAY, None, True)


def test_a_mover_keeps_what_she_proved_and_is_asked_the_rest(
    member: Membership, care: Department, sales: Department, by: User
) -> None:
    proved = RequirementFactory(department=care, module__title="Fair Refund").module
    RequirementFactory(department=sales, module=proved)
    RequirementFactory(department=sales, module__title="Price Lock")
    StandingFactory(person=member.person, module=proved, ready=True)
    before = Standing.objects.filter(person=member.person).values().get()
    move_person(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    assert Standing.objects.filter(person=member.person).values().get() == before
    home = home_membership(member.person, on=TODAY)
    assert home is not None
    states = {
        cell.title: cell.readiness.state.value
        for cell in person_readiness(home, on=TODAY).cells
        if cell.readiness
    }
    assert states == {"Fair Refund": "ready", "Price Lock": "not-started"}
    moved = line(Kind.MOVED)
    assert (moved.before["modules"], moved.after["modules"]) == (
        ["Fair Refund"],
        ["Fair Refund", "Price Lock"],
    )


def test_a_move_ends_the_old_home_the_day_before(
    member: Membership, sales: Department, by: User
) -> None:
    move_person(person=member.person, place=Place(sales, MONDAY), by=by, at=NOW)
    assert places(member.person) == [
        ("Care", LONG_AGO, MONDAY - A_DAY, True),
        ("Sales", MONDAY, None, True),
    ]


def test_what_was_known_before_a_move_is_kept(
    member: Membership, sales: Department, by: User
) -> None:
    move_person(person=member.person, place=Place(sales, TODAY - 9 * A_DAY), by=by, at=NOW)
    past = PastMembership.objects.get(person=member.person)
    assert (past.ends_on, past.known_from, past.known_until) == (None, LONG_AGO, TODAY)
    known = Membership.objects.filter(person=member.person).values_list("known_from", flat=True)
    assert set(known) == {TODAY}


def test_a_move_on_the_first_day_takes_the_first_place_back(
    care: Department, sales: Department, by: User
) -> None:
    person = MembershipFactory(department=care, starts_on=TODAY).person
    move_person(person=person, place=Place(sales, TODAY), by=by, at=NOW)
    assert places(person) == [("Sales", TODAY, None, True)]


def test_leave_and_a_last_day_go_along(care: Department, sales: Department, by: User) -> None:
    member = MembershipFactory(department=care, on_leave=True, ends_on=TODAY + 90 * A_DAY)
    move_person(person=member.person, place=Place(sales, MONDAY), by=by, at=NOW)
    new = Membership.objects.get(department=sales)
    assert (new.leave_to, new.ends_on) == (member.leave_to, member.ends_on)


def test_a_head_who_moves_leads_her_old_department_no_longer(
    member: Membership, sales: Department, by: User, client: Client
) -> None:
    HeadshipFactory(department=member.department, person=member.person)
    client.force_login(member.person)
    assert client.get(f"/team/{member.department.pk}/").status_code == 200
    move_person(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    assert client.get(f"/team/{member.department.pk}/").status_code == 404
    assert line(Kind.HEADED).after["ends_on"] == (TODAY - A_DAY).isoformat()


def test_a_second_department_becomes_home_when_she_moves_there(
    member: Membership, sales: Department, by: User
) -> None:
    add_second_department(person=member.person, place=Place(sales, LONG_AGO), by=by, at=NOW)
    move_person(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    assert [place for place in places(member.person) if place[2] is None] == [
        ("Sales", TODAY, None, True)
    ]


def test_a_second_department_ends_by_itself(
    member: Membership, sales: Department, by: User
) -> None:
    second = add_second_department(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    end_membership(membership=second, last_day=MONDAY, by=by, at=NOW)
    assert places(member.person) == [
        ("Care", LONG_AGO, None, True),
        ("Sales", TODAY, MONDAY, False),
    ]
    with pytest.raises(Refused, match="Care is home for"):
        end_membership(membership=member, last_day=MONDAY, by=by, at=NOW)


def test_a_leaver_is_out_at_the_next_request(
    member: Membership, sales: Department, by: User, client: Client
) -> None:
    add_second_department(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    HeadshipFactory(person=member.person, department=sales)
    client.force_login(member.person)
    end_employment(person=member.person, last_day=TODAY - A_DAY, by=by, at=NOW)
    assert client.get("/").status_code == 302
    assert places(member.person) == [("Care", LONG_AGO, TODAY - A_DAY, True)]
    assert not Headship.objects.current(on=TODAY).exists()
    assert AuditLine.objects.filter(kind=Kind.LEFT, person=member.person).count() == 2


def test_an_administrator_does_not_shut_herself_out(care: Department, by: User) -> None:
    MembershipFactory(department=care, person=by)
    with pytest.raises(Refused, match="another administrator"):
        end_employment(person=by, last_day=TODAY, by=by, at=NOW)


def test_leave_holds_in_every_department(member: Membership, sales: Department, by: User) -> None:
    add_second_department(person=member.person, place=Place(sales, TODAY), by=by, at=NOW)
    set_leave(person=member.person, leave_from=TODAY, leave_to=None, by=by, at=NOW)
    assert set(Membership.objects.values_list("leave_from", "leave_to")) == {(TODAY, None)}
    away = AuditLine.objects.filter(kind=Kind.AWAY).first()
    assert away is not None
    assert (away.before["leave_from"], away.after["leave_from"]) == (None, TODAY.isoformat())


def test_a_correction_is_told_with_before_and_after(member: Membership, by: User) -> None:
    place = Place(member.department, LONG_AGO + A_DAY, None, "Coach", "lead")
    correct_membership(membership=member, place=place, by=by, at=NOW)
    told = line(Kind.CORRECTED)
    assert (told.before["level"], told.after["level"]) == ("staff", "lead")
    assert (told.before["title"], told.after["title"]) == ("Adviser", "Coach")
    member.refresh_from_db()
    assert (member.starts_on, member.known_from) == (LONG_AGO + A_DAY, TODAY)


def test_a_correction_makes_no_two_homes(member: Membership, sales: Department, by: User) -> None:
    move_person(person=member.person, place=Place(sales, MONDAY), by=by, at=NOW)
    member.refresh_from_db()
    with pytest.raises(Refused, match="at home in Sales"):
        correct_membership(
            membership=member, place=Place(member.department, LONG_AGO), by=by, at=NOW
        )


def test_a_deputy_leads_for_her_days_and_not_a_day_longer(
    member: Membership, care: Department, by: User, client: Client
) -> None:
    appoint_deputy(
        department=care, person=member.person, starts_on=TODAY, ends_on=MONDAY, by=by, at=NOW
    )
    client.force_login(member.person)
    assert client.get(f"/team/{care.pk}/").status_code == 200
    deputy = Headship.objects.get(person=member.person)
    end_headship(headship=deputy, last_day=TODAY - A_DAY, by=by, at=NOW)
    assert client.get(f"/team/{care.pk}/").status_code == 404
    assert AuditLine.objects.filter(kind=Kind.HEADED, person=member.person).count() == 2


def test_nobody_leads_a_department_twice_in_the_same_days(
    member: Membership, care: Department, by: User
) -> None:
    appoint_head(
        department=care, person=member.person, starts_on=TODAY, ends_on=None, by=by, at=NOW
    )
    with pytest.raises(Refused, match="in these days already"):
        appoint_deputy(
            department=care, person=member.person, starts_on=MONDAY, ends_on=None, by=by, at=NOW
        )


def test_who_has_left_leads_nothing(care: Department, by: User) -> None:
    gone = MembershipFactory(department=care, left=True).person
    with pytest.raises(Refused, match="will have left"):
        appoint_head(department=care, person=gone, starts_on=TODAY, ends_on=None, by=by, at=NOW)
