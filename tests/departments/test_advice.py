from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.advice import Shortfall, enough_of, shortfalls
from departments.readiness import State, tally

type Team = dict[str, list[tuple[int, State]]]

teams = st.dictionaries(
    st.sampled_from(["refund", "fibre", "lock"]),
    st.lists(st.sampled_from(list(State)), max_size=24).map(lambda states: list(enumerate(states))),
)


def once_ready(team: Team, pairs: set[tuple[str, int]]) -> Team:
    """The team once these people are ready for these modules."""
    return {
        module: [
            (person, State.READY if (module, person) in pairs else state)
            for person, state in people
        ]
        for module, people in team.items()
    }


def is_enough(team: Team) -> bool:
    figures = [tally(state for _person, state in people) for people in team.values()]
    return all(figure.ready >= enough_of(figure.needed) for figure in figures)


def pairs_of(found: list[Shortfall[str, int]]) -> set[tuple[str, int]]:
    return set(chain.from_iterable([(one.module, who) for who in one.people] for one in found))


@given(team=teams)
def test_following_the_advice_is_enough_and_every_pair_of_it_is_needed(team: Team) -> None:
    advised = pairs_of(shortfalls(team))
    assert is_enough(once_ready(team, advised))
    assert not any(is_enough(once_ready(team, advised - {pair})) for pair in advised)


@pytest.mark.parametrize(
    ("needed", "expected"), [(0, 0), (1, 1), (9, 8), (10, 9), (13, 11), (100, 90)]
)
def test_enough_is_rounded_in_favour_of_the_team(needed: int, expected: int) -> None:
    assert enough_of(needed) == expected


def test_the_least_to_do_comes_first_and_then_the_alphabet() -> None:
    team = {
        "refund": [
            ("Aldersyke", State.NOT_STARTED),
            ("Callowhart", State.LAPSED),
            ("Garrowby", State.CHECK_THE_CHANGE),
            ("Pellwick", State.LAPSED),
        ]
    }
    (short,) = shortfalls(team)
    assert short.people == ("Garrowby", "Callowhart", "Pellwick")


def test_whoever_is_not_counted_is_not_asked() -> None:
    assert shortfalls({"refund": [("Wrayburn", State.NOT_COUNTED)]}) == []
