"""What to do next about a promise: do people know it, do they believe it, and do customers get it?

**Guarantee.** The three are set side by side and never added up: they come in different units, at
different times, and each can be wrong in its own way. What nobody knows is said to be unknown. It
is never taken for good, nor for bad.

**Know** is high when at least 80 of 100 people who need it are ready today, low below that, and
unknown where nobody needs it. **Believe** is high when at least two of three answers are yes, low
below that, and unknown where nobody was asked, or too few answered to tell. **Deliver** is the
verdict on the evidence (`customers.verdicts`).

**Steps.** The first that fits is said.

1. Know is low: *people don't know it yet*. Practice comes first, whatever else may be wrong.
2. Nobody can say whether customers get it, because too few were asked, it is too close to call, or
   nothing was measured: *ask more customers before you promise more*.
3. The evidence is old: *look again*.
4. Customers don't get it, and people know and believe it: *show staff the numbers first*. They
   know it and don't believe it: they *see it fail*; fix the process, or lower the claim.
5. Customers get it, and people know and believe it: *ready to shout about*. They know it and don't
   believe it: *share the evidence*.
6. Where it isn't known whether people know it, or believe it, only what customers get is said,
   together with what is missing.
"""

from dataclasses import dataclass
from enum import StrEnum

from customers.verdicts import Verdict

ENOUGH_READY = 80
ALL = 100


class Level(StrEnum):
    HIGH = "high"
    LOW = "low"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    NOT_KNOWN_YET = "not-known-yet"
    ASK_CUSTOMERS = "ask-customers"
    LOOK_AGAIN = "look-again"
    SEEN_TO_FAIL = "seen-to-fail"
    BELIEVED_NOT_DONE = "believed-not-done"
    NOT_DONE = "not-done"
    WORKS_UNNOTICED = "works-unnoticed"
    READY = "ready"
    WORKS = "works"


# With which words a promise is told that customers don't get, or get, by what people believe.
FAILING = {
    Level.LOW: Finding.SEEN_TO_FAIL,
    Level.HIGH: Finding.BELIEVED_NOT_DONE,
    Level.UNKNOWN: Finding.NOT_DONE,
}
WORKING = {
    Level.LOW: Finding.WORKS_UNNOTICED,
    Level.HIGH: Finding.READY,
    Level.UNKNOWN: Finding.WORKS,
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding, and which of the other two lenses shows nothing."""

    finding: Finding
    know: Level
    believe: Level


def knowing(ready: int, needed: int) -> Level:
    if not needed:
        return Level.UNKNOWN
    return Level.HIGH if ready * ALL >= ENOUGH_READY * needed else Level.LOW


def believing(yes: int | None, answers: int) -> Level:
    """`yes` is none where it isn't told."""
    if yes is None or not answers:
        return Level.UNKNOWN
    return Level.HIGH if 3 * yes >= 2 * answers else Level.LOW


def diagnose(know: Level, believe: Level, deliver: Verdict, *, is_stale: bool = False) -> Diagnosis:
    return Diagnosis(_finding(know, believe, deliver, is_stale=is_stale), know, believe)


def _finding(know: Level, believe: Level, deliver: Verdict, *, is_stale: bool) -> Finding:
    if know is Level.LOW:
        return Finding.NOT_KNOWN_YET
    if deliver not in (Verdict.KEPT, Verdict.FALLING_SHORT):
        return Finding.ASK_CUSTOMERS
    if is_stale:
        return Finding.LOOK_AGAIN
    # Of people of whom it isn't known whether they know it, it can't be said that they see it.
    seen = Level.UNKNOWN if know is Level.UNKNOWN else believe
    return FAILING[seen] if deliver is Verdict.FALLING_SHORT else WORKING[seen]
