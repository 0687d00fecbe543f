"""A promise with its chain and the brief that serves it; a brief that marketing keeps; readers."""

import pytest
from django.test import Client

from departments.models import Department, Membership
from knowledge.models import BriefPage, Fact, ModulePage, PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)
from tests.knowledge.keeping import since
from tests.knowledge.translating import french_reader, in_french

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


@pytest.fixture
def reader(person: User) -> Client:
    """She reads French."""
    client = french_reader(Client())
    client.force_login(person)
    return client


@pytest.fixture
def english(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def fact() -> Fact:
    brief = BriefFactory(title="Fair Refund", slug="fair-refund")
    made: Fact = FactFactory(brief=brief, key="refund-limit", statement="Up to £50.")
    return made


@pytest.fixture
def french_brief(fact: Fact) -> BriefPage:
    brief: BriefPage = in_french(
        fact.brief,
        parts={"refund-limit-fr": "Jusqu’à 50 £."},
        title="Remboursement juste",
        one_breath="Vous récupérez votre argent.",
    )
    return brief


@pytest.fixture
def marketer(portal_site: None) -> User:
    person: User = PersonFactory(first_name="Grace", groups=["Marketing"])
    return person


@pytest.fixture
def kept(marketer: User) -> BriefPage:
    brief: BriefPage = BriefFactory(title="Fair Refund", owner=marketer)
    brief.save_revision().publish()
    stored: BriefPage = BriefPage.objects.get(pk=brief.pk)
    return stored


@pytest.fixture
def colleague() -> User:
    person: User = PersonFactory(first_name="Amara")
    return person


@pytest.fixture
def desk(client: Client, marketer: User) -> Client:
    client.force_login(marketer)
    return client


@pytest.fixture
def keeper() -> User:
    member = MembershipFactory(person__first_name="Ada", person__last_name="Fernsby")
    person: User = member.person
    return person


@pytest.fixture
def kept_module(keeper: User) -> ModulePage:
    page: ModulePage = ModuleFactory(owner=keeper, verify_days=30, title="Fair Refund")
    return since(page, NOW - 40 * A_DAY)
