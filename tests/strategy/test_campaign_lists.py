"""Campaigns in the editor's list, and launches ahead in its report."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    CampaignFactory,
)
from tests.strategy.campaigning import (
    Gate,
    by_the_button,
    drafted,
    marketer,
    signed_in,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]

LIST = "wagtailsnippets_strategy_campaign:list"
REPORT = "launches:upcoming"


@pytest.fixture
def desk() -> Client:
    return signed_in(marketer())


def test_the_list_costs_as_much_for_many_as_for_one(
    gate: Gate, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by_the_button(drafted("Out already"), marketer())
    queries = counted(desk, reverse(LIST))
    for number in range(4):
        by_the_button(drafted(f"Number {number}"), marketer())
        CampaignFactory()
    with django_assert_num_queries(queries):
        desk.get(reverse(LIST))


def counted(desk: Client, url: str) -> int:
    CampaignFactory()
    desk.get(url)
    with CaptureQueriesContext(connection) as asked:
        desk.get(url)
    return len(asked)


def test_the_report_tells_what_each_launch_waits_for(gate: Gate, desk: Client) -> None:
    CampaignFactory(title="Money back")
    by_the_button(drafted("Out already"), marketer())
    shown = desk.get(reverse(REPORT)).content.decode()
    assert "Money back" in shown
    assert "Out already" not in shown
    assert "Not yet: 1 of 4" in shown
    table = b"".join(desk.get(reverse(REPORT), {"export": "csv"})).decode()
    assert "Money back,2026-12-04,Planned,Not yet: 1 of 4" in table


def test_the_report_costs_as_much_for_many_as_for_one(
    gate: Gate, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queries = counted(desk, reverse(REPORT))
    for _number in range(4):
        CampaignFactory()
    with django_assert_num_queries(queries):
        desk.get(reverse(REPORT))
