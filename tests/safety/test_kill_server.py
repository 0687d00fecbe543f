"""The short version of `make safety`: two ends of the server, and a few of its workers."""

import pytest

from tests.safety.kill_server import Plan, run, throwaway_environment

pytestmark = pytest.mark.safety


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed() -> None:
    plan = Plan(cycles=2, workers_a_cycle=3, clients=3, seed=20261120)

    with throwaway_environment(on_postgres=False) as environment:
        verdict, kills = run(plan, environment)

    assert verdict.is_clean, str(verdict)
    assert verdict.acknowledged > kills
