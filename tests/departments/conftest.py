"""A small company: Care in it, and whoever leads Care. A test file may have its own instead."""

import pytest
from django.test import Client

from departments.models import Department, Headship
from portal.models import User
from tests.factories import DepartmentFactory, HeadshipFactory


@pytest.fixture
def company() -> Department:
    return DepartmentFactory(name="Company")


@pytest.fixture
def care(company: Department) -> Department:
    return DepartmentFactory(name="Care", parent=company)


@pytest.fixture
def head(care: Department) -> User:
    headship: Headship = HeadshipFactory(department=care)
    return headship.person


@pytest.fixture
def visitor(client: Client, head: User) -> Client:
    client.force_login(head)
    return client
