"""What some races came to; knows nothing of Django, as whoever breaks the server must not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sent:
    """One form that was sent and acknowledged."""

    attempt: int
    position: int
    key: UUID
    response: Any
    sureness: str


@dataclass
class Tally:
    """Beside the number of races, each list should be empty."""

    races: int = 0
    attempts_doubled: list[str] = field(default_factory=list)
    scores_doubled: list[str] = field(default_factory=list)
    over_the_limit: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        doubled = [*self.attempts_doubled, *self.scores_doubled]
        return [*doubled, *self.over_the_limit, *self.lost, *self.surprises]

    @classmethod
    def sum(cls, tallies: Sequence[Self]) -> Self:
        total = cls()
        for tally in tallies:
            for each in fields(cls):
                so_far = getattr(total, each.name)
                setattr(total, each.name, so_far + getattr(tally, each.name))
        return total

    def __str__(self) -> str:
        figures = (
            f"{self.races} races, attempts doubled {len(self.attempts_doubled)}, "
            f"scores doubled {len(self.scores_doubled)}, "
            f"over the limit {len(self.over_the_limit)}, answers lost {len(self.lost)}"
        )
        return "\n".join([figures, *self.faults])
