"""Whose part a link is: the reader's own department's, or that of the nearest one above it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Department, Link
from departments.reports.chains import chain_of, chains_of, with_part_of
from knowledge.models import PromisePage
from portal.models import User
from tests.factories import (
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(care: Department) -> Department:
    return DepartmentFactory(name="Evening", parent=care)


def member_of(department: Department) -> User:
    person: User = MembershipFactory(department=Department.objects.get(pk=department.pk)).person
    return person


def own_departments(promise: PromisePage, person: User) -> list[str]:
    one = chain_of(promise, person, on=TODAY)
    several = chains_of([promise], person, on=TODAY)[promise.pk]
    assert one == several
    return [step.department for step in one.own]


def test_my_part_is_my_departments_link(care: Department, company: Department) -> None:
    sales = DepartmentFactory(name="Sales", parent=company)
    promise = PromiseFactory(departments=[sales, care])

    assert own_departments(promise, member_of(care)) == ["Care"]
    assert own_departments(promise, member_of(sales)) == ["Sales"]


def test_a_team_takes_the_nearest_link_above_it(
    company: Department, care: Department, evening: Department
) -> None:
    promise = PromiseFactory(departments=[company, care])

    assert own_departments(promise, member_of(evening)) == ["Care"]


def test_a_team_with_a_link_of_its_own_has_only_that(care: Department, evening: Department) -> None:
    promise = PromiseFactory(departments=[care, evening])

    assert own_departments(promise, member_of(evening)) == ["Evening"]


def test_what_a_team_below_does_is_not_my_part(care: Department, evening: Department) -> None:
    promise = PromiseFactory(departments=[evening])

    assert own_departments(promise, member_of(care)) == []


def test_a_department_that_comes_twice_has_both_parts(care: Department) -> None:
    promise = PromiseFactory(departments=[care, DepartmentFactory(name="Finance"), care])
    person = member_of(care)

    steps = chain_of(promise, person, on=TODAY).own

    assert own_departments(promise, person) == ["Care", "Care"]
    assert [step.following for step in steps] == ["Finance", ""]


@pytest.mark.parametrize("trait", ["left", "future", "guest", "nowhere"])
def test_who_is_not_at_home_there_today_has_no_part(care: Department, trait: str) -> None:
    care.refresh_from_db()
    traits: dict[str, dict[str, Any]] = {
        "left": {"left": True},
        "future": {"starts_on": TODAY.replace(year=2027)},
        "guest": {"is_home": False},
    }
    promise = PromiseFactory(departments=[care])
    person = PersonFactory()
    if trait in traits:
        MembershipFactory(person=person, department=care, **traits[trait])

    assert own_departments(promise, person) == []
    assert not chain_of(promise, person, on=TODAY).has_reader_department
    assert list(with_part_of(PromisePage.objects.all(), person, on=TODAY)) == []


def test_promises_with_my_part_are_those_with_a_link_at_or_above_me(
    company: Department, care: Department, evening: Department
) -> None:
    above = PromiseFactory(departments=[company])
    own = PromiseFactory(departments=[care])
    PromiseFactory(departments=[evening])
    PromiseFactory(departments=[DepartmentFactory(name="Sales", parent=company)])
    PromiseFactory()

    found = with_part_of(PromisePage.objects.all(), member_of(care), on=TODAY)

    assert {promise.pk for promise in found} == {above.pk, own.pk}


def test_links_stand_in_the_order_in_which_they_were_put(
    care: Department, company: Department
) -> None:
    promise: Any = PromiseFactory(departments=[care, company])
    for place, link in enumerate(Link.objects.order_by("-pk")):
        Link.objects.filter(pk=link.pk).update(sort_order=place)

    chain = chain_of(PromisePage.objects.get(pk=promise.pk), member_of(care), on=TODAY)

    assert [step.department for step in chain.steps] == ["Company", "Care"]


def test_a_promise_without_links_has_a_chain_without_steps(care: Department) -> None:
    assert chain_of(PromiseFactory(), member_of(care), on=TODAY).steps == ()


def test_a_draft_is_previewed_with_its_own_links(care: Department) -> None:
    promise = PromiseFactory()
    drafted = PromisePage.objects.get(pk=promise.pk)
    drafted.links.add(Link(department=care, part="Answer."))

    chain = chain_of(drafted, member_of(care), on=TODAY)

    assert [step.part for step in chain.own] == ["Answer."]


def test_many_chains_cost_one_query(care: Department) -> None:
    promises = [PromiseFactory(departments=[care] * length) for length in (1, 3, 8)]
    person = member_of(care)

    with CaptureQueriesContext(connection) as queries:
        chains = chains_of(promises, person, on=TODAY)

    assert len(queries) == 1
    assert [len(chains[promise.pk].own) for promise in promises] == [1, 3, 8]
