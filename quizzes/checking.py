"""What a change of a brief does to a date, and what brings the date back.

**Guarantee.** A change never makes a date later. Checking the change gives back exactly the date
that memory alone would have given, whatever else happened meanwhile: more changes, in whatever
order, and changes that took each other back, leave no trace on it. Nobody is asked about words that
she proved as they stand now.

**Two dates.** Her *own* dates come from memory alone, as `quizzes.memory` tells. What *holds* is
the earlier of them and the last day of each change that she has still to check:
`min(own, until, until, …)`. Practice while a change waits moves the own dates by the usual rules,
and what holds stays cut short.

**Steps.** A change that reached a module is one step there, for all who had proved it:

1. A *lift*: whoever waits since a change that this one takes back has her own dates again, and is
   asked nothing. Whoever had meanwhile checked the words in between is asked as everybody else.
2. Otherwise, if it asks, it cuts what holds to its last day. She waits since the first change
   that she has not checked.
3. Passing the check, or the quiz, ends the waiting for all changes that were there when the sitting
   began. Those that came while it went on are steps after it.

**What is asked.** For each brief, the facts as they stood before the first change that she missed
are set beside what holds now. Only facts that the module asks for count, none that is new since
then, and none that says again what it said. Where nothing is left, the change is taken back.

**A check.** At most four questions, so that two minutes do: first those that put the old words
beside the new ones, at most two; then at most three of the module's own, must-knows first, and of
these one for each fact before a second for any. A check never feeds the memory.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from knowledge.changes import FactChange, FactText, fact_changes
from quizzes.memory import Dates

MOST_ASKED = 4
MOST_CONTRASTS = 2
MOST_OWN_QUESTIONS = 3
# What a wrong word about it costs a customer, the most first.
WEIGHT_OF_FACTS = ("safety", "price", "claim", "condition", "process")


@dataclass(frozen=True, slots=True)
class Step:
    """A change as one module meets it; `key` names it, `lifts` are keys of earlier ones."""

    key: int
    until: date
    asks: bool = True
    lifts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """A person's dates: her own, and how far the changes she missed since one cut them short."""

    own: Dates
    cap: date | None = None
    since: int | None = None

    @property
    def is_waiting(self) -> bool:
        return self.since is not None

    @property
    def dates(self) -> Dates:
        """What holds."""
        return self.own if self.cap is None else cut(self.own, self.cap)


@dataclass(frozen=True, slots=True)
class Missed:
    """A change that somebody has not checked: its brief's facts before it, and those it changed."""

    brief: int
    before: tuple[FactText, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that could be in a check; `facts` are the keys that it cites."""

    id: int
    facts: frozenset[str]
    is_contrast: bool = False
    must_know: bool = False
    by_heart: bool = True


def cut(dates: Dates, until: date) -> Dates:
    return Dates(min(dates.ready_until, until), min(dates.practice_from, until))


def after(held: Held, step: Step) -> Held:
    """How somebody stands after a change reached a module that she had proved."""
    if held.since in step.lifts:
        return Held(held.own)
    if not step.asks:
        return held
    cap = step.until if held.cap is None else min(held.cap, step.until)
    return Held(held.own, cap, step.key if held.since is None else held.since)


def after_all(own: Dates, steps: Iterable[Step]) -> Held:
    """Own dates that were proved or checked before these steps."""
    return reduce(after, steps, Held(own))


def practised(held: Held, own: Dates) -> Held:
    """Own dates that moved while a change may wait."""
    return replace(held, own=own)


def still_changed(
    missed: Sequence[Missed], now: Mapping[int, Iterable[FactText]]
) -> list[FactChange]:
    """What differs between the facts that somebody proved and what holds now, brief by brief.

    `missed` are all changes since the first that she has not checked, in their order; `now` are the
    facts of each brief.
    """
    first = {one.brief: one for one in reversed(missed)}
    found = []
    for brief, before in first.items():
        keys = frozenset[str]().union(*(one.keys for one in missed if one.brief == brief))
        changes = fact_changes(before.before, now.get(brief, ()))
        found += [change for change in changes if change.key in keys and not change.is_new]
    return found


def questions_of_check(
    askable: Sequence[Askable], changes: Sequence[FactChange], must_know: Collection[str] = ()
) -> tuple[int, ...]:
    """The ids to ask about these changes, in order; `must_know` are keys of facts.

    Of two contrasts about one fact, the later in `askable` is asked.
    """
    ranks = {
        change.key: rank for rank, change in enumerate(most_important_first(changes, must_know))
    }
    about = [question for question in askable if question.facts & ranks.keys()]
    contrasts = {_rank(one, ranks): one.id for one in about if one.is_contrast}
    asked = [contrasts[rank] for rank in sorted(contrasts)][:MOST_CONTRASTS]
    own = [question for question in about if not question.is_contrast]
    room = min(MOST_OWN_QUESTIONS, MOST_ASKED - len(asked))
    return (*asked, *_spread(own, ranks, room))


def most_important_first(
    changes: Iterable[FactChange], must_know: Collection[str] = ()
) -> list[FactChange]:
    """Must-knows, then by what a wrong word costs a customer; else as they come."""

    def weight(change: FactChange) -> tuple[bool, int]:
        return change.key not in must_know, WEIGHT_OF_FACTS.index(change.newest.kind)

    return sorted(changes, key=weight)


def _rank(question: Askable, ranks: Mapping[str, int]) -> int:
    return min(ranks[key] for key in question.facts & ranks.keys())


def _spread(own: Sequence[Askable], ranks: Mapping[str, int], room: int) -> list[int]:
    """Must-knows first; of the others one for each fact first, by heart before look-up."""
    left = list(own)
    chosen: list[Askable] = []
    while left and len(chosen) < room:
        covered = frozenset[str]().union(*(one.facts for one in chosen))

        def order(one: Askable, covered: frozenset[str] = covered) -> tuple[bool, bool, bool, int]:
            adds_nothing = not (one.facts & ranks.keys()) - covered
            return not one.must_know, adds_nothing, not one.by_heart, _rank(one, ranks)

        best = min(left, key=order)
        left.remove(best)
        chosen.append(best)
    return [one.id for one in chosen]
