"""The tree of a past day, and what can't be a tree."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.tree import (
    CYCLE,
    INTO_ITS_OWN_PART,
    INTO_ITSELF,
    ORPHAN,
    SECOND_ROOT,
    TWO_ROOTS,
    Move,
    ancestors,
    objection_to_placing,
    objections,
    parents_on,
)

FIRST = date(2026, 10, 1)
DAYS = 6
COMPANY, CARE, NORTH, SALES = 1, 2, 3, 4
TODAY = {COMPANY: None, CARE: COMPANY, NORTH: CARE, SALES: COMPANY}


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[dict[int, int | None], list[Move]]]:
    """How a tree of some departments stood at the end of each day, and the moves until then."""
    size = draw(st.integers(2, 8))
    parents: dict[int, int | None] = {1: None}
    for pk in range(2, size + 1):
        parents[pk] = draw(st.integers(1, pk - 1))
    moves: list[Move] = []
    told = []
    for number in range(DAYS):
        for _move in range(draw(st.integers(0, 3))):
            pk, target = draw(st.integers(2, size)), draw(st.integers(1, size))
            if objection_to_placing(pk, target, parents) is None:
                moves.append(Move(pk, parents[pk], target, day(number)))
                parents[pk] = target
        told.append((dict(parents), list(moves)))
    return told


@given(histories())
def test_undoing_the_moves_gives_the_tree_that_each_day_ended_with(
    history: list[tuple[dict[int, int | None], list[Move]]],
) -> None:
    today, moves = history[-1]
    for number, (stood, _moves) in enumerate(history):
        assert parents_on(day(number), today, moves, {}) == stood


@given(
    st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 8), min_size=1),
    st.lists(
        st.builds(
            Move,
            st.integers(1, 9),
            st.none() | st.integers(1, 9),
            st.none() | st.integers(1, 9),
            st.just(day(3)),
        ),
        max_size=12,
    ),
    st.dictionaries(st.integers(1, 8), st.sampled_from([day(0), day(5)])),
)
def test_rows_that_contradict_each_other_lose_nobody_and_go_round_no_circle(
    drawn: dict[int, int | None], moves: list[Move], last_days: dict[int, date]
) -> None:
    # Today's tree is one: each under a smaller number, or at the top.
    today = {
        pk: parent if parent in drawn and parent is not None and parent < pk else None
        for pk, parent in drawn.items()
    }
    stood = parents_on(day(1), today, moves, last_days)
    assert set(stood) == {pk for pk in today if last_days.get(pk) != day(0)}
    assert all(pk not in ancestors(pk, stood) for pk in stood)
    assert [each for each in objections(stood) if each.sentence != TWO_ROOTS] == []


def test_a_department_is_there_on_its_last_day_and_not_after_it() -> None:
    last_days = {NORTH: day(2)}
    assert NORTH in parents_on(day(2), TODAY, [], last_days)
    assert NORTH not in parents_on(day(3), TODAY, [], last_days)


def test_what_stood_under_a_closed_department_hangs_on_the_one_above() -> None:
    assert parents_on(day(3), TODAY, [], {CARE: day(2)})[NORTH] == COMPANY


@pytest.mark.parametrize(
    ("department", "target", "sentence"),
    [
        (CARE, CARE, INTO_ITSELF),
        (CARE, NORTH, INTO_ITS_OWN_PART),
        (CARE, None, SECOND_ROOT),
        (NORTH, SALES, None),
        (COMPANY, None, None),
    ],
)
def test_a_department_goes_where_a_tree_remains(
    department: int, target: int | None, sentence: str | None
) -> None:
    found = objection_to_placing(department, target, TODAY)
    assert (found.sentence if found else None) == sentence


@pytest.mark.parametrize(
    ("parents", "told"),
    [
        (TODAY, []),
        ({1: None, 2: 3, 3: 2, 4: 3}, [(CYCLE, 2), (CYCLE, 3)]),
        ({1: None, 2: 9}, [(ORPHAN, 2)]),
        ({1: None, 2: None}, [(TWO_ROOTS, 2)]),
        ({1: 1}, [(CYCLE, 1)]),
        ({}, []),
    ],
)
def test_what_is_no_tree_is_told(
    parents: dict[int, int | None], told: list[tuple[str, int]]
) -> None:
    assert [(each.sentence, each.department) for each in objections(parents)] == told
