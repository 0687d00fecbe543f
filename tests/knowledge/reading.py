"""How tests read the lists, and what they put into them."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import Membership
from knowledge.models import BriefPage, KnowledgePage, ModulePage
from knowledge.templatetags.knowledge import address
from tests.factories import BriefFactory, ModuleFactory, PromiseFactory, RequirementFactory

LISTS = ("brief-index", "promise-index", "learn-index")


def listed(client: Client, name: str, **asked: str) -> str:
    response = client.get(reverse(f"knowledge:{name}"), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def served_brief(promise_title: str, **brief: object) -> BriefPage:
    page: BriefPage = BriefFactory(**brief)
    page.promises = [PromiseFactory(title=promise_title, slug=promise_title.lower())]
    page.save()
    return page


def asked_module(home: Membership, **module: object) -> ModulePage:
    page: ModulePage = ModuleFactory(**module)
    RequirementFactory(department=home.department, module=page)
    return page


def read(client: Client, page: KnowledgePage) -> str:
    response = client.get(address(page))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def queries_for(client: Client, page: KnowledgePage) -> int:
    read(client, page)
    with CaptureQueriesContext(connection) as queries:
        read(client, page)
    return len(queries)
