"""When a page is asked about, which one first, and who is asked."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import ownership
from knowledge.ownership import (
    Keeping,
    hottest_and_stalest_first,
    keepers_of,
    owner_of,
    register_successors,
)

ON = date(2026, 11, 20)
DAY = timedelta(days=1)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
keepings = st.builds(
    Keeping,
    page_id=st.integers(1, 9),
    interval_days=st.integers(1, 400),
    verified_on=st.none() | days,
    published_on=st.none() | days,
    open_remarks=st.integers(0, 5),
    people=st.integers(0, 100_000),
)


@dataclass(frozen=True)
class Person:
    pk: int
    is_active: bool = True


@dataclass(frozen=True)
class SomePage:
    pk: int
    owner: Person | None


@pytest.fixture(autouse=True)
def _no_rooms_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ownership, "_successor_finders", [])


def page(**known: Any) -> Keeping:
    return Keeping(**{"page_id": 1, "interval_days": 30, **known})


@pytest.mark.parametrize(
    ("known", "due_on"),
    [
        ({"verified_on": ON, "published_on": ON - 90 * DAY}, ON + 30 * DAY),
        ({"published_on": ON}, ON + 30 * DAY),
        ({"verified_on": ON - 90 * DAY, "published_on": ON}, ON - 60 * DAY),
        ({}, None),
    ],
)
def test_a_page_is_due_its_interval_after_it_was_last_said_to_be_true(
    known: dict[str, Any], due_on: date | None
) -> None:
    assert page(**known).due_on == due_on


@pytest.mark.parametrize(
    ("days_ago", "is_due", "days_over"), [(29, False, 0), (30, True, 0), (31, True, 1)]
)
def test_a_page_is_due_on_the_very_day(days_ago: int, is_due: bool, days_over: int) -> None:
    asked = page(verified_on=ON - days_ago * DAY)
    assert (asked.is_due(ON), asked.days_over(ON)) == (is_due, days_over)


@given(st.lists(keepings, unique_by=lambda keeping: keeping.page_id))
def test_no_page_that_is_not_due_stands_before_one_that_is(pages: list[Keeping]) -> None:
    are_due = [keeping.is_due(ON) for keeping in hottest_and_stalest_first(pages, ON)]
    assert are_due == sorted(are_due, reverse=True)


@given(keepings, st.integers(1, 100))
def test_a_page_never_comes_later_for_waiting_or_for_remarks(keeping: Keeping, more: int) -> None:
    hotter = replace(keeping, open_remarks=keeping.open_remarks + more)
    assert keeping.points(ON) <= keeping.points(ON + more * DAY)
    assert keeping.points(ON) < hotter.points(ON)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"verified_on": ON - 45 * DAY}, {"verified_on": ON - 40 * DAY}),
        (
            {"verified_on": ON - 40 * DAY, "open_remarks": 1},
            {"verified_on": ON - 45 * DAY},
        ),
        (
            {"verified_on": ON - 40 * DAY, "people": 1000},
            {"verified_on": ON - 45 * DAY, "people": 10},
        ),
        (
            {"verified_on": ON - 30 * DAY},
            {"verified_on": ON - 29 * DAY, "open_remarks": 9, "people": 100_000},
        ),
    ],
)
def test_the_hottest_and_stalest_comes_first(first: dict[str, Any], second: dict[str, Any]) -> None:
    pages = [page(page_id=1, **second), page(page_id=2, **first)]
    assert [each.page_id for each in hottest_and_stalest_first(pages, ON)] == [2, 1]


def test_an_owner_who_is_there_answers_for_her_page() -> None:
    owner = Person(1)
    assert owner_of(SomePage(7, owner), ON) == owner


def test_a_leavers_page_is_answered_for_by_whoever_follows_her() -> None:
    leaver, head = Person(1), Person(2)
    register_successors(lambda people, _on: {pk: head for pk in people if pk == leaver.pk})
    keepers = keepers_of([SomePage(7, leaver), SomePage(8, Person(3))], ON)
    assert [keeper.person.pk for keeper in keepers.values()] == [2, 3]
    assert [keeper.has_left for keeper in keepers.values()] == [True, False]


def test_nobody_answers_where_an_account_is_switched_off_and_no_room_knows_who_follows() -> None:
    keeper = keepers_of([SomePage(7, Person(1, is_active=False))], ON)[7]
    assert (keeper.person, keeper.has_left) == (None, True)


def test_a_page_without_an_owner_asks_no_room() -> None:
    register_successors(lambda people, _on: pytest.fail(f"asked for {people}"))
    assert keepers_of([SomePage(7, None)], ON)[7].is_missing
