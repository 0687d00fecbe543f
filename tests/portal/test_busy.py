"""A database that is held by somebody else, or away."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held_database(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def refuse(execute: object, sql: str, *_rest: object) -> object:
    if "quizzes_" in sql:
        raise OperationalError("database is locked")
    return execute(sql, *_rest)  # type: ignore[operator]  # Django hands over its own


def test_a_busy_database_asks_for_patience_and_names_no_cause(held_database: Client) -> None:
    with connection.execute_wrapper(refuse):
        response = held_database.get("/practice/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "locked" not in response.content.decode()


def broken_in_quizzes(execute: Any, sql: str, *_rest: object) -> object:
    if "quizzes_" in sql:
        raise LookupError(sql)
    return execute(sql, *_rest)


def test_a_fault_of_ours_is_no_busy_database(held_database: Client) -> None:
    client = Client(raise_request_exception=False)
    client.cookies = held_database.cookies

    with connection.execute_wrapper(broken_in_quizzes):
        assert client.get("/practice/").status_code == 500


def away(*_asked: object) -> object:
    raise OperationalError("the connection is closed")


def test_a_database_that_is_away_asks_for_patience_before_it_knows_who_asks(
    held_database: Client,
) -> None:
    with connection.execute_wrapper(away):
        response = held_database.get("/briefs/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


@pytest.mark.parametrize("trouble", [refuse, away])
def test_a_busy_page_is_kept_by_no_cache(held_database: Client, trouble: Any) -> None:
    with connection.execute_wrapper(trouble):
        response = held_database.get("/practice/")

    assert "no-store" in response.headers["Cache-Control"]
