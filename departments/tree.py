"""The tree of departments: how it stood on a past day, and what may not be done to it.

**Guarantee.** The tree of a day is a tree: whatever the rows say, nobody is her own superior, no
walk goes on for ever, and no department that was open is lost.

**Steps.** Today's parents are known, and so is each move. Undoing the moves made after the day,
the last one first, gives the parents of that day. A department whose last day had passed by then
is left out; what stood below it, if anything, hangs on the nearest one above it. Days are those
of the organisation, and a move counts from its own day on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

type Parents = Mapping[int, int | None]


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it and fills it in."""
    return message


INTO_ITSELF = gettext_noop("%(department)s can’t be put under itself.")
INTO_ITS_OWN_PART = gettext_noop(
    "%(other)s is a part of %(department)s, so %(department)s can’t go under it."
)
SECOND_ROOT = gettext_noop(
    "%(department)s would stand beside %(other)s at the top. One organisation has one top."
)
CYCLE = gettext_noop("%(department)s stands above itself.")
ORPHAN = gettext_noop("What stood above %(department)s is gone.")
TWO_ROOTS = gettext_noop("%(department)s stands at the top, beside %(other)s.")


@dataclass(frozen=True, slots=True)
class Move:
    """`moved_on` is the first day in the new place; `before` is nothing at the top of the tree."""

    department: int
    before: int | None
    after: int | None
    moved_on: date


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a tree isn't one, or wouldn't be: a sentence, and the departments that it names."""

    sentence: str
    department: int
    other: int | None = None


def parents_on(
    day: date, parents: Parents, moves: Iterable[Move], last_days: Mapping[int, date]
) -> dict[int, int | None]:
    """Who stood under whom on that day. `moves` in the order in which they were made.

    `last_days` are those of departments that have been closed.
    """
    stood = dict(parents)
    for move in reversed(list(moves)):
        if move.moved_on > day and _can_undo(move, stood):
            stood[move.department] = move.before
    open_ones = {pk for pk in stood if pk not in last_days or last_days[pk] >= day}
    return {
        pk: next((above for above in ancestors(pk, stood) if above in open_ones), None)
        for pk in stood
        if pk in open_ones
    }


def _can_undo(move: Move, parents: Parents) -> bool:
    """Not where rows contradict each other: the department then stays where it is."""
    return move.department in parents and (
        move.before is None
        or (
            move.before in parents
            and move.department not in (move.before, *ancestors(move.before, parents))
        )
    )


def ancestors(department: int, parents: Parents) -> Iterator[int]:
    """Those above it, the nearest first; of a circle each once."""
    seen = {department}
    above = parents.get(department)
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = parents.get(above)


def children_of(parents: Parents) -> dict[int | None, list[int]]:
    """What stands directly under each, in the order given; under nothing are the tops."""
    children: dict[int | None, list[int]] = {}
    for department, parent in parents.items():
        children.setdefault(parent, []).append(department)
    return children


def objection_to_placing(department: int, target: int | None, parents: Parents) -> Objection | None:
    """Why `department` may not go under `target`; nothing where it may."""
    if target is None:
        tops = (pk for pk, parent in parents.items() if parent is None and pk != department)
        other = next(tops, None)
        return None if other is None else Objection(SECOND_ROOT, department, other)
    if target == department:
        return Objection(INTO_ITSELF, department)
    if department in ancestors(target, parents):
        return Objection(INTO_ITS_OWN_PART, department, target)
    return None


def objections(parents: Parents) -> list[Objection]:
    """Every circle (told of each that is in it), orphan and top beside the first."""
    circles = [Objection(CYCLE, pk) for pk in parents if _is_above_itself(pk, parents)]
    orphans = [
        Objection(ORPHAN, pk)
        for pk, parent in parents.items()
        if parent is not None and parent not in parents
    ]
    tops = [pk for pk, parent in parents.items() if parent is None]
    others = [Objection(TWO_ROOTS, pk, tops[0]) for pk in tops[1:]]
    return [*circles, *orphans, *others]


def _is_above_itself(department: int, parents: Parents) -> bool:
    *_, last = (department, *ancestors(department, parents))
    return parents.get(last) == department
