"""How a mark came about, in figures: nothing in it gives the key away."""

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction


class Rule(Enum):
    ALL_OR_NOTHING = auto()
    RIGHT_MINUS_WRONG = auto()
    PAIRS = auto()
    GAPS = auto()
    NEIGHBOURS = auto()
    WITHIN = auto()
    SPELLING = auto()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`right` of the `of` parts are right; `wrong` were chosen or filled in and aren't.

    `slips` counts the typing slips that were forgiven in what is right. `WITHIN` and `SPELLING`
    say that leniency was asked for: an exact answer needs none, and is `ALL_OR_NOTHING`.
    """

    mark: float
    right: int
    of: int
    wrong: int = 0
    rule: Rule = Rule.ALL_OR_NOTHING
    slips: int = 0


def all_or_nothing(
    *, is_right: bool, was_tried: bool = True, rule: Rule = Rule.ALL_OR_NOTHING
) -> Explanation:
    return Explanation(float(is_right), int(is_right), 1, int(was_tried and not is_right), rule)


def shared(right: int, of: int, wrong: int, rule: Rule, slips: int = 0) -> Explanation:
    """Each part counts the same. A single part is all or nothing."""
    # A fraction, because floats that are added up part by part might miss 1 by a hair.
    mark = float(Fraction(right, of)) if of else 0.0
    return Explanation(mark, right, of, wrong, rule if of > 1 else Rule.ALL_OR_NOTHING, slips)
