"""What the rules were chosen for, by the rules as they are (`python -m tests.simulation`)."""

from itertools import pairwise

import pytest

from tests.simulation.comparing import compared
from tests.simulation.fading import Fading, fading_table
from tests.simulation.people import Assumptions, simulate

ASSUMED = Assumptions()
PUBLISHED_ROWS = [row for row in fading_table() if any(row.published)]
# As many points may be chance among so few people.
TOLERANCE = 5


@pytest.mark.parametrize("row", PUBLISHED_ROWS, ids=lambda row: row.situation)
def test_a_score_fades_after_as_many_days_as_was_published(row: Fading) -> None:
    assert row.agrees, row


@pytest.mark.parametrize("skip", [0.2, 1.0])
def test_as_many_people_are_ready_as_was_published_within_the_noise(skip: float) -> None:
    (row,) = compared([skip], people=20, seeds=range(1, 5), assumed=ASSUMED)
    assert [figure for figure in row.figures if not figure.agrees] == []


def test_practising_more_never_leaves_fewer_modules_ready() -> None:
    by_skip = [
        simulate(skip, people=12, seed=1, assumed=ASSUMED).ready for skip in (1, 0.8, 0.5, 0.2, 0)
    ]
    for less, more in pairwise(by_skip):
        assert all(b >= a - TOLERANCE for a, b in zip(less, more, strict=True)), (less, more)
