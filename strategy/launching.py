"""What is asked before a campaign goes out: a register that reports fill when the room starts.

Models ask the gate without knowing the report that answers.
"""

from collections.abc import Callable, Sequence
from typing import Any

from knowledge.publishing import HeldError, Obstacle


class LaunchHeldError(HeldError):
    """A campaign was about to be launched although its gate is closed."""


type Gate = Callable[[Any], Sequence[Obstacle]]

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    if gate not in _gates:
        _gates.append(gate)


def obstacles_to(draft: Any) -> list[Obstacle]:
    """What keeps this draft of a campaign from going out, whichever door it comes through."""
    return [obstacle for gate in _gates for obstacle in gate(draft)]
