"""How well one version of a question does its work.

**Guarantee.** No figure exists below `MINIMUM_ANSWERS`: what a few people answered says little
about a question and much about them. Neither the order of the answers nor the scale of the marks
changes a figure. How long somebody took is not among them: a stop-watch punishes the careful.

**What counts.** Of each person the first answer that she ever gave to this version, as later ones
come after its feedback. Answers to a voided question are left out by the caller. A question is
*right* with its full mark, and everything below is wrong, as for memory.

**Figures.** With `x` the marks for this question, from 0 to 1, and `y` the *rest* of each sitting:

- *Facility*: the mean of `x`, from 0 to 1. High is easy.
- *Discrimination*: `100 × cov(x, y) / √(var x × var y)`, with sample variances (n - 1); from -100
  to 100, `None` where a variance is 0. The rest leaves this question out: with it, every question
  would agree with itself.
- *Efficiency*: `100 × cov(x, y)` as a share of the largest covariance that the same marks could
  have, which is the one between both lists sorted; `None` where that is 0. It tells how well a
  question divides people for one so easy or so hard. It is never nearer to 0 than discrimination,
  at most 100, and may be below -100.
- *Sure and wrong*: the share of answers that were given as sure, and were wrong.
- *Use*: how many people chose each option.

**The rest** is the mean mark of the *other* questions of the same sitting, not their sum. Draws
differ between people, and in size too where must-knows outnumber it, so that a sum would tell
mainly how much somebody was asked. Where all sittings are of one size, both give the same figures.
A sitting of one question has no rest: it counts for facility and use, not for the two others.

**Advice**, the gravest first, from the minimum on:

1. *Check the key*: discrimination is negative; whoever knows the rest gets this one wrong. Such a
   question is *suspect*, and stays out of everybody's score until somebody has looked at it. It
   takes `FEWEST_WRONG` wrong answers: of thirty who know their trade one or two slip at any
   question, and who they are says nothing about its key. Where a key is wrong, most get it wrong.
2. *Sure and wrong*: `SURE_AND_WRONG_FROM` or more are sure of something else; the brief misleads.
3. *Very hard*: facility below `VERY_HARD_BELOW`.
4. *Weak*: discrimination below `WEAK_BELOW`, and not suspect. Not where the question is easy: most
   people are meant to know the answer, which is fine, and leaves little to discriminate.
5. *Unused*: a wrong option that nobody chose, although wrong options were chosen so often
   (`PICKS_FOR_EACH` times their number) that an even spread would miss one in 5 % of cases only.

**Source.** Discrimination index and discriminative efficiency as in Moodle's quiz statistics. The
line for *weak* is that of Ebel and Frisbie, the one for *very hard* Prometric's.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt
from statistics import covariance, fmean

MINIMUM_ANSWERS = 20
FEWEST_WRONG = 5
SURE_AND_WRONG_FROM = 0.15
VERY_HARD_BELOW = 0.20
EASY_FROM = 0.90
WEAK_BELOW = 20
PICKS_FOR_EACH = 3

# Floats that should be equal differ by less, marks that are different by more.
_NO_VARIANCE = 1e-12
# No question is suspected for the last bit of a float.
_DECIMALS = 9


class Advice(StrEnum):
    TOO_FEW = "too-few"
    CHECK_KEY = "check-key"
    SURE_AND_WRONG = "sure-and-wrong"
    VERY_HARD = "very-hard"
    WEAK = "weak"
    UNUSED = "unused"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Given:
    """One person's first answer; `rest` is `None` where the sitting asked nothing else.

    `chosen` are the ids of the options that she chose, empty where she typed.
    """

    mark: float
    rest: float | None
    sure: bool
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionUse:
    option: int
    count: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What `n` people's answers say about one version; of too few, only how many they are."""

    n: int
    facility: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    sure_and_wrong: float | None = None
    uses: tuple[OptionUse, ...] = ()

    @property
    def is_suspect(self) -> bool:
        """Stays out of everybody's score until somebody has looked at it."""
        is_negative = self.discrimination is not None and self.discrimination < 0
        return is_negative and self.wrong >= FEWEST_WRONG

    @property
    def wrong(self) -> float:
        """What is missing of full marks, in answers."""
        return round(self.n * (1 - (self.facility or 0)), _DECIMALS)

    @property
    def unused(self) -> tuple[int, ...]:
        """Wrong options that nobody chose, where there is enough to say so."""
        wrong = [use for use in self.uses if not use.is_right]
        if sum(use.count for use in wrong) < PICKS_FOR_EACH * len(wrong):
            return ()
        return tuple(use.option for use in wrong if not use.count)


def figures(
    givens: Iterable[Given], *, options: Sequence[int] = (), right: Collection[int] = ()
) -> Figures:
    """The figures of one version; `options` are the ids of all, in the order to show them."""
    answers = list(givens)
    if len(answers) < MINIMUM_ANSWERS:
        return Figures(len(answers))
    marks = [given.mark for given in answers]
    pairs = [(given.mark, given.rest) for given in answers if given.rest is not None]
    beside, rests = [mark for mark, _rest in pairs], [rest for _mark, rest in pairs]
    return Figures(
        n=len(answers),
        facility=facility(marks),
        discrimination=discrimination(beside, rests),
        efficiency=efficiency(beside, rests),
        sure_and_wrong=fmean(given.sure and given.mark < 1 for given in answers),
        uses=_uses(answers, options, right),
    )


def advice(found: Figures) -> tuple[Advice, ...]:
    """All that holds, the gravest first; never empty."""
    if found.facility is None or found.sure_and_wrong is None:
        return (Advice.TOO_FEW,)
    kinds = {
        Advice.CHECK_KEY: found.is_suspect,
        Advice.SURE_AND_WRONG: found.sure_and_wrong >= SURE_AND_WRONG_FROM,
        Advice.VERY_HARD: found.facility < VERY_HARD_BELOW,
        Advice.WEAK: _is_weak(found) and found.facility < EASY_FROM,
        Advice.UNUSED: bool(found.unused),
    }
    return tuple(kind for kind, holds in kinds.items() if holds) or (Advice.FINE,)


def rests(marks: Sequence[float]) -> list[float | None]:
    """For each mark of one sitting, the mean of all others."""
    if len(marks) < 2:
        return [None for _mark in marks]
    total, others = fsum(marks), len(marks) - 1
    return [(total - mark) / others for mark in marks]


def facility(marks: Sequence[float]) -> float | None:
    return fmean(marks) if marks else None


def discrimination(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    if not (_varies(marks) and _varies(rests)):
        return None
    spread = sqrt(covariance(marks, marks) * covariance(rests, rests))
    return round(100 * covariance(marks, rests) / spread, _DECIMALS)


def efficiency(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    if not (_varies(marks) and _varies(rests)):
        return None
    largest = covariance(sorted(marks), sorted(rests))
    return round(100 * covariance(marks, rests) / largest, _DECIMALS)


def _varies(values: Sequence[float]) -> bool:
    return len(values) > 1 and covariance(values, values) > _NO_VARIANCE


def _is_weak(found: Figures) -> bool:
    is_low = found.discrimination is not None and found.discrimination < WEAK_BELOW
    return is_low and not found.is_suspect


def _uses(
    answers: Iterable[Given], options: Sequence[int], right: Collection[int]
) -> tuple[OptionUse, ...]:
    counts = Counter(option for given in answers for option in set(given.chosen))
    return tuple(OptionUse(option, counts[option], option in right) for option in options)
