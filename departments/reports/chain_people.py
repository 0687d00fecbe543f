"""The people along a chain, and how they will stand for a brief on any day from today on.

The same rows and rules as a team's forecast, told for the people of several departments at once.
Whoever works in two departments of a chain, or in one below another, is one person in its totals.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from departments.forecast import Prospect, is_asked, state_ahead
from departments.readiness import ChangeEvent, Need, Period, State
from departments.reports.prospects import Span
from departments.reports.rows import proof_of
from departments.reports.workforce import Workforce

# What one person is to show: a prospect for each module of the brief that is needed of her.
type Prospects = tuple[tuple[int, Prospect], ...]
type ChangesOf = Mapping[int, Sequence[ChangeEvent]]


@dataclass(frozen=True, slots=True)
class Stand:
    """Who is needed and who of them is ready; of the others, who is asked by that day."""

    needed: frozenset[int] = frozenset()
    ready: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()

    @property
    def not_ready(self) -> frozenset[int]:
        return self.needed - self.ready

    def unready(self) -> "Stand":
        """For a version that isn't out: nobody can be ready for it, and nobody is asked yet."""
        return Stand(self.needed)


def joined(stands: Iterable[Stand]) -> Stand:
    """Of several departments: each person once, ready where she is ready wherever she is needed."""
    stands = list(stands)
    needed = frozenset[int]().union(*(stand.needed for stand in stands))
    not_ready = frozenset[int]().union(*(stand.not_ready for stand in stands))
    unasked = frozenset[int]().union(*(stand.not_ready - stand.asked for stand in stands))
    return Stand(needed, needed - not_ready, not_ready - unasked)


@dataclass(slots=True)
class Group:
    """The people of a department and all below it, those who stand alike together."""

    alike: dict[Prospects, list[int]] = field(default_factory=lambda: defaultdict(list))

    def on(self, day: date, changes: ChangesOf, *, today: date) -> Stand:
        needed, ready, asked = set[int](), set[int](), set[int]()
        for prospects, people in self.alike.items():
            stand = _stand(prospects, day, changes, today)
            if stand is not None:
                needed.update(people)
                (ready if stand.is_ready else asked if stand.is_asked else set()).update(people)
        return Stand(frozenset(needed), frozenset(ready), frozenset(asked))


@dataclass(frozen=True, slots=True)
class _One:
    is_ready: bool
    is_asked: bool


def group_of(workforce: Workforce, path: str, modules: Collection[int], days: Period) -> Group:
    """Who counts at this place in the tree, or below it, for any of the modules."""
    found = defaultdict[int, list[tuple[int, Prospect]]](list)
    here = workforce.below(path)
    for person, module, needs in Span(here, path, days, modules).needs():
        found[person].append((module, _prospect(workforce, person, module, needs)))
    group = Group()
    for person, prospects in found.items():
        group.alike[tuple(prospects)].append(person)
    return group


def _prospect(workforce: Workforce, person: int, module: int, needs: tuple[Need, ...]) -> Prospect:
    return Prospect(needs, proof_of(workforce.proved.get(person, {}).get(module)))


def _stand(prospects: Prospects, day: date, changes: ChangesOf, today: date) -> _One | None:
    """Of one person: ready for the brief is who is ready for all of it that is needed of her."""
    found = [
        (state.state, prospect, changes.get(module, ()))
        for module, prospect in prospects
        if (state := state_ahead(day, prospect, changes.get(module, ()))) is not None
        and state.state.is_counted
    ]
    if not found:
        return None
    waiting = [each for each in found if not is_current(each[0])]
    return _One(
        is_ready=not waiting,
        is_asked=all(
            state is State.PREVIOUS_VERSION or is_asked(day, prospect.proof, ahead, today)
            for state, prospect, ahead in waiting
        ),
    )


def is_current(state: State) -> bool:
    """Ready, and for the version that holds: a grace isn't readiness for the new promise."""
    return state.is_ready and state is not State.PREVIOUS_VERSION
