"""Can this campaign go out on that day? Four checks, and what each still lacks.

**Guarantee.** The gate never says yes because of a number that nobody measured, a person who is
ready only for the words of before, or a question that nobody answered. It never says no because of
what people believe. More people who are ready, one more head's word, better figures, one more
answered flag: none of these ever closes it. What is told here for a day ahead is what will be told
on that day, if nothing else happens until then.

**The four checks.** Each is asked of every promise that the campaign makes.

1. *Know.* In each department on the promise's thread, as many people as it needs are ready on that
   day, for the very version of the brief that will then hold. Whoever proved only the version
   before doesn't count, even within the time of grace that they have to check the change: for them
   it makes no difference whether that time is over. As long as the version isn't out by that day,
   nobody can be ready for it. Of a department that isn't asked to know it, nobody can say.
2. *Signed.* The head of each of these departments has said: we can do our part, from that day at
   the latest.
3. *Deliver.* Customers get what is claimed: the verdict on each claim is *Kept* or *Too close to
   call*. *Falling short*, even just, is a no. Too few customers, none, no claim that could be
   measured, or a last reading that will be too old on that day, whatever it says: nobody can say.
   Of several claims the worst one counts.
4. *Flags.* Nobody's "I can't keep this promise because…" waits for an answer.

**Steps.**

1. For each check and each promise, find the first thing that is lacking: departments on the thread
   at all; for *know* then the version, people, and that they are asked. Nothing: *Met*. Something
   that is known to be wrong: *Not met*. Something that nobody knows: *Can't say*.
2. A check is as good as its worst promise; *Not met* is worse than *Can't say*. A campaign without
   promises has nothing that could be checked: *Can't say*, four times.
3. The gate is open when all four are met. Two people may have agreed to launch anyway: then the
   checks that weren't met when they did are covered, and no other.

Of all that is lacking, one thing would change most: what takes longest to come about. That is what
customers get first, then what people know, then a head's word, then an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from customers.verdicts import WORST_FIRST, Verdict


class Check(StrEnum):
    KNOW = "know"
    SIGNED = "signed"
    DELIVER = "deliver"
    FLAGS = "flags"


class Status(StrEnum):
    """From best to worst."""

    MET = "met"
    CANT_SAY = "cant-say"
    NOT_MET = "not-met"


class Lack(StrEnum):
    """What would have to come about for a check to be met, or to be told at all."""

    PROMISES = "promises"
    LINKS = "links"
    VERSION = "version"
    REQUIREMENT = "requirement"
    PEOPLE = "people"
    WORD = "word"
    RESULTS = "results"
    CUSTOMERS = "customers"
    MEASURE = "measure"
    READING = "reading"
    ANSWERS = "answers"


# Where one of these is lacking, nobody can say; where any other is, it is a no.
UNKNOWN = frozenset(
    {
        Lack.PROMISES,
        Lack.LINKS,
        Lack.REQUIREMENT,
        Lack.CUSTOMERS,
        Lack.MEASURE,
        Lack.READING,
    }
)
FROM_BEST_TO_WORST = tuple(Status)
SLOWEST_FIRST = (Check.DELIVER, Check.KNOW, Check.SIGNED, Check.FLAGS)


@dataclass(frozen=True, slots=True)
class LinkOnDay:
    """One department on a promise's thread, as it will stand on the day if nobody does anything.

    `required` of its people have to be ready; none where they aren't asked to know it. `ready` are
    those who are so for the version that holds on that day.
    """

    department: str
    required: int | None
    ready: int
    is_signed: bool

    @property
    def is_asked(self) -> bool:
        return self.required is not None

    @property
    def missing(self) -> int:
        return max(0, (self.required or 0) - self.ready)


@dataclass(frozen=True, slots=True)
class ClaimOnDay:
    """What customers got of one claim; `is_stale` where the last reading will be too old."""

    verdict: Verdict
    is_stale: bool = False
    measured_on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseOnDay:
    """All that the gate asks of one promise. `is_out` says whether the version is out by that day.

    `seen_on` is the day on which people and flags were looked at, `signed_on` that of the newest
    word of a head.
    """

    key: int
    links: tuple[LinkOnDay, ...]
    claims: tuple[ClaimOnDay, ...]
    open_flags: int
    is_out: bool = True
    seen_on: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseCheck:
    """One check of one promise: what it lacks, and as of which day that is known.

    `waiting` are the departments for which it waits, where it waits for departments.
    """

    key: int
    lacks: Lack | None
    as_at: date | None = None
    waiting: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        if self.lacks is None:
            return Status.MET
        return Status.CANT_SAY if self.lacks in UNKNOWN else Status.NOT_MET


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One of the four, for all promises; `is_covered` where two people agreed to go without it."""

    name: Check
    promises: tuple[PromiseCheck, ...]
    is_covered: bool = False

    @property
    def worst(self) -> PromiseCheck | None:
        """The promise that decides; of several the first."""
        return max(self.promises, key=_how_bad, default=None)

    @property
    def status(self) -> Status:
        return self.worst.status if self.worst else Status.CANT_SAY

    @property
    def change(self) -> Lack | None:
        """The one thing that would change this check."""
        return self.worst.lacks if self.worst else Lack.PROMISES

    @property
    def as_at(self) -> date | None:
        return self.worst.as_at if self.worst else None

    @property
    def is_met(self) -> bool:
        return self.status is Status.MET

    @property
    def is_overridden(self) -> bool:
        return self.is_covered and not self.is_met


@dataclass(frozen=True, slots=True)
class GateResult:
    checks: tuple[GateCheck, ...]

    @property
    def met(self) -> int:
        return sum(check.is_met for check in self.checks)

    @property
    def unmet(self) -> tuple[Check, ...]:
        return tuple(check.name for check in self.checks if not check.is_met)

    @property
    def holds(self) -> tuple[Check, ...]:
        """The checks that keep the gate shut: not met, and not covered."""
        return tuple(
            check.name for check in self.checks if not check.is_met and not check.is_covered
        )

    @property
    def is_open(self) -> bool:
        return not self.holds

    @property
    def is_overridden(self) -> bool:
        """Open, and only because two people agreed to launch anyway."""
        return self.is_open and bool(self.unmet)

    @property
    def slowest(self) -> GateCheck | None:
        """The check whose change would change most; none where all are met."""
        unmet = [check for check in self.checks if not check.is_met]
        return min(unmet, key=lambda check: SLOWEST_FIRST.index(check.name), default=None)

    def check(self, name: Check) -> GateCheck:
        return next(check for check in self.checks if check.name is name)


def judge(promises: Sequence[PromiseOnDay], *, covered: Iterable[Check] = ()) -> GateResult:
    """The four checks; `covered` are those that two people agreed to go without."""
    agreed = frozenset(covered)
    asked = {Check.KNOW: know, Check.SIGNED: signed, Check.DELIVER: deliver, Check.FLAGS: flags}
    return GateResult(
        tuple(
            GateCheck(name, tuple(ask(promise) for promise in promises), name in agreed)
            for name, ask in asked.items()
        )
    )


def know(promise: PromiseOnDay) -> PromiseCheck:
    short = tuple(link.department for link in promise.links if link.missing)
    unasked = tuple(link.department for link in promise.links if not link.is_asked)
    if not promise.links:
        return PromiseCheck(promise.key, Lack.LINKS, promise.seen_on)
    if not promise.is_out:
        everybody = tuple(link.department for link in promise.links)
        return PromiseCheck(promise.key, Lack.VERSION, promise.seen_on, everybody)
    if short:
        return PromiseCheck(promise.key, Lack.PEOPLE, promise.seen_on, short)
    if unasked:
        return PromiseCheck(promise.key, Lack.REQUIREMENT, promise.seen_on, unasked)
    return PromiseCheck(promise.key, None, promise.seen_on)


def signed(promise: PromiseOnDay) -> PromiseCheck:
    unsigned = tuple(link.department for link in promise.links if not link.is_signed)
    if not promise.links:
        return PromiseCheck(promise.key, Lack.LINKS, promise.seen_on)
    if unsigned:
        return PromiseCheck(promise.key, Lack.WORD, promise.signed_on, unsigned)
    return PromiseCheck(promise.key, None, promise.signed_on)


def deliver(promise: PromiseOnDay) -> PromiseCheck:
    # Of equally bad ones that decides by whose verdict the promise is known everywhere.
    ranked = sorted(promise.claims, key=lambda one: WORST_FIRST.index(one.verdict))
    claims = [PromiseCheck(promise.key, _lacks(one), one.measured_on) for one in ranked]
    return max(claims, key=_how_bad, default=PromiseCheck(promise.key, Lack.MEASURE))


def flags(promise: PromiseOnDay) -> PromiseCheck:
    lacks = Lack.ANSWERS if promise.open_flags else None
    return PromiseCheck(promise.key, lacks, promise.seen_on)


def _lacks(claim: ClaimOnDay) -> Lack | None:
    match claim.verdict:
        case Verdict.UNPROVEN:
            return Lack.MEASURE
        case Verdict.TOO_FEW:
            return Lack.CUSTOMERS
    if claim.is_stale:
        return Lack.READING
    return Lack.RESULTS if claim.verdict is Verdict.FALLING_SHORT else None


def _how_bad(check: PromiseCheck) -> int:
    return FROM_BEST_TO_WORST.index(check.status)
