"""Several devices, which act in the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

type Step = Callable[[], Any]


class Devices:
    """Each is a thread, which stays: with a database connection of its own, where it uses one."""

    def __init__(self, number: int = 2) -> None:
        self.number = number
        self.barrier = threading.Barrier(number)
        self.pool = ThreadPoolExecutor(number)

    def at_once(self, *steps: Step) -> list[Any]:
        """What each of them got back."""
        outcomes = [self.pool.submit(self._meet, step) for step in steps]
        return [outcome.result() for outcome in outcomes]

    def _meet(self, step: Step) -> Any:
        self.barrier.wait()
        return step()

    def close(self, last: Step) -> None:
        """Each does this, whatever became of it before, and stops."""
        self.at_once(*[last] * self.number)
        self.pool.shutdown()
