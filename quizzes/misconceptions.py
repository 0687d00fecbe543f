"""What people are sure of, and isn't so: "Eight of 30 are sure that it takes three days."

**Guarantee.** Nobody is counted twice, however many questions and sittings she had: each person
stands in one group of one fact, and what she believed before she was asked again counts no more. No
person leaves this module, only numbers. A text that somebody typed herself is told only where
`MINIMUM_ALIKE` people wrote the same, as her own words could name her.

**Steps.**

1. Of several answers that a person gave to one question on a day, the first counts: the others
   follow its feedback.
2. For each fact, what she believes is what she answered on the *last day* on which she was asked
   about it, whichever of its questions came up. A later right answer therefore takes her out, but
   not one in the same sitting: who answers one wording right and is sure of the wrong one in the
   other has not understood it.
3. She is sure and wrong about each wrong option that she chose as *sure* that day, and about what
   she typed. Guessing, being fairly sure, and leaving a right option out count for nothing here.
4. `n` is everybody who was asked about the fact, right or wrong. It does not depend on the
   wording that came up: whoever was right in another wording is not sure of this mistake.
5. Her group is the one named by her newest answer about the fact, so that the groups add up.

What few people said is here too: whoever shows it hides small groups first
(`departments.suppression`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

MINIMUM_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One person's answer to a question that cites a fact; a question of two facts makes two.

    `day` is the organisation's. `wrong` are the keys of the wrong options that she chose, or, with
    `in_own_words`, what she typed; it is empty where she was right.
    """

    fact: str
    question: int
    person: int
    group: str
    day: date
    at: datetime
    sure: bool
    wrong: tuple[str, ...] = ()
    in_own_words: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """A wrong answer to one question: the key of the option, or the typed text."""

    fact: str
    question: int
    said: str
    in_own_words: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Of `n` people of a group who were asked, so many are sure of it."""

    key: str
    sure: int
    n: int


@dataclass(frozen=True, slots=True)
class Misconception:
    """`groups` are all in which somebody was asked, by key; together they are `n`."""

    belief: Belief
    sure: int
    n: int
    groups: tuple[Group, ...]


def misconceptions(answers: Iterable[Asked]) -> list[Misconception]:
    """All beliefs that somebody is sure of, those of most people first."""
    believers: dict[Belief, set[int]] = defaultdict(set)
    homes: dict[str, dict[int, str]] = defaultdict(dict)
    for answer in _newest(answers):
        homes[answer.fact][answer.person] = answer.group
        for belief in _beliefs(answer):
            believers[belief].add(answer.person)
    sizes = {fact: Counter(groups.values()) for fact, groups in homes.items()}
    found = [
        _misconception(belief, people, homes[belief.fact], sizes[belief.fact])
        for belief, people in believers.items()
        if not belief.in_own_words or len(people) >= MINIMUM_ALIKE
    ]
    return sorted(found, key=_most_people_first)


def _newest(answers: Iterable[Asked]) -> list[Asked]:
    """Each day's first answers to each question, of each person's last day with a fact."""
    last_day: dict[tuple[str, int], date] = {}
    first: dict[tuple[str, int, int, date], Asked] = {}
    for answer in sorted(answers, key=lambda answer: answer.at):
        last_day[answer.fact, answer.person] = answer.day
        first.setdefault((answer.fact, answer.person, answer.question, answer.day), answer)
    return [
        answer for answer in first.values() if answer.day == last_day[answer.fact, answer.person]
    ]


def _beliefs(answer: Asked) -> list[Belief]:
    if not answer.sure:
        return []
    return [
        Belief(answer.fact, answer.question, said, answer.in_own_words) for said in answer.wrong
    ]


def _misconception(
    belief: Belief, people: Collection[int], homes: Mapping[int, str], sizes: Mapping[str, int]
) -> Misconception:
    sure = Counter(homes[person] for person in people)
    groups = tuple(Group(key, sure[key], sizes[key]) for key in sorted(sizes))
    return Misconception(belief, sure=len(people), n=len(homes), groups=groups)


def _most_people_first(found: Misconception) -> tuple[int, float, str, int, str]:
    belief = found.belief
    return -found.sure, -found.sure / found.n, belief.fact, belief.question, belief.said
