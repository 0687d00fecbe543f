"""Departments are added, renamed, moved, merged and closed, and nobody is lost by it."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from departments.actions.organisation import (
    add_department,
    close_department,
    merge_departments,
    move_department,
    rename_department,
)
from departments.actions.refusing import Refused
from departments.models import (
    AuditLine,
    Department,
    Headship,
    Membership,
    PastRequirement,
    Requirement,
)
from departments.reports.structure import tree_file
from departments.reports.trees import tree_on
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - A_DAY
ORGANISATION = ("Care", "Network", "Sales")


@pytest.fixture
def by() -> User:
    return PersonFactory(administrator=True)


@pytest.fixture
def company() -> Department:
    """Wrenfield, with Care (and Care North in it), Network and Sales."""
    company = DepartmentFactory(name="Wrenfield")
    for name in ORGANISATION:
        DepartmentFactory(name=name, parent=company)
    DepartmentFactory(name="Care North", parent=named("Care"))
    return named("Wrenfield")


def named(name: str) -> Department:
    department: Department = Department.objects.get(name=name)
    return department


def under(name: str) -> list[str]:
    return [child.name for child in named(name).get_children()]


def test_a_new_department_stands_among_its_sisters_by_name(company: Department, by: User) -> None:
    add_department(name="  Finance ", parent=company, by=by, at=NOW)
    assert under("Wrenfield") == ["Care", "Finance", "Network", "Sales"]


def test_a_second_top_is_refused_with_a_sentence(company: Department, by: User) -> None:
    with pytest.raises(Refused, match="beside Wrenfield at the top"):
        add_department(name="Wrenfield Two", parent=None, by=by, at=NOW)


@pytest.mark.parametrize("name", ["CARE", " care ", "Care"])
def test_a_name_stands_once_in_one_place(name: str, company: Department, by: User) -> None:
    with pytest.raises(Refused, match="There is a Care in the same place"):
        add_department(name=name, parent=company, by=by, at=NOW)


@pytest.mark.parametrize("name", ["", "  ", "Care/North", "x" * 101])
def test_a_name_that_no_file_could_write_is_refused(
    name: str, company: Department, by: User
) -> None:
    with pytest.raises(Refused, match="without a slash"):
        add_department(name=name, parent=company, by=by, at=NOW)


def test_a_department_may_be_spelt_otherwise(company: Department, by: User) -> None:
    assert rename_department(department=named("Care"), name="CARE", by=by, at=NOW).name == "CARE"


def test_a_renamed_department_takes_its_place_in_the_order(company: Department, by: User) -> None:
    rename_department(department=named("Care"), name="Yes Desk", by=by, at=NOW)
    assert under("Wrenfield") == ["Network", "Sales", "Yes Desk"]
    assert under("Yes Desk") == ["Care North"]


@pytest.mark.parametrize(
    ("name", "parent", "sentence"),
    [
        ("Care", "Care", "under itself"),
        ("Care", "Care North", "Care North is a part of Care"),
        ("Wrenfield", "Sales", "Sales is a part of Wrenfield"),
    ],
)
def test_a_department_never_stands_under_itself(
    name: str, parent: str, sentence: str, company: Department, by: User
) -> None:
    with pytest.raises(Refused, match=sentence):
        move_department(department=named(name), parent=named(parent), by=by, at=NOW)
    assert Department.find_problems() == ([], [], [], [], [])


def test_a_moved_department_is_asked_what_the_one_above_asks(company: Department, by: User) -> None:
    RequirementFactory(department=named("Care"), module__title="Fair Refund")
    RequirementFactory(department=named("Sales"), module__title="Price Lock")
    move_department(department=named("Care North"), parent=named("Sales"), by=by, at=NOW)
    line = AuditLine.objects.get(kind=AuditLine.Kind.DEPARTMENT)
    assert (line.by, line.department) == (by, named("Care North"))
    assert line.before["modules"], line.after["modules"] == (["Fair Refund"], ["Price Lock"])
    assert (line.before["under"], line.after["under"]) == ("Care", "Sales")


def test_yesterdays_tree_stays_when_a_department_moves(company: Department, by: User) -> None:
    move_department(department=named("Care"), parent=named("Sales"), by=by, at=NOW)
    north = named("Care North").pk
    assert tree_on(YESTERDAY).names_of(north) == ("Wrenfield", "Care", "Care North")
    assert tree_on(TODAY).names_of(north) == ("Wrenfield", "Sales", "Care", "Care North")


def test_the_tree_of_a_day_costs_the_same_however_many_moves(
    company: Department, by: User, django_assert_num_queries: object
) -> None:
    for parent in ("Sales", "Network", "Care"):
        DepartmentFactory(name=f"In {parent}", parent=named(parent))
        move_department(department=named("Care North"), parent=named(parent), by=by, at=NOW)
    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture without a type
        tree_on(YESTERDAY)


def test_people_of_a_merged_department_are_in_the_other_from_today_on(
    company: Department, by: User
) -> None:
    member = MembershipFactory(department=named("Care"), title="Adviser", level="lead")
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    old, new = Membership.objects.filter(person=member.person).order_by("starts_on")
    assert (old.department, old.starts_on, old.ends_on) == (named("Care"), LONG_AGO, YESTERDAY)
    assert (new.department, new.starts_on, new.ends_on) == (named("Sales"), TODAY, None)
    assert (new.title, new.level, new.is_home, new.known_from) == ("Adviser", "lead", True, TODAY)


def test_who_is_in_both_is_there_once_and_at_home(company: Department, by: User) -> None:
    person = MembershipFactory(department=named("Care")).person
    MembershipFactory(department=named("Sales"), person=person, is_home=False)
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    places = Membership.objects.current(on=TODAY).filter(person=person)
    assert [(place.department, place.is_home) for place in places] == [(named("Sales"), True)]


@pytest.mark.parametrize(("home", "other"), [(5, None), (None, 5)])
def test_who_is_in_both_stays_for_as_long_as_either_would_have_lasted(
    company: Department, by: User, home: int | None, other: int | None
) -> None:
    ends = [TODAY + days * A_DAY if days else None for days in (home, other)]
    person = MembershipFactory(department=named("Care"), ends_on=ends[0]).person
    MembershipFactory(department=named("Sales"), person=person, is_home=False, ends_on=ends[1])
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    later = Membership.objects.current(on=TODAY + 9 * A_DAY).filter(person=person)
    assert [(place.department, place.ends_on) for place in later] == [(named("Sales"), None)]


def test_who_was_lent_for_longer_stays_for_longer(company: Department, by: User) -> None:
    person = MembershipFactory(department=named("Network")).person
    for name, ends_on in (("Care", None), ("Sales", TODAY + 5 * A_DAY)):
        MembershipFactory(department=named(name), person=person, is_home=False, ends_on=ends_on)
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    later = Membership.objects.current(on=TODAY + 9 * A_DAY).filter(person=person, is_home=False)
    assert [place.department for place in later] == [named("Sales")]


def test_who_is_to_come_comes_to_the_other_department(company: Department, by: User) -> None:
    coming = MembershipFactory(department=named("Care"), starts_on=TODAY + 9 * A_DAY).person
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    place = Membership.objects.get(person=coming)
    assert (place.department, place.starts_on) == (named("Sales"), TODAY + 9 * A_DAY)


def test_a_merged_department_is_closed_with_all_that_hung_on_it(
    company: Department, by: User
) -> None:
    HeadshipFactory(department=named("Care"))
    RequirementFactory(department=named("Care"))
    Requirement.objects.update(known_from=LONG_AGO)
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    care = named("Care")
    assert (care.closed_on, care.merged_into) == (YESTERDAY, named("Sales"))
    assert not Headship.objects.current(on=TODAY).filter(department=care).exists()
    assert not Requirement.objects.filter(department=care).exists()
    assert PastRequirement.objects.get(department=care).known_until == TODAY
    assert under("Sales") == ["Care North"]


def test_yesterdays_tree_stays_when_departments_merge(company: Department, by: User) -> None:
    before = tree_on(YESTERDAY)
    names = {pk: before.names_of(pk) for pk in before.departments}
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    after = tree_on(YESTERDAY)
    assert {pk: after.names_of(pk) for pk in after.departments} == names
    assert named("Care").pk not in tree_on(TODAY)


def test_each_person_of_a_merged_department_has_a_line(company: Department, by: User) -> None:
    RequirementFactory(department=named("Sales"), module__title="Price Lock")
    people = {MembershipFactory(department=named("Care")).person for _number in range(3)}
    merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)
    lines = AuditLine.objects.filter(kind=AuditLine.Kind.MOVED)
    assert {line.person for line in lines} == people
    assert all(line.after["modules"] == ["Price Lock"] for line in lines)


def test_a_department_that_promises_name_stays(company: Department, by: User) -> None:
    PromiseFactory(title="Fair Refund", departments=[named("Care North")])
    with pytest.raises(Refused, match="a link of Fair Refund"):
        merge_departments(merged=named("Care North"), into=company, by=by, at=NOW)
    with pytest.raises(Refused, match="a link of Fair Refund"):
        close_department(department=named("Care North"), by=by, at=NOW)


def test_a_department_with_people_is_not_closed_and_they_are_named(
    company: Department, by: User
) -> None:
    MembershipFactory(department=named("Sales"), person__last_name="Wrayburn")
    with pytest.raises(Refused, match="Robin Wrayburn"):
        close_department(department=named("Sales"), by=by, at=NOW)


def test_a_department_with_parts_is_not_closed_and_they_are_named(
    company: Department, by: User
) -> None:
    with pytest.raises(Refused, match="parts of Care: Care North"):
        close_department(department=named("Care"), by=by, at=NOW)


def test_nothing_is_put_into_a_closed_department(company: Department, by: User) -> None:
    close_department(department=named("Sales"), by=by, at=NOW)
    with pytest.raises(Refused, match="Sales is closed"):
        add_department(name="New", parent=named("Sales"), by=by, at=NOW)
    with pytest.raises(Refused, match="Sales is closed"):
        move_department(department=named("Care"), parent=named("Sales"), by=by, at=NOW)
    with pytest.raises(Refused, match="Sales is closed"):
        merge_departments(merged=named("Care"), into=named("Sales"), by=by, at=NOW)


def test_a_storm_of_changes_leaves_a_tree_loses_nobody_and_rewrites_no_past_day(
    company: Department, by: User
) -> None:
    rng = Random(20261122)
    parent = company
    for level in range(10):
        parent = DepartmentFactory(name=f"Level {level}", parent=parent)
    people = {MembershipFactory(department=each).person for each in Department.objects.all()}
    told, done = {}, 0
    for number in range(12):
        at = NOW + timedelta(days=number)
        done += sum(act_at_random(rng, by, at) for _act in range(3))
        told[at.date()] = tree_told(at.date())
        homes = Membership.objects.current(on=at.date()).filter(is_home=True)
        assert sorted(home.person_id for home in homes) == sorted(each.pk for each in people)
        assert {home.department_id for home in homes} <= set(told[at.date()])
    assert done > 12
    assert Department.find_problems() == ([], [], [], [], [])
    assert tree_file(TODAY).troubles == ()
    assert {day: tree_told(day) for day in told} == told


def tree_told(day: date) -> dict[int, tuple[str, ...]]:
    tree = tree_on(day)
    return {pk: tree.names_of(pk) for pk in tree.departments}


def act_at_random(rng: Random, by: User, at: datetime) -> bool:
    """Whether it was done: what would be no tree is refused."""
    open_ones = [each for each in Department.objects.all() if each.closed_on is None]
    one, other = rng.choice(open_ones), rng.choice(open_ones)
    try:
        if rng.random() < 0.25:
            merge_departments(merged=one, into=other, by=by, at=at)
        else:
            move_department(department=one, parent=other, by=by, at=at)
    except Refused:
        return False
    return True
