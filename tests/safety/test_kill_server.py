"""The short version of `make safety`: a few kills of each kind, and races over HTTP.

On PostgreSQL, which can be killed as well; with SQLite the long version is run.
"""

from collections.abc import Iterator

import pytest

from tests.safety import kill_server, races
from tests.safety.server import House, Place, throwaway_place

pytestmark = pytest.mark.safety

KILLS = kill_server.Plan(cycles=1, workers_a_cycle=2, clients=4, seed=20261120, databases_a_cycle=3)
RACES = races.Plan(races=0, over_http=30, people=2, rushes=0, starts=0, seed=20261120)


@pytest.fixture(scope="module")
def furnished() -> Iterator[tuple[Place, House]]:
    with throwaway_place(on_postgres=True) as place:
        yield place, place.furnish(KILLS.clients + RACES.people)


def share_of(house: House, first: int, number: int) -> House:
    """Nobody is killed and raced with at the same time."""
    return house | {"people": dict(list(house["people"].items())[first : first + number])}


def test_no_acknowledged_answer_is_lost_when_server_and_database_are_killed(
    furnished: tuple[Place, House],
) -> None:
    place, house = furnished

    verdict, kills = kill_server.run(KILLS, place, share_of(house, 0, KILLS.clients))

    assert verdict.is_clean, str(verdict)
    assert verdict.acknowledged > kills.total


def test_two_devices_over_http_leave_one_answer_and_one_score(
    furnished: tuple[Place, House],
) -> None:
    place, house = furnished
    racers = share_of(house, KILLS.clients, RACES.people)

    tally = races.race_over_http(RACES, place, racers)

    assert tally.races >= RACES.over_http
    assert not tally.faults, str(tally)
