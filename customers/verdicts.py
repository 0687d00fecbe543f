"""Whether customers get what was claimed: the verdict on evidence.

**Guarantee.** A verdict follows from what was counted and from the claim, and from nothing else:
whoever has both finds the same verdict with a pocket calculator. It says only what the numbers can
bear: a claim is called kept, or missed, only where luck alone would make it look so about one time
in twenty; where almost all is claimed and few were counted, one time in seven at the worst. Too
little evidence is an answer of its own, and never an accusation.

**What is judged.** The calendar month of the newest evidence and the two months before it, put
together. What was counted over several months belongs to the month in which it began. No clock is
read, so a verdict changes only when evidence comes in. From the 46th day after the last day that
the evidence speaks for, it is *stale*: the verdict stays, and it is told how old it is.

**How it is judged.**

1. Nothing was counted: *Unproven*.
2. Fewer than 30 were counted: *Too few to say*.
3. Else the true figure lies, 90 times of 100, somewhere between a low and a high end. That stretch
   is set against what is claimed. All of it as good as that, or better: *Kept*. All of it worse:
   *Falling short*. Some of it good and some of it worse: *Too close to call*, together with about
   how many would settle it, should things go on as they are.
4. *Falling short* by less than two points (of a mean: by less than 2 % of what is claimed) is *just
   short*. That is kinder, and still short.

"At least" wants a high figure and "at most" a low one, so better is higher or lower. "At least
95 % arrive in time" and "at most 5 % arrive late" get the same verdict from the same people. A
promise of several claims is only as good as the worst of them.

**Units.** Shares, and claims about them, are in per cent, from 0 to 100. Means are in the unit of
their claim; months' deviations are put together as if all had been measured at once. A mean that
comes without its deviation doesn't tell how sure it is, and is left out. The formulas of the low
and the high end, and where they come from, stand in `customers.intervals`.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from math import sqrt

from customers.intervals import ALL, mean_settled_at, of_mean, of_share, share_settled_at

FEWEST = 30
MONTHS_JUDGED = 3
STALE_AFTER = timedelta(days=45)
# Less than this is just short: points of a share, per cent of what is claimed of a mean.
JUST = 2


class Verdict(StrEnum):
    KEPT = "kept"
    FALLING_SHORT = "falling-short"
    TOO_CLOSE = "too-close"
    TOO_FEW = "too-few"
    UNPROVEN = "unproven"


WORST_FIRST = (
    Verdict.FALLING_SHORT,
    Verdict.UNPROVEN,
    Verdict.TOO_FEW,
    Verdict.TOO_CLOSE,
    Verdict.KEPT,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a claim says: at least, or at most, `target`; of a share, or of a mean."""

    target: float
    is_at_least: bool = True
    is_share: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: `k` of `n`; or the mean of `n` and how far apart they lie."""

    n: int
    k: int | None = None
    mean: float | None = None
    deviation: float | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted from one day to another; of a month, all of its parts."""

    starts_on: date
    ends_on: date
    tallies: tuple[Tally, ...]

    @property
    def month(self) -> date:
        return self.starts_on.replace(day=1)

    @property
    def is_part(self) -> bool:
        """Whether the month goes on after the last day that was counted."""
        last_day = monthrange(self.starts_on.year, self.starts_on.month)[1]
        return self.ends_on < self.starts_on.replace(day=last_day)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and all that it rests on.

    `delivered`, `low` and `high` are in the claim's unit. `gap` is what was delivered less what is
    claimed, and `is_worse` tells whether that is bad. `settles_at` is about how many would settle
    what is too close to call: none where exactly what is claimed was delivered.
    """

    verdict: Verdict
    claimed: float
    n: int = 0
    k: int | None = None
    delivered: float | None = None
    low: float | None = None
    high: float | None = None
    is_just_short: bool = False
    settles_at: int | None = None
    gap: float | None = None
    gap_per_cent: float | None = None
    is_worse: bool = False


def by_month(counted: Iterable[Counted]) -> tuple[Counted, ...]:
    """One for each calendar month in which something began to be counted, the oldest first."""
    ordered = sorted(counted, key=lambda each: each.starts_on)
    months = groupby(ordered, key=lambda each: each.month)
    return tuple(_one_month(list(parts)) for _month, parts in months)


def _one_month(parts: Sequence[Counted]) -> Counted:
    return Counted(
        starts_on=parts[0].starts_on,
        ends_on=max(part.ends_on for part in parts),
        tallies=tuple(tally for part in parts for tally in part.tallies),
    )


def months_judged(months: Sequence[Counted]) -> tuple[Counted, ...]:
    """The newest calendar month and the two before it, as far as they are known."""
    newest = _number_of(months[-1]) if months else 0
    return tuple(each for each in months if newest - _number_of(each) < MONTHS_JUDGED)


def _number_of(each: Counted) -> int:
    return each.month.year * 12 + each.month.month


def is_stale(last_on: date | None, *, on: date) -> bool:
    """Whether the newest evidence is too old on a day; without any, there is nothing to be old."""
    return last_on is not None and on - last_on > STALE_AFTER


def judge(terms: Terms, tallies: Iterable[Tally]) -> Judgement:
    found = together(terms, tallies)
    if found is None:
        return Judgement(Verdict.UNPROVEN, claimed=terms.target)
    delivered = _delivered(found)
    low, high = _interval(found)
    verdict = _verdict(terms, found.n, low, high)
    gap = delivered - terms.target
    return Judgement(
        verdict=verdict,
        claimed=terms.target,
        n=found.n,
        k=found.k,
        delivered=delivered,
        low=low,
        high=high,
        is_just_short=verdict is Verdict.FALLING_SHORT and _is_just(terms, gap),
        settles_at=_settles_at(terms, found) if verdict is Verdict.TOO_CLOSE else None,
        gap=gap,
        gap_per_cent=ALL * gap / terms.target if terms.target else None,
        is_worse=gap < 0 if terms.is_at_least else gap > 0,
    )


def worst(verdicts: Collection[Verdict]) -> Verdict:
    """Of nothing: unproven."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.UNPROVEN)


def _verdict(terms: Terms, n: int, low: float, high: float) -> Verdict:
    if n < FEWEST:
        return Verdict.TOO_FEW
    if terms.is_at_least:
        is_all_good, is_all_bad = low >= terms.target, high < terms.target
    else:
        is_all_good, is_all_bad = high <= terms.target, low > terms.target
    if is_all_good:
        return Verdict.KEPT
    return Verdict.FALLING_SHORT if is_all_bad else Verdict.TOO_CLOSE


def _is_just(terms: Terms, gap: float) -> bool:
    most = JUST if terms.is_share else JUST / ALL * terms.target
    # A gap of two points must not come out smaller by the way in which computers write numbers.
    return round(abs(gap), 9) < round(most, 9)


def together(terms: Terms, tallies: Iterable[Tally]) -> Tally | None:
    """As if all had been counted at once; none where nothing was counted that fits the claim."""
    found = [tally for tally in tallies if tally.n and _fits(terms, tally)]
    if not found:
        return None
    return _one_share(found) if terms.is_share else _one_mean(found)


def _fits(terms: Terms, tally: Tally) -> bool:
    if terms.is_share:
        return tally.k is not None
    return tally.mean is not None and tally.deviation is not None


def _one_share(found: Sequence[Tally]) -> Tally:
    return Tally(n=sum(tally.n for tally in found), k=sum(tally.k or 0 for tally in found))


def _one_mean(found: Sequence[Tally]) -> Tally:
    n = sum(tally.n for tally in found)
    mean = sum(tally.n * (tally.mean or 0) for tally in found) / n
    inside = sum((tally.n - 1) * (tally.deviation or 0) ** 2 for tally in found)
    between = sum(tally.n * ((tally.mean or 0) - mean) ** 2 for tally in found)
    return Tally(n=n, mean=mean, deviation=sqrt((inside + between) / max(n - 1, 1)))


def _delivered(tally: Tally) -> float:
    return ALL * tally.k / tally.n if tally.k is not None else tally.mean or 0.0


def _interval(tally: Tally) -> tuple[float, float]:
    if tally.k is not None:
        return of_share(tally.k, tally.n)
    return of_mean(tally.mean or 0.0, tally.deviation or 0.0, tally.n)


def _settles_at(terms: Terms, tally: Tally) -> int | None:
    if tally.k is not None:
        return share_settled_at(_delivered(tally), terms.target)
    return mean_settled_at(_delivered(tally), tally.deviation or 0.0, terms.target)
