"""The editor's first page tells whoever opens it what waits for her."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import Remark, SearchMiss
from portal.models import User
from tests.conftest import NOW
from tests.factories import A_DAY, TODAY, BriefFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

MONDAY = date(2026, 11, 16)


@pytest.fixture
def marketer(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    client.force_login(person)
    return person


def first_page(client: Client) -> str:
    return unescape(client.get(reverse("wagtailadmin_home")).content.decode())


def stale_brief(**fields: object) -> object:
    return BriefFactory(first_published_at=NOW - 200 * A_DAY, **fields)


def flag(page: object, *, days_ago: int = 0) -> None:
    day = TODAY - days_ago * A_DAY
    Remark.objects.create(page=page, kind=Remark.Kind.UNCLEAR, at=NOW, due_on=day)


def test_a_calm_day_says_so(client: Client, marketer: User) -> None:
    assert "Nothing at the moment." in first_page(client)


def test_an_editors_own_pages_are_counted_and_led_to(client: Client, marketer: User) -> None:
    stale_brief(owner=marketer)
    stale_brief(carer=marketer)
    stale_brief(owner=PersonFactory())
    page = first_page(client)
    assert "2 pages of yours wait to be looked at." in page
    link = f"{reverse('keeping:still-true')}?owner={marketer.pk}&state=waiting"
    assert f'href="{link}"' in page
    assert len(client.get(link).context["object_list"]) == 2


def test_remarks_for_her_are_counted_and_those_past_their_day(
    client: Client, marketer: User
) -> None:
    flag(stale_brief(owner=marketer), days_ago=1)
    flag(stale_brief(owner=PersonFactory()))
    page = first_page(client)
    assert "1 colleague waits for your reply." in page
    assert "1 remark has waited longer than we promised." in page
    for asked in ("whose=mine&state=open", "state=waiting"):
        link = f"{reverse('remarks:index')}?{asked}"
        assert f'href="{link}"' in page
        assert len(client.get(link).context["object_list"]) == 1


def test_searches_of_this_week_that_found_nothing_are_counted(
    client: Client, marketer: User
) -> None:
    for query, week, count, is_settled in (
        ("router box", MONDAY, 3, False),
        ("sim", MONDAY, 1, False),
        ("tariff", MONDAY, 5, True),
        ("bill", MONDAY - 7 * A_DAY, 5, False),
    ):
        SearchMiss.objects.create(query=query, week_from=week, count=count, is_settled=is_settled)
    assert "4 searches of this week found nothing." in first_page(client)


def test_the_first_page_costs_the_same_however_much_waits(client: Client, marketer: User) -> None:
    def add() -> None:
        flag(stale_brief(owner=marketer), days_ago=1)

    add()
    first_page(client)
    with CaptureQueriesContext(connection) as before:
        first_page(client)
    for _number in range(4):
        add()
    with CaptureQueriesContext(connection) as after:
        first_page(client)
    assert len(after) == len(before)
