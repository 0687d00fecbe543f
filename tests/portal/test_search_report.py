"""Searches without result, as a report at marketing's desk."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import SearchMiss
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

MONDAY = date(2026, 11, 16)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def outsider() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(PersonFactory(groups=["Moderators"]))
    return client


def shown(client: Client) -> str:
    answer = client.get(reverse("search-misses:index"))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def miss(query: str = "zeppelin", **fields: Any) -> SearchMiss:
    return SearchMiss.objects.create(**{"query": query, "week_from": MONDAY, "count": 3, **fields})


def test_the_report_leads_to_a_new_word_that_has_begun(desk: Client) -> None:
    miss("money & back")
    page = shown(desk)
    address = f"{reverse('customers-words:add')}?theirs=money+%26+back"
    assert address in page

    assert 'value="money &amp; back"' in desk.get(address).content.decode()


def test_the_open_come_first_then_the_newest_then_the_most_frequent(desk: Client) -> None:
    miss("settled", is_settled=True, count=9)
    miss("old", week_from=date(2026, 11, 2), count=9)
    miss("rare", count=1)
    miss("frequent", count=5)

    page = shown(desk)

    queries = ("frequent", "rare", "old", "settled")
    places = [page.index(f">{query}<") if f">{query}<" in page else 0 for query in queries]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"is_settled": "True"}, {"done"}),
        ({"is_settled": "False"}, {"zeppelin", "airship"}),
        ({"week_from": "2026-11-02"}, {"airship"}),
        ({"q": "zepp"}, {"zeppelin"}),
    ],
)
def test_the_report_is_filtered(desk: Client, asked: dict[str, str], found: set[str]) -> None:
    miss("done", is_settled=True)
    miss("airship", week_from=date(2026, 11, 2))
    miss()

    answer = desk.get(reverse("search-misses:index"), asked)

    assert {each.query for each in answer.context["object_list"]} == found


def test_a_word_settles_what_was_searched_for_by_it(desk: Client) -> None:
    miss("money back")
    miss("zeppelin")

    words = {"theirs": "Money  back", "ours": "refund", "note": ""}
    assert desk.post(reverse("customers-words:add"), words).status_code == 302

    assert SearchMiss.objects.open().get().query == "zeppelin"


def test_settling_is_one_button_and_can_be_taken_back(desk: Client) -> None:
    row = miss()
    url = reverse("search-misses:settle", args=[row.pk])

    for is_settled in (True, False):
        assert desk.post(url).status_code == 302
        row.refresh_from_db()
        assert row.is_settled is is_settled


def test_only_marketing_settles(outsider: Client) -> None:
    row = miss()

    outsider.post(reverse("search-misses:settle", args=[row.pk]))

    row.refresh_from_db()
    assert not row.is_settled


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_is_exported(desk: Client, kind: str) -> None:
    miss()

    answer = desk.get(reverse("search-misses:index"), {"export": kind})

    assert answer.headers["Content-Disposition"].endswith(f'-2026-11-20.{kind}"')
    assert b"".join(answer).strip()


def test_an_exported_cell_is_no_formula(desk: Client) -> None:
    miss("=1+1")

    answer = desk.get(reverse("search-misses:index"), {"export": "csv"})

    assert "\n'=1+1," in b"".join(answer).decode().replace("\r", "")


def test_the_report_costs_as_many_queries_however_long_it_is(desk: Client) -> None:
    counts = []
    for size in (1, 20):
        for number in range(size):
            miss(f"{size} {number}")
        shown(desk)
        with CaptureQueriesContext(connection) as queries:
            shown(desk)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_new_report_says_what_will_stand_there(desk: Client) -> None:
    assert "Every search has found something so far." in shown(desk)
