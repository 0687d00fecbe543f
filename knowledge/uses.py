"""Where facts are used: a register that the rooms above fill.

Knowledge must not know who cites its facts, yet must ask before one disappears. Each room
registers a finder when it starts (`AppConfig.ready`); a finder takes fact keys and answers
with their uses in a fixed number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactUse:
    """One place that would lose its ground if the fact went: "question 41", with its address."""

    fact_key: str
    label: str
    url: str


type UseFinder = Callable[[frozenset[str]], Iterable[FactUse]]

_finders: list[UseFinder] = []


def register_use_finder(finder: UseFinder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def uses_of(keys: Iterable[str]) -> list[FactUse]:
    asked = frozenset(keys)
    if not asked:
        return []
    return [use for finder in _finders for use in finder(asked)]
