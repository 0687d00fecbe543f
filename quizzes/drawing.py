"""Which questions a graded attempt asks.

**Guarantee.** Every must-know question of the pool is asked, so that a pass vouches for all of
them; the only ones left out were answered right today. No question is graded twice on one day.
Where questions by heart are left, at least one is asked, as a date rests on those alone. Beyond the
must-knows, a fact comes up again only once every other fact that is left has come up.

Where a module says that its quiz opens again at once, every must-know is asked each time, and any
other question a second time on one day only where none is left that was not answered, or as the
only one by heart.

**Steps.**

1. A must-know question missed today closes the quiz until tomorrow.
2. Questions answered today are left out. If fewer than `size` remain, the quiz is closed until
   tomorrow. A pool that is smaller than `size` from the start is asked whole.
3. Where a module says that its quiz opens again at once, 1 and 2 don't hold: nothing closes it, and
   the whole pool is left. A day's rest is worth more to memory, but some rules have to be shown
   the same day; and as only the first answer of a day moves a date, nobody gains by haste.
4. All must-know questions are drawn, even if there are more of them than `size`.
5. The rest is filled one by one, each time at random among the best that are left: first a question
   by heart while none is drawn, then one that was not answered today, then one that cites a fact
   not yet covered, then one that "Try first" has not shown today, then the one that this person
   was asked least often, so that the wordings of a fact take turns.
6. The drawn questions are put in random order.

Chance comes from the given `rng` only: the same pool and seed give the same draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


class OpensTomorrow(Exception):
    """No graded attempt is possible today any more."""


class PoolTooSmall(OpensTomorrow):
    """Too few questions are left that were not answered today."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live question of the module; `facts` are the keys of the facts it cites.

    `seen_today`: "Try first" has asked it today, and so shown its key. `times_asked` counts the
    person's sittings that had it.
    """

    id: int
    facts: frozenset[str] = frozenset()
    must_know: bool = False
    by_heart: bool = True
    seen_today: bool = False
    times_asked: int = 0


def draw(
    pool: Sequence[Candidate],
    *,
    size: int,
    rng: Random,
    answered_today: frozenset[int] = frozenset(),
    missed_must_know_today: bool = False,
    opens_at_once: bool = False,
) -> tuple[int, ...]:
    """The ids to ask, in order; none for an empty pool.

    Raises `OpensTomorrow` after a missed must-know, and `PoolTooSmall` where too few are left;
    neither where the quiz opens again at once.
    """
    if opens_at_once:
        left = list(pool)
    elif missed_must_know_today:
        raise OpensTomorrow
    else:
        left = [candidate for candidate in pool if candidate.id not in answered_today]
    if len(left) < min(size, len(pool)):
        raise PoolTooSmall
    drawn = _fill(left, size, answered_today, rng)
    rng.shuffle(drawn)
    return tuple(candidate.id for candidate in drawn)


def _fill(
    left: list[Candidate], size: int, answered_today: frozenset[int], rng: Random
) -> list[Candidate]:
    drawn = [candidate for candidate in left if candidate.must_know]
    others = [candidate for candidate in left if not candidate.must_know]
    rng.shuffle(others)
    while others and len(drawn) < size:
        best = _best(others, drawn, answered_today)
        others.remove(best)
        drawn.append(best)
    return drawn


def _best(
    others: list[Candidate], drawn: list[Candidate], answered_today: frozenset[int]
) -> Candidate:
    """The first of the shuffled others that adds the most to what is drawn."""
    covered = frozenset[str]().union(*(candidate.facts for candidate in drawn))
    has_by_heart = any(candidate.by_heart for candidate in drawn)

    def gain(candidate: Candidate) -> tuple[int, ...]:
        return (
            candidate.by_heart and not has_by_heart,
            candidate.id not in answered_today,
            bool(candidate.facts - covered),
            not candidate.seen_today,
            -candidate.times_asked,
        )

    return max(others, key=gain)
