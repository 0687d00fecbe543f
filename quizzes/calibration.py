"""How good the dates are: what memory foretold, beside what people then answered.

**Guarantee.** A suggestion never widens the gap that it is to close, and one that would make dates
longer or shorter by more than `SHORTEST` and `LONGEST` allow is cut to them. Nothing here says
anything about one person: there is one stretch for the whole organisation, as its people answer far
too little to tell them apart.

**What counts.** The first answer of a day to a question by heart that the person had answered on an
earlier day, with the recall that `quizzes.memory` expected of her that day, from 0 to 1. A first
answer ever was foretold by nothing, and a second one on a day follows its feedback. All recalls
are to be handed over as without any stretch; one that was noted under stretch `m` is
`stretched(recall, 1 / m)` without.

**Figures.**

1. Ten *buckets* of expected recall, each ten points wide: how many answers, the mean that was
   expected, the share that was right. Below `MANY` answers a bucket is *thin*, and to be shown as
   such. Where the dates are good, the two agree in every bucket.
2. The *Brier score*: the mean of `(expected - right)²`; 0 is a seer, 0.25 a tossed coin.
3. The *gap*: the share that was right less the mean that was expected, in points. Above 0 people
   remember longer than the dates say.
4. *By chance*: how often a gap at least as wide comes about where every date is exactly right, by
   the normal distribution with the variance `Σ expected·(1 - expected) / n²`. At 200 answers that
   is about 7 of 100 times for five points. It takes answers for independent of each other, which
   those of one person aren't: the truth is rather more often.

**Stretch.** One number by which every stability is multiplied, when a recall is read. With
`R = (1 + F·t/S)^(-d)`, `F·t/S = R^(-1/d) - 1`, so that for a stability of `m·S`

    R' = (1 + (R^(-1/d) - 1) / m)^(-d) = R · (u + (1 - u) / m)^(-d)   with u = R^(1/d)

where `F` has gone, and the second form has no number too large for a float. Stretches multiply: by
2 and then by 3 is by 6. A stretch is suggested from `ENOUGH` answers on, for a gap of more than
`TOLERATED_POINTS`. Bisection finds the one for which the mean of the stretched recalls is the share
that was right, to two decimals. Recall moves slowly with stability: around 75 %, a gap of six
points takes a stretch of two, which doubles every new date. Hence the bounds, and a look at what it
would do before anybody applies it.

**Both ways.** The rule asks for longer dates where answers beat predictions. A shortening is
suggested by the same measure: a date that is too long is the worse error, for it calls people ready
who aren't, and guessing makes answers look better than memory, so that a shortfall is the surer
finding. Nobody loses a day that she was given, as neither a pass nor practice that went well ever
brings a date forward; only new dates come out shorter. Whether to apply either is for a person
to decide.

**Source.** The forgetting curve of FSRS-6 with its default `d`. Reliability buckets and score after
Brier.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, inf, sqrt
from statistics import fmean

DECAY = 0.1542
BUCKETS = 10
MANY = 20
ENOUGH = 200
TOLERATED_POINTS = 5
SHORTEST = 0.5
LONGEST = 4.0

_PRECISION = 0.001
# A gap of five points is five points, whatever the last bit of a float says.
_DECIMALS = 9


class Verdict(StrEnum):
    TOO_FEW = "too-few"
    GOOD = "good"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Foretold:
    """One answer, and the recall from 0 to 1 that was expected for it, without any stretch.

    `n` answers stand for as many of which both are the same.
    """

    expected: float
    right: bool
    n: int = 1


@dataclass(frozen=True, slots=True)
class Bucket:
    """Answers whose expected recall is from `floor`, up to ten points more; the last has 1 too."""

    floor: float
    n: int
    expected: float | None
    right: float | None

    @property
    def is_thin(self) -> bool:
        return self.n < MANY


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good the dates are; `stretch` is the suggested one, `gap` is in points.

    `by_chance` is from 0 to 1.
    """

    n: int
    buckets: tuple[Bucket, ...]
    brier: float | None
    gap: float | None
    by_chance: float | None
    stretch: float | None

    @property
    def expected(self) -> float | None:
        return self._mean([bucket.expected for bucket in self.buckets])

    @property
    def right(self) -> float | None:
        return self._mean([bucket.right for bucket in self.buckets])

    @property
    def verdict(self) -> Verdict:
        return _verdict(self.n, self.gap)

    def _mean(self, shares: Sequence[float | None]) -> float | None:
        counts = [bucket.n for bucket in self.buckets]
        return fmean([share or 0 for share in shares], counts) if self.n else None


def calibration(answers: Iterable[Foretold]) -> Calibration:
    found = list(answers)
    return Calibration(
        n=_count(found),
        buckets=buckets(found),
        brier=brier_score(found),
        gap=gap(found),
        by_chance=by_chance(found),
        stretch=suggested_stretch(found),
    )


def buckets(answers: Iterable[Foretold]) -> tuple[Bucket, ...]:
    """All ten, the lowest first, empty ones too."""
    sorted_in: list[list[Foretold]] = [[] for _bucket in range(BUCKETS)]
    for answer in answers:
        sorted_in[min(int(answer.expected * BUCKETS), BUCKETS - 1)].append(answer)
    return tuple(_bucket(place / BUCKETS, found) for place, found in enumerate(sorted_in))


def brier_score(answers: Sequence[Foretold]) -> float | None:
    return _mean(answers, lambda one: (one.expected - one.right) ** 2) if answers else None


def gap(answers: Sequence[Foretold]) -> float | None:
    """In points; above 0 where people remember longer than foretold."""
    if not answers:
        return None
    right, expected = _share_right(answers), _mean(answers, lambda one: one.expected)
    return round(100 * (right - expected), _DECIMALS)


def by_chance(answers: Sequence[Foretold]) -> float | None:
    """How often a gap at least as wide would come about were every date exactly right."""
    found = gap(answers)
    if found is None:
        return None
    spread = _mean(answers, lambda one: one.expected * (1 - one.expected))
    widths = abs(found) / 100 / sqrt(spread / _count(answers)) if spread else inf
    return erfc(widths / sqrt(2)) if found else 1.0


def stretched(recall: float, stretch: float) -> float:
    """The recall, had the stability been `stretch` times as long."""
    since: float = recall ** (1 / DECAY)
    longer: float = recall * (since + (1 - since) / stretch) ** -DECAY
    return min(longer, 1.0)


def suggested_stretch(answers: Sequence[Foretold]) -> float | None:
    """What every stability is to be multiplied by; `None` where there is no reason to."""
    match _verdict(_count(answers), gap(answers)):
        case Verdict.TOO_SHORT:
            return _fitting_stretch(answers, 1.0, LONGEST)
        case Verdict.TOO_LONG:
            return _fitting_stretch(answers, SHORTEST, 1.0)
        case _:
            return None


def _verdict(n: int, gap: float | None) -> Verdict:
    if gap is None or n < ENOUGH:
        return Verdict.TOO_FEW
    if abs(gap) <= TOLERATED_POINTS:
        return Verdict.GOOD
    return Verdict.TOO_SHORT if gap > 0 else Verdict.TOO_LONG


def _fitting_stretch(answers: Sequence[Foretold], shortest: float, longest: float) -> float:
    right = _share_right(answers)
    while longest - shortest > _PRECISION:
        middle = (shortest + longest) / 2
        if _mean_stretched(answers, middle) < right:
            shortest = middle
        else:
            longest = middle
    return round((shortest + longest) / 2, 2)


def _mean_stretched(answers: Sequence[Foretold], stretch: float) -> float:
    return _mean(answers, lambda one: stretched(one.expected, stretch))


def _share_right(answers: Sequence[Foretold]) -> float:
    return _mean(answers, lambda one: one.right)


def _mean(answers: Sequence[Foretold], told: Callable[[Foretold], float]) -> float:
    return fmean([told(one) for one in answers], [one.n for one in answers])


def _count(answers: Iterable[Foretold]) -> int:
    return sum(one.n for one in answers)


def _bucket(floor: float, answers: Sequence[Foretold]) -> Bucket:
    if not answers:
        return Bucket(floor, 0, None, None)
    expected = _mean(answers, lambda one: one.expected)
    return Bucket(floor, _count(answers), expected, _share_right(answers))
