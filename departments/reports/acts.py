"""What a head may do for her people: what she wishes, and who would get it or would not."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from operator import attrgetter


class Act(StrEnum):
    NUDGE = "nudge"
    WAIVE = "waive"
    EXTEND = "extend"
    ASSIGN = "assign"


class Why(StrEnum):
    """Why somebody gets nothing for a module, or isn't nudged."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    ELSEWHERE = "elsewhere"
    WAIVED = "waived"
    HAS_TIME = "has-time"
    READY = "ready"
    YOURSELF = "yourself"
    NUDGED = "nudged"
    NOT_COUNTED = "not-counted"
    NOTHING_TO_DO = "nothing-to-do"


@dataclass(frozen=True, slots=True)
class Line:
    """One person and one module; `before` is the day that held until now."""

    person_id: int
    name: str
    department_id: int
    module_id: int
    title: str
    before: date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who gets nothing, why, until when that holds, and for which modules."""

    name: str
    why: Why
    day: date | None = None
    because: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenTo:
    """One person in the preview, with all that she is given."""

    person_id: int
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    act: Act
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def people(self) -> list[GivenTo]:
        return [
            GivenTo(pk, lines[0].name, tuple(line.title for line in lines))
            for pk, group in groupby(self.lines, key=attrgetter("person_id"))
            if (lines := list(group))
        ]

    @property
    def seen(self) -> str:
        """A mark of who gets what: a confirmation says yes to this, and to nothing else."""
        told = [f"{line.person_id}-{line.module_id}-{line.before}" for line in self.lines]
        return sha256(" ".join([self.act, *sorted(told)]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a head wants: for whom, for which modules, until when. Without modules for all asked."""

    act: Act
    people: frozenset[int]
    modules: frozenset[int]
    by: int
    until: date | None = None
