"""What may be told of the answers to a month's question, so that they speak of groups only.

**Guarantee.** From everything that is told of a month, nobody can work out what any set of one to
four people answered: not by reading it, and not by adding and subtracting. Where words stand for
counts ("nearly everyone"), the counts behind them don't follow from the rest either. The same
answers are always told in the same way, to everybody, on a page, in a file and over the wire: two
different pictures of one month could be set against each other.

**Groups** are the departments directly below the organisation, each with all that is in it. Nobody
is in two of them. Whoever is in none, or in one that is too small, is among the *other teams*.

**Steps.**

1. A month with fewer than `MINIMUM_GROUP` answers isn't told at all.
2. Departments are named as far as `departments.suppression` allows: five answers or more, and none
   that gives a smaller one away. All others are other teams together.
3. In a group under `SMALL` where everybody, or all but one, answers alike, words stand for the
   counts. (Were they kept for nine of ten, as is the rule, they could only ever mean all, as there
   are no nine tenths of nine.)
4. Counts behind words would follow from the total by subtraction. So where there are such words,
   the counts of the other teams aren't told, and the other teams must hold at least one answer of
   each kind: then any of the three ways to read the words can be made good by somebody in another
   team. As long as that isn't so, or the other teams would be told in words themselves, the
   smallest department that is told in numbers joins them. Where that doesn't help, only the total
   is told; so it is where the month as a whole is told in words.

Step 4 looks at answers, so a reader who knows it learns a little from who is missing: that some
count is small, never whose. What nobody is protected from: in a group of five in which two said no,
each of the two knows that there is one other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from departments.suppression import MINIMUM_GROUP, shown

# Groups under this size are told of in words where they answer alike.
SMALL = 10
OTHER_TEAMS = ""
# Stands above all departments; no key of theirs begins so.
WHOLE = "*"


class Answer(StrEnum):
    """Would you stake your name on this promise today?"""

    YES = "yes"
    NOT_YET = "not-yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Said:
    """How many gave each answer."""

    yes: int = 0
    not_yet: int = 0
    no: int = 0

    def __add__(self, other: "Said") -> "Said":
        return Said(self.yes + other.yes, self.not_yet + other.not_yet, self.no + other.no)

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.yes, self.not_yet, self.no

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def is_alike(self) -> bool:
        """Whether a small group answers alike, but for one person at most."""
        return 0 < self.n < SMALL and max(self.counts) >= self.n - 1

    @property
    def has_every_answer(self) -> bool:
        return min(self.counts) > 0

    @property
    def most(self) -> Answer:
        return max(zip(self.counts, Answer, strict=True), key=lambda counted: counted[0])[1]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one group: its size, and its counts, or words, or neither.

    `key` is a department's, or `OTHER_TEAMS`; `nearly_all` is the answer that nearly everyone gave.
    """

    key: str
    n: int
    said: Said | None = None
    nearly_all: Answer | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is told of a month; without a total, nothing is."""

    total: Told | None = None
    groups: tuple[Told, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        return frozenset(group.key for group in self.groups) - {OTHER_TEAMS}


def picture(answers: Mapping[str, Said]) -> Picture:
    """`answers` by department, those of the other teams under `OTHER_TEAMS`."""
    everybody = sum_of(answers.values())
    if everybody.n < MINIMUM_GROUP:
        return Picture()
    return Picture(_told(OTHER_TEAMS, everybody), _groups(answers, everybody.n))


def sum_of(parts: Iterable[Said]) -> Said:
    return sum(parts, Said())


def _groups(answers: Mapping[str, Said], everybody: int) -> tuple[Told, ...]:
    named = _nameable(answers, everybody)
    alike = {key for key in named if answers[key].is_alike}
    exact = sorted(named - alike, key=lambda key: (answers[key].n, key))
    others = sum_of(said for key, said in answers.items() if key not in named)
    while not _keeps_secrets(others, words=bool(alike)):
        if not exact:
            return ()
        others += answers[exact.pop(0)]
    told = [_told(key, answers[key]) for key in sorted([*exact, *alike])]
    last = Told(OTHER_TEAMS, others.n) if alike else _told(OTHER_TEAMS, others)
    return (*told, last) if told and others.n else tuple(told)


def _nameable(answers: Mapping[str, Said], everybody: int) -> frozenset[str]:
    """The other teams are the rest of a whole that is shown, not a group that could be hidden."""
    sizes = {key: said.n for key, said in answers.items() if key != OTHER_TEAMS}
    parents = dict.fromkeys(sizes, WHOLE)
    return shown({WHOLE: everybody, **sizes}, parents=parents, total_is_shown=False) - {WHOLE}


def _keeps_secrets(others: Said, *, words: bool) -> bool:
    if words:
        return others.n >= MINIMUM_GROUP and others.has_every_answer
    return not others.is_alike


def _told(key: str, said: Said) -> Told:
    if said.is_alike:
        return Told(key, said.n, nearly_all=said.most)
    return Told(key, said.n, said)


def rounded_mean(estimates: Sequence[int]) -> int | None:
    """Of ten customers, in whole ones; nothing where fewer than five people say."""
    if len(estimates) < MINIMUM_GROUP:
        return None
    return round(sum(estimates) / len(estimates))
