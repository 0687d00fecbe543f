"""What is asked before a campaign goes out: a register that reports fill when the room starts.

Models ask the gate without knowing the report that answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a campaign can't go out yet, as a sentence; perhaps where to see it."""

    text: str
    url: str = ""


class LaunchHeldError(Exception):
    """A campaign was about to be launched although its gate is closed."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__(" ".join(str(obstacle.text) for obstacle in obstacles))


type Gate = Callable[[Any], Sequence[Obstacle]]

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    if gate not in _gates:
        _gates.append(gate)


def obstacles_to(draft: Any) -> list[Obstacle]:
    """What keeps this draft of a campaign from going out, whichever door it comes through."""
    return [obstacle for gate in _gates for obstacle in gate(draft)]
