"""A promise with its chain, the brief that serves it, and a colleague of one of its links."""

import pytest
from django.test import Client

from departments.models import Department, Membership
from knowledge.models import BriefPage, PromisePage
from portal.models import User
from tests.factories import BriefFactory, DepartmentFactory, MembershipFactory, PromiseFactory

CHAIN = ("Marketing", "Care", "Finance")


@pytest.fixture
def chain() -> list[Department]:
    return [DepartmentFactory(name=name) for name in CHAIN]


@pytest.fixture
def promise(chain: list[Department]) -> PromisePage:
    page: PromisePage = PromiseFactory(
        title="Fair Refund", sentence="When we agree it, you get it.", departments=chain
    )
    return page


@pytest.fixture
def brief(promise: PromisePage) -> BriefPage:
    page: BriefPage = BriefFactory(title="Fair Refund brief")
    page.promises = [promise]
    page.save()
    return page


@pytest.fixture
def person(chain: list[Department]) -> User:
    home: Membership = MembershipFactory(department=Department.objects.get(name="Care"))
    return home.person


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client
