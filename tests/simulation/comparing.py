"""What was published, beside what several runs of the simulation give.

**Noise.** Each run with another seed is another group of people. The standard deviation between
runs is the noise of one run; the published table is one run too. A figure agrees where it lies
within three standard deviations of the difference between that one run and our mean, and half a
point, as it was rounded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from tests.simulation.people import Assumptions, simulate

DEVIATIONS = 3
ROUNDING = 0.5

# The share of practices skipped, and how many of 100 started modules are ready then.
PUBLISHED: dict[float, tuple[int, ...]] = {
    0.2: (100, 99, 99, 100),
    0.5: (100, 79, 79, 98),
    0.8: (84, 36, 28, 26),
    1.0: (58, 5, 0, 0),
}
PUBLISHED_MINUTES = {0.2: 2.7}


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, our mean over the runs, and the noise of a single run."""

    published: float
    ours: float
    noise: float
    runs: int

    @property
    def difference(self) -> float:
        return self.ours - self.published

    def is_within(self, deviations: float) -> bool:
        allowed = deviations * self.noise * sqrt(1 + 1 / self.runs) + ROUNDING
        return abs(self.difference) <= allowed

    @property
    def agrees(self) -> bool:
        return self.is_within(DEVIATIONS)


@dataclass(frozen=True, slots=True)
class Skipping:
    """A row: people who skip that share of practices."""

    skip: float
    figures: tuple[Figure, ...]
    minutes_a_week: float


def compared(
    skips: Iterable[float], *, people: int, seeds: Sequence[int], assumed: Assumptions
) -> Iterator[Skipping]:
    for skip in skips:
        runs = [simulate(skip, people=people, seed=seed, assumed=assumed) for seed in seeds]
        by_week = zip(*(run.ready for run in runs), strict=True)
        yield Skipping(
            skip,
            tuple(map(figure, PUBLISHED[skip], by_week)),
            fmean(run.minutes_a_week for run in runs),
        )


def figure(published: float, shares: Sequence[float]) -> Figure:
    noise = stdev(shares) if len(shares) > 1 else 0
    return Figure(published, fmean(shares), noise, len(shares))
