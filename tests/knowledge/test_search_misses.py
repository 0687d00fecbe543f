"""Searches without result: counted by the week, and never by who asked."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from knowledge.actions import note_miss, settle_misses
from knowledge.models import SearchMiss
from knowledge.views.searching import MOST_MISSES_AN_HOUR
from tests.factories import FactFactory, PersonFactory
from tests.knowledge.searching import page_for, words_on

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def counted() -> dict[str, int]:
    return dict(SearchMiss.objects.values_list("query", "count"))


def test_a_search_without_result_is_counted_in_its_week(visitor: Client) -> None:
    page_for(visitor, "  Zeppelin ")

    miss = SearchMiss.objects.get()
    assert (miss.query, miss.week_from, miss.count) == ("zeppelin", MONDAY, 1)


def test_a_search_with_a_result_is_not_counted(visitor: Client) -> None:
    FactFactory(title="When a refund arrives")

    page_for(visitor, "refund")

    assert not counted()


def test_somebody_who_reloads_the_page_asks_once(
    visitor: Client, clock: time_machine.Traveller
) -> None:
    page_for(visitor, "zeppelin")
    page_for(visitor, "Zeppelin")
    assert counted() == {"zeppelin": 1}

    clock.shift(timedelta(seconds=61))
    page_for(visitor, "zeppelin")

    assert counted() == {"zeppelin": 2}


def test_two_people_who_ask_the_same_are_two(visitor: Client) -> None:
    other = Client()
    other.force_login(PersonFactory())
    for each in (visitor, other):
        page_for(each, "zeppelin")

    assert counted() == {"zeppelin": 2}


def test_another_week_is_counted_by_itself() -> None:
    for day in (MONDAY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)):
        note_miss("zeppelin", on=day)

    weeks = SearchMiss.objects.values_list("week_from", "count")
    assert set(weeks) == {(MONDAY, 2), (MONDAY + timedelta(days=7), 1)}


def test_who_only_asks_for_the_head_of_the_page_counts_for_nobody(visitor: Client) -> None:
    visitor.head("/search/", {"q": "zeppelin"})

    assert not counted()


def test_who_is_not_signed_in_counts_for_nobody(client: Client) -> None:
    client.get("/search/", {"q": "zeppelin"})

    assert not counted()


@pytest.mark.parametrize(
    "query",
    [
        "ada@example.com",
        "ask ada@work",
        "123456",
        "07700 900123",
        "12-34-56",
        "…",
        "\x00",
        "٠١٢٣٤٥",
    ],
)
def test_what_could_name_somebody_or_says_nothing_is_not_kept(query: str) -> None:
    assert not note_miss(query, on=MONDAY)
    assert not counted()


def test_a_short_number_is_kept() -> None:
    note_miss("price lock 24", on=MONDAY)

    assert counted() == {"price lock 24": 1}


def test_a_long_query_is_kept_by_its_beginning() -> None:
    note_miss("ß" * 200, on=MONDAY)

    assert counted() == {"s" * 120: 1}


def test_settling_takes_every_week_and_holds_until_the_next() -> None:
    for days in (0, 7):
        note_miss("zeppelin", on=MONDAY + timedelta(days=days))

    settle_misses("zeppelin")
    note_miss("zeppelin", on=MONDAY + timedelta(days=7))
    assert not SearchMiss.objects.open().exists()

    note_miss("zeppelin", on=MONDAY + timedelta(days=14))
    assert SearchMiss.objects.open().get().week_from == MONDAY + timedelta(days=14)


def refuse_misses(execute: object, sql: str, *rest: object) -> object:
    if "knowledge_searchmiss" in sql:
        raise OperationalError("database is locked")
    return execute(sql, *rest)  # type: ignore[operator]  # Django hands over its own


@pytest.fixture
def _busy() -> Iterator[None]:
    with connection.execute_wrapper(refuse_misses):
        yield


@pytest.mark.usefixtures("_busy")
def test_a_search_is_answered_though_the_database_is_too_busy_to_count(visitor: Client) -> None:
    assert "Nothing found for “zeppelin”." in words_on(visitor, "zeppelin")


def test_a_count_waits_for_nobody_for_long() -> None:
    waits: list[str] = []

    def listen(execute: object, sql: str, *rest: object) -> object:
        waits.append(sql)
        return execute(sql, *rest)  # type: ignore[operator]  # Django hands over its own

    with connection.execute_wrapper(listen):
        note_miss("zeppelin", on=MONDAY)

    limits = [sql for sql in waits if "timeout" in sql]
    assert "200" in limits[0]
    assert connection.vendor != "sqlite" or limits[-1] == "PRAGMA busy_timeout = 20000"


def test_a_script_can_not_bury_what_others_look_for(
    visitor: Client, clock: time_machine.Traveller
) -> None:
    for number in range(MOST_MISSES_AN_HOUR + 2):
        page_for(visitor, f"zeppelin {number}")
    assert len(counted()) == MOST_MISSES_AN_HOUR

    clock.shift(timedelta(hours=1))
    page_for(visitor, "airship")

    assert "airship" in counted()
