import pytest

from departments.models import Department
from knowledge.models import PromisePage
from portal.models import User
from tests.factories import DepartmentFactory, PersonFactory, PromiseFactory


@pytest.fixture
def finance(portal_site: None) -> Department:
    company = DepartmentFactory(name="Company")
    department: Department = DepartmentFactory(name="Finance", parent=company)
    return department


@pytest.fixture
def owner() -> User:
    person: User = PersonFactory(first_name="Noor", last_name="Ashgrove")
    return person


@pytest.fixture
def promise(finance: Department, owner: User) -> PromisePage:
    page: PromisePage = PromiseFactory(
        title="Fair Refund", slug="fair-refund", departments=[finance], owner=owner
    )
    return page
