"""What would make a team 90 % ready: the fewest pairs of a person and a module.

**Guarantee.** Once these people are ready for these modules, enough of the team is, in each module;
without any one of the pairs one module would still be short. No smaller set would do.

**Enough** is the share of those who are needed, rounded down to whole people, in favour of the
team, but at least one: 90 % of 13 are 11. A module in which enough are ready asks for nobody. Who
isn't counted is neither needed nor asked.

**Who.** Of all sets that are equally small, the one with the least to do: a change to check before
a date that has gone by, this before a module begun, and this before one that isn't; of people in
the same state the first in the alphabet.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from math import floor

from departments.readiness import State, tally_from

ENOUGH = Fraction(9, 10)
# What is left to do, the least first.
EFFORT = (State.CHECK_THE_CHANGE, State.LAPSED, State.STARTED, State.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Shortfall[Module, Person]:
    """One module, how many of the needed are ready, how many would be enough, and who would do."""

    module: Module
    ready: int
    needed: int
    enough: int
    people: tuple[Person, ...]


def enough_of(needed: int, share: Fraction = ENOUGH) -> int:
    return max(1, floor(share * needed)) if needed else 0


def shortfalls[Module, Person](
    states: Mapping[Module, Sequence[tuple[Person, State]]], share: Fraction = ENOUGH
) -> list[Shortfall[Module, Person]]:
    """The modules in which too few are ready, in their order; people come in alphabetical order."""
    found = [_shortfall(module, people, share) for module, people in states.items()]
    return [one for one in found if one.people]


def _shortfall[Module, Person](
    module: Module, states: Sequence[tuple[Person, State]], share: Fraction
) -> Shortfall[Module, Person]:
    found = defaultdict[State, list[Person]](list)
    for person, state in states:
        found[state].append(person)
    figures = tally_from({state: len(people) for state, people in found.items()})
    enough = enough_of(figures.needed, share)
    nearest = chain.from_iterable(found[state] for state in EFFORT)
    people = tuple(islice(nearest, max(0, enough - figures.ready)))
    return Shortfall(module, figures.ready, figures.needed, enough, people)
