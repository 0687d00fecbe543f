"""What a promise claims, and when it has become another promise.

**Guarantee.** A new version begins with every change of what a customer could hold us to, and with
nothing else: whoever signed for a promise has signed for the promise that is made.

**What counts.** The sentence that customers hear; and of each claim its comparison, target, unit,
what is measured, the kind of figure and the condition. 95 and 95.000 are one number, blanks say
nothing, and claims may stand in any order. A claim that is taken out and written anew is another
claim. Everything else on the page may be worded anew: why us, where it lands, what a customer will
now expect.

**Lower, raise, change.** Where nothing but the target moves, the claim is *lowered* if it becomes
easier to keep (a smaller "at least", a larger "at most") and *raised* if it becomes harder. Every
other change is a *change*: whether it is easier, nobody can count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum

AT_MOST = "at-most"


class Move(StrEnum):
    """What a new version does to a claim."""

    LOWERED = "lowered"
    RAISED = "raised"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What one claim says: "at least 95 % of refunds arrive within three working days"."""

    key: str
    comparator: str
    target: Decimal
    unit: str
    measure: str
    statistic: str
    condition: str = ""

    @property
    def plain(self) -> "ClaimTerms":
        """Without what says nothing."""
        return replace(
            self,
            unit=plain(self.unit),
            measure=plain(self.measure),
            condition=plain(self.condition),
        )

    @property
    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "target": f"{self.target.normalize():f}"}

    @classmethod
    def from_json(cls, told: Mapping[str, str]) -> "ClaimTerms":
        return cls(**{**told, "target": Decimal(told["target"])})  # type: ignore[arg-type]  # texts, but for the target


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """All that a customer could hold us to."""

    sentence: str
    claims: tuple[ClaimTerms, ...]


@dataclass(frozen=True, slots=True)
class TermsChange:
    """One claim before and after; `was` is missing where it is new, `now` where it went."""

    was: ClaimTerms | None
    now: ClaimTerms | None

    @property
    def move(self) -> Move:
        if self.was is None:
            return Move.NEW
        return Move.GONE if self.now is None else moved(self.was, self.now)


def is_the_same_promise(was: PromiseTerms, now: PromiseTerms) -> bool:
    return plain(was.sentence) == plain(now.sentence) and not claim_changes(was.claims, now.claims)


def claim_changes(was: Iterable[ClaimTerms], now: Iterable[ClaimTerms]) -> list[TermsChange]:
    """The claims that say something else, in the order of the newer, those that went last."""
    before = {claim.key: claim for claim in was}
    after = {claim.key: claim for claim in now}
    found = [TermsChange(before.get(key), claim) for key, claim in after.items()]
    gone = [TermsChange(claim, None) for key, claim in before.items() if key not in after]
    return [change for change in (*found, *gone) if not says_the_same(change)]


def says_the_same(change: TermsChange) -> bool:
    return bool(change.was and change.now and change.was.plain == change.now.plain)


def moved(was: ClaimTerms, now: ClaimTerms) -> Move:
    if was.plain != replace(now, target=was.target).plain or was.target == now.target:
        return Move.CHANGED
    is_easier = (now.target > was.target) == (was.comparator == AT_MOST)
    return Move.LOWERED if is_easier else Move.RAISED


def plain(text: str) -> str:
    return " ".join(text.split())
