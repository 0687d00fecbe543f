"""Whether a claim that falls short was ever true: promised too much, or kept once and no more.

**Guarantee.** What is said here is "at the same time", never "because". A change in how a
department works is named only where the claim was kept right before it and has not been kept in
any month since. Claims that don't fall short get no such words.

**Right before** a day are, of the months with evidence that ended before it, the newest; or where
fewer than 30 were counted in it, as many as it takes to say anything, three at the most. A month in
the middle of which a change falls belongs to neither side.

**Steps**, for a claim whose verdict is *Falling short*:

1. Of the changes that have to do with it, the latest is named for which the claim was kept right
   before, falls short in all the months since put together, and was kept in none of them: it has
   *changed since*.
2. Without such a change, it *used to be true* if on the day after any of the months it was kept
   right before.
3. Else it was *over-claimed*: nothing that was ever counted shows it kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from customers.verdicts import (
    FEWEST,
    MONTHS_JUDGED,
    Counted,
    Tally,
    Terms,
    Verdict,
    judge,
    together,
)

A_DAY = timedelta(days=1)


class Kind(StrEnum):
    NONE = ""
    CHANGED_SINCE = "changed-since"
    USED_TO_BE_TRUE = "used-to-be-true"
    OVER_CLAIMED = "over-claimed"


@dataclass(frozen=True, slots=True)
class Turning:
    """A change in how a department works: what it is called in the log, and from when."""

    reference: str
    happens_on: date


@dataclass(frozen=True, slots=True)
class Since:
    """`reference` is the change's, with *changed since*."""

    kind: Kind = Kind.NONE
    reference: str = ""


NO_CHANGE = Since()


def since_of(
    verdict: Verdict, terms: Terms, months: Sequence[Counted], changes: Iterable[Turning] = ()
) -> Since:
    """`verdict` is the claim's own today, `months` are the oldest first."""
    if verdict is not Verdict.FALLING_SHORT:
        return NO_CHANGE
    latest_first = sorted(changes, key=lambda change: change.happens_on, reverse=True)
    for change in latest_first:
        if _fell_with(terms, months, change.happens_on):
            return Since(Kind.CHANGED_SINCE, change.reference)
    was_ever_kept = any(_kept_before(terms, months, each.ends_on + A_DAY) for each in months)
    return Since(Kind.USED_TO_BE_TRUE if was_ever_kept else Kind.OVER_CLAIMED)


def _fell_with(terms: Terms, months: Sequence[Counted], day: date) -> bool:
    since = [each for each in months if each.starts_on >= day]
    return (
        _kept_before(terms, months, day)
        and _verdict(terms, since) is Verdict.FALLING_SHORT
        and not any(_verdict(terms, [each]) is Verdict.KEPT for each in since)
    )


def _kept_before(terms: Terms, months: Sequence[Counted], day: date) -> bool:
    return _verdict(terms, _right_before(terms, months, day)) is Verdict.KEPT


def _right_before(terms: Terms, months: Sequence[Counted], day: date) -> list[Counted]:
    """As many of the newest months as it takes to say anything."""
    ended = [each for each in months if each.ends_on < day]
    for count in range(1, MONTHS_JUDGED):
        counted = together(terms, _tallies(ended[-count:]))
        if counted and counted.n >= FEWEST:
            return ended[-count:]
    return ended[-MONTHS_JUDGED:]


def _verdict(terms: Terms, months: Iterable[Counted]) -> Verdict:
    return judge(terms, _tallies(months)).verdict


def _tallies(months: Iterable[Counted]) -> list[Tally]:
    return [tally for each in months for tally in each.tallies]
