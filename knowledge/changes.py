"""What a new version of a brief changes, how much that matters, and who must vouch for it.

**Guarantee.** Nobody is asked to learn a typo, and no price, condition, claim or safety rule
changes its meaning on one person's word alone.

**What counts as changed.** A fact is what its statement, its limits and its kind say; its title and
its proof may be reworded freely. Facts are compared by key, never by place. A fact that is new was
proved by nobody, so it asks nothing of those who proved the rest.

**How much it matters.** The author chooses; the default is *Material* where a guarded fact changed
or went (a claim, a price, a condition, a safety rule, or any fact that a must-know question tests),
else *Wording*.

========  ==================================================================================
Wording   the meaning is the same: nobody is asked anything
Material  who proved it checks the change within the grace, and has her old date back
Rewrite   the same, by taking the quiz again
Now       as Material without any grace: safety, law, a wrong price
========  ==================================================================================

**Who vouches.** Whatever people will be asked to check needs a second person. So does *Wording*
where a guarded fact changed: she says that the meaning is the same. A fingerprint of the change
(each fact was, and is now) binds that word to the very text that she read.

**Several changes in a row.** Who missed one and meets the next is asked about the difference
between what she proved and what holds now. Where these are the same, there is nothing to check.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    WORDING = "wording"
    MATERIAL = "material"
    REWRITE = "rewrite"
    NOW = "now"

    @property
    def asks_people(self) -> bool:
        return self is not ChangeKind.WORDING


# The kinds of fact that customers hold us to.
GUARDED_FACTS = frozenset({"claim", "price", "condition", "safety"})


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact as one version of its brief tells it."""

    key: str
    title: str
    kind: str
    statement: str
    limits: str = ""
    proof: str = ""

    @property
    def meaning(self) -> tuple[str, str, str]:
        return (self.kind, _plain(self.statement), _plain(self.limits))


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact before and after; `was` is missing where it is new, `now` where it went."""

    was: FactText | None
    now: FactText | None

    @property
    def newest(self) -> FactText:
        fact = self.now or self.was
        if fact is None:
            message = "A change is of something: a fact before, after, or both."
            raise ValueError(message)
        return fact

    @property
    def key(self) -> str:
        return self.newest.key

    @property
    def title(self) -> str:
        return self.newest.title

    @property
    def is_new(self) -> bool:
        return self.was is None

    @property
    def is_gone(self) -> bool:
        return self.now is None


def fact_changes(was: Iterable[FactText], now: Iterable[FactText]) -> list[FactChange]:
    """The facts whose meaning differs, in the order of the newer version, those that went last."""
    before = {fact.key: fact for fact in was}
    after = {fact.key: fact for fact in now}
    found = [FactChange(before.get(key), fact) for key, fact in after.items()]
    gone = [FactChange(fact, None) for key, fact in before.items() if key not in after]
    return [change for change in (*found, *gone) if not _means_the_same(change)]


def guarded(changes: Iterable[FactChange], must_know: Collection[str] = ()) -> list[FactChange]:
    """Those that touch what customers hold us to; `must_know` are keys of facts."""
    return [change for change in changes if not change.is_new and _is_guarded(change, must_know)]


def default_kind(changes: Iterable[FactChange], must_know: Collection[str] = ()) -> ChangeKind:
    return ChangeKind.MATERIAL if guarded(changes, must_know) else ChangeKind.WORDING


def needs_second_person(
    kind: ChangeKind, changes: Iterable[FactChange], must_know: Collection[str] = ()
) -> bool:
    return kind.asks_people or bool(guarded(changes, must_know))


def fingerprint(changes: Iterable[FactChange], since: int) -> str:
    """The same for the same words before and after, since that version; 64 hexadecimal digits."""
    told: list[object] = [since]
    told += [
        [change.key, *(fact and fact.meaning for fact in (change.was, change.now))]
        for change in sorted(changes, key=lambda change: change.key)
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def as_json(facts: Iterable[FactText]) -> list[dict[str, str]]:
    return [asdict(fact) for fact in facts]


def from_json(told: Iterable[Mapping[str, str]]) -> list[FactText]:
    return [FactText(**fact) for fact in told]


def _plain(text: str) -> str:
    """Line ends and blanks say nothing; letters and digits do."""
    return " ".join(text.split())


def _means_the_same(change: FactChange) -> bool:
    return bool(change.was and change.now and change.was.meaning == change.now.meaning)


def _is_guarded(change: FactChange, must_know: Collection[str]) -> bool:
    kinds = {fact.kind for fact in (change.was, change.now) if fact}
    return bool(kinds & GUARDED_FACTS) or change.key in must_know
