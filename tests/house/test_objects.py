"""A department's pages, for whoever leads it, one beside it, above it, below it, once, or soon."""

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department
from portal.models import User
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "departments:team-detail",
    "departments:team-export",
    "departments:requirement-list",
    "departments:requirement-add",
    "departments:deputy-list",
    "departments:team-act",
    "departments:team-given",
    "departments:team-log",
    "departments:team-log-export",
    "departments:time-ask",
)
OF_A_REQUIREMENT = ("departments:requirement-change", "departments:requirement-remove")
FOREIGN = ("parent", "sibling", "cousin", "former", "coming")


@pytest.fixture
def tree() -> dict[str, Department]:
    parent = DepartmentFactory(name="Company")
    own = DepartmentFactory(name="Care", parent=parent)
    for name, above in (
        ("Sales", parent),
        ("Care North", own),
        ("Network", parent),
        ("Finance", parent),
    ):
        DepartmentFactory(name=name, parent=above)
    names = {
        "own": "Care",
        "child": "Care North",
        "parent": "Company",
        "sibling": "Sales",
        "former": "Network",
        "coming": "Finance",
    }
    found = {place: Department.objects.get(name=name) for place, name in names.items()}
    found["cousin"] = DepartmentFactory(name="Sales North", parent=found["sibling"])
    return {place: Department.objects.get(pk=row.pk) for place, row in found.items()}


@pytest.fixture
def head(tree: dict[str, Department]) -> User:
    person: User = PersonFactory()
    HeadshipFactory(person=person, department=tree["own"])
    HeadshipFactory(person=person, department=tree["former"], left=True)
    HeadshipFactory(person=person, department=tree["coming"], starts_on=TODAY + A_DAY)
    return person


def answers(client: Client, department: Department) -> set[int]:
    """What every page of the department answers, shown or sent a form."""
    requirement = RequirementFactory(department=department)
    addresses = [reverse(page, args=[department.pk]) for page in PAGES]
    addresses += [reverse(page, args=[department.pk, requirement.pk]) for page in OF_A_REQUIREMENT]
    return {client.get(address).status_code for address in addresses} | {
        status
        for address in addresses
        if (status := client.post(address, {}).status_code) not in {200, 302, 405}
    }


@pytest.mark.parametrize("place", ["own", "child"])
def test_a_head_opens_what_she_leads(
    place: str, tree: dict[str, Department], head: User, client: Client
) -> None:
    client.force_login(head)
    assert answers(client, tree[place]) == {200}


@pytest.mark.parametrize("place", FOREIGN)
def test_a_head_finds_nothing_where_she_does_not_lead(
    place: str, tree: dict[str, Department], head: User, client: Client
) -> None:
    client.force_login(head)
    assert answers(client, tree[place]) == {404}


def test_a_requirement_of_another_department_is_as_if_it_were_not_there(
    tree: dict[str, Department], head: User, client: Client
) -> None:
    client.force_login(head)
    foreign = RequirementFactory(department=tree["sibling"])
    nothing = foreign.pk + 1_000
    for page in OF_A_REQUIREMENT:
        for ask in (client.get, client.post):
            met = [
                ask(reverse(page, args=[tree["own"].pk, pk])).status_code
                for pk in (foreign.pk, nothing)
            ]
            assert met[0] == met[1] != 200
    foreign.refresh_from_db()
