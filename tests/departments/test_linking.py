"""Every department keeps a part of some promise, or is named."""

from typing import Any

import pytest
from django.template import engines

from departments.models import Department
from departments.reports.linking import departments_without_link
from tests.factories import A_DAY, TODAY, DepartmentFactory, PromiseFactory

pytestmark = pytest.mark.django_db


def named() -> list[str]:
    return [department.name for department in departments_without_link(TODAY)]


def test_a_department_without_a_link_is_named(company: Department, care: Department) -> None:
    DepartmentFactory(name="Legal", parent=company)
    PromiseFactory(departments=[care])
    assert named() == ["Legal"]


def test_a_link_above_or_below_is_a_departments_own(company: Department, care: Department) -> None:
    evening = DepartmentFactory(name="Evening", parent=care)
    DepartmentFactory(name="Night", parent=evening)
    PromiseFactory(departments=[evening])
    assert named() == []


def test_a_team_beside_the_one_that_holds_the_link_is_named(care: Department) -> None:
    evening = DepartmentFactory(name="Evening", parent=care)
    DepartmentFactory(name="Morning", parent=care)
    PromiseFactory(departments=[evening])
    assert named() == ["Morning"]


def test_of_a_branch_without_any_link_its_top_alone_is_named(
    company: Department, care: Department
) -> None:
    legal = DepartmentFactory(name="Legal", parent=company)
    DepartmentFactory(name="Contracts", parent=legal)
    PromiseFactory(departments=[care])
    assert named() == ["Legal"]


def test_a_draft_promise_links_nobody(care: Department) -> None:
    PromiseFactory(departments=[care], live=False)
    assert named() == ["Company"]


def test_a_department_that_has_closed_is_not_named(company: Department, care: Department) -> None:
    DepartmentFactory(name="Legal", parent=company, closed_on=TODAY - A_DAY)
    DepartmentFactory(name="Press", parent=company, closed_on=TODAY)
    PromiseFactory(departments=[care])
    assert named() == ["Press"]


def test_the_register_asks_twice_however_many_departments(
    company: Department, django_assert_num_queries: Any
) -> None:
    for _each in range(3):
        PromiseFactory(departments=[DepartmentFactory(parent=company)])
        DepartmentFactory(parent=company)
    source = "{% load linking %}{% departments_without_link as found %}{{ found|length }}"
    template = engines["django"].from_string(source)
    with django_assert_num_queries(2):
        assert template.render() == "3"
