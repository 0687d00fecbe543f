"""What is asked before a brief goes out, and what follows when it did: registers that rooms fill.

Knowledge must not know who asks questions about its facts, yet must ask before they change. Each
room registers when it starts (`AppConfig.ready`):

- a *check* takes the changed facts and the key of the plan, if there is one, and answers with what
  still stands in the way;
- a *must-know finder* takes fact keys and answers with those that nobody may get wrong;
- an *effect* takes the stored change, in the transaction in which the brief goes live.

The *guard* and the *voucher* are knowledge's own: models ask them without knowing the reports and
actions that answer.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.changes import FactChange


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something can't go out yet, as a sentence that says what to do; perhaps where."""

    text: str
    url: str = ""


class HeldError(Exception):
    """Something was about to go out although something else stands in the way."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__(" ".join(str(obstacle.text) for obstacle in obstacles))


class PublishHeldError(HeldError):
    """A brief was about to go live."""


type Check = Callable[[Sequence[FactChange], int | None], Iterable[Obstacle]]
type MustKnowFinder = Callable[[Collection[str]], Collection[str]]
type Effect = Callable[[Any], None]
type Guard = Callable[[Any, Any], Sequence[Obstacle]]
type Voucher = Callable[[Any, Any], None]

_checks: list[Check] = []
_finders: list[MustKnowFinder] = []
_effects: list[Effect] = []
_guards: list[Guard] = []
_vouchers: list[Voucher] = []
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def register_check(check: Check) -> None:
    _add(_checks, check)


def register_must_know(finder: MustKnowFinder) -> None:
    _add(_finders, finder)


def register_effect(effect: Effect) -> None:
    _add(_effects, effect)


def register_guard(guard: Guard) -> None:
    _add(_guards, guard)


def register_voucher(voucher: Voucher) -> None:
    _add(_vouchers, voucher)


def obstacles_of_rooms(changes: Sequence[FactChange], plan_id: int | None) -> list[Obstacle]:
    return [obstacle for check in _checks for obstacle in check(changes, plan_id)]


def must_know_among(keys: Collection[str]) -> frozenset[str]:
    return frozenset(key for finder in _finders for key in finder(keys)) if keys else frozenset()


def take_effect(change: Any) -> None:
    for effect in _effects:
        effect(change)


def obstacles_to(draft: Any, by: Any = None) -> list[Obstacle]:
    """What keeps this draft of a brief from going live now, whichever door it comes through.

    `by` publishes it, if somebody does: what another planned has then been seen by two.
    """
    return [obstacle for guard in _guards for obstacle in guard(draft, by)]


def vouch_for(draft: Any, by: Any) -> None:
    """Whoever publishes what another planned has seen it, and is its second person."""
    for voucher in _vouchers:
        voucher(draft, by)


@contextmanager
def going_live_at(at: datetime) -> Iterator[None]:
    """Lets what is published inside go live at another moment: history is played, not written."""
    token = _moment.set(at)
    try:
        yield
    finally:
        _moment.reset(token)


def is_played() -> bool:
    """Whether what happens is history that is played: then nobody is told of it by mail."""
    return _moment.get() is not None


def moment_or(now: datetime) -> datetime:
    return _moment.get() or now


def _add[Registered](register: list[Registered], entry: Registered) -> None:
    if entry not in register:
        register.append(entry)
