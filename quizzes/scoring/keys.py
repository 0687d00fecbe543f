"""What is right, by kind of question."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ChooseKey:
    """The response is a list of option ids. `wrong` are the other options that were offered."""

    right: frozenset[int]
    wrong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The response is a text. Its unit is shown beside the box, so it is not judged."""

    value: Decimal
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TextKey:
    """The response is a text."""

    accepted: tuple[str, ...]
    slips: int = 0


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The response is a list of all ids."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MatchKey:
    """The response maps the id of each premise, as a number or as its text, to a chosen id.

    `pairs` maps a premise to every id that is right for it: two matches may read the same.
    """

    pairs: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: typed, where it has accepted wordings; chosen, where it has right ids."""

    accepted: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    slips: int = 0


@dataclass(frozen=True, slots=True)
class GapsKey:
    """The response maps the number of each gap, as a number or as its text, to a text or an id."""

    gaps: Mapping[int, Gap]


@dataclass(frozen=True, slots=True)
class SayKey:
    """The response is true where the person found her words as good as the model."""


type AnswerKey = ChooseKey | NumberKey | TextKey | OrderKey | MatchKey | GapsKey | SayKey
