"""Times things side by side, so that a busy neighbour slows both and their ratio stays."""

import contextlib
import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection

WARM_UP_ROUNDS = 5
TRANSACTION_CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: by the clock, and of this process's own work."""

    wall: float
    cpu: float

    @property
    def decisive(self) -> float:
        """What ratios are made of. SQLite works in this process, so its whole cost is CPU, which a
        busy neighbour hardly changes; another server's work is seen by the clock only.
        """
        return self.cpu if connection.vendor == "sqlite" else self.wall


@dataclass
class Samples:
    """What one subject cost, again and again."""

    costs: list[Cost] = field(default_factory=list)

    @property
    def typical(self) -> Cost:
        return Cost(
            median(cost.wall for cost in self.costs), median(cost.cpu for cost in self.costs)
        )

    @property
    def total(self) -> Cost:
        return Cost(sum(cost.wall for cost in self.costs), sum(cost.cpu for cost in self.costs))

    def time[T](self, subject: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        result = subject()
        spent = Cost((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)
        self.costs.append(spent)
        return result


def side_by_side(
    subjects: Mapping[str, Callable[[], Any]], rounds: int, warm_up: int = WARM_UP_ROUNDS
) -> dict[str, Samples]:
    """Each subject once a round, in an order that turns, after a few rounds that don't count."""
    for _ in range(warm_up):
        for subject in subjects.values():
            subject()
    samples = {name: Samples() for name in subjects}
    names = list(subjects)
    gc.collect()
    for _ in range(rounds):
        for name in names:
            samples[name].time(subjects[name])
        names = [*names[1:], names[0]]
    return samples


@dataclass
class Statements:
    """What the database was asked, with and without the opening and closing of transactions."""

    queries: int = 0
    round_trips: int = 0

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.round_trips += 1
        self.queries += not sql.startswith(TRANSACTION_CONTROL)
        return execute(sql, params, many, context)


@contextlib.contextmanager
def counted() -> Iterator[Statements]:
    statements = Statements()
    with connection.execute_wrapper(statements.note):
        yield statements


def queries_of(subject: Callable[[], Any]) -> int:
    with counted() as statements:
        subject()
    return statements.queries
