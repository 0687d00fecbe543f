"""What a history is made of, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from quizzes.memory import Dates, MemoryRules, Sureness, Trace


class Kind(StrEnum):
    QUIZ = "quiz"
    PRACTICE = "practice"
    CHECK = "check"
    TRY = "try"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One drawn question of a sitting; without a moment it was not answered.

    `is_remembered`: it is asked by heart. `is_counted`: dates rest on it.
    """

    key: int
    question: int
    mark: float | None = None
    sureness: Sureness = Sureness.GUESSING
    at: datetime | None = None
    on: date | None = None
    must_know: bool = False
    is_remembered: bool = True
    is_counted: bool = True
    is_void: bool = False

    @property
    def is_right(self) -> bool:
        return self.mark == 1

    @property
    def is_settled(self) -> bool:
        return self.is_void or self.mark is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One sitting; without a moment it goes on. `key` grows with the moment of its start."""

    key: int
    kind: Kind
    turns: tuple[Turn, ...]
    at: datetime | None = None
    on: date | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What one person did with one module, and the rules by which it is played."""

    sittings: tuple[Played, ...]
    rules: MemoryRules
    valid_days: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The dates that memory alone gives, and the day of the last pass."""

    dates: Dates | None = None
    passed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a history comes to. `vouched` is the last quiz or check that was passed."""

    proof: Proof
    traces: Mapping[int, Trace]
    verdicts: Mapping[int, bool | None]
    vouched: int | None
