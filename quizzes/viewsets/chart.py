"""The reliability chart: what was expected on one axis, what came on the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.calibration import BUCKETS, Bucket

# In units of the drawing, whose text stays readable at the width of a phone.
LEFT, TOP, SIZE = 44, 26, 300
STEPS = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Point:
    """One bucket: where it stands, and where on the diagonal it would stand were the dates good."""

    x: float
    y: float
    ideal: float
    label_y: float
    right: int
    is_thin: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A number beside an axis."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    points: tuple[Point, ...]
    counts: tuple[Mark, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    left: int = LEFT
    top: int = TOP
    end: int = LEFT + SIZE
    bottom: int = TOP + SIZE


def chart_of(buckets: Iterable[Bucket]) -> Chart:
    buckets = list(buckets)
    width = SIZE / BUCKETS
    return Chart(
        points=tuple(
            point_at(bucket.expected, bucket.right, is_thin=bucket.is_thin)
            for bucket in buckets
            if bucket.expected is not None and bucket.right is not None
        ),
        counts=tuple(
            Mark(round(LEFT + (place + 0.5) * width, 1), str(bucket.n))
            for place, bucket in enumerate(buckets)
        ),
        across=tuple(Mark(across(step / 100), f"{step}") for step in STEPS),
        up=tuple(Mark(up(step / 100), f"{step}") for step in STEPS),
    )


def point_at(expected: float, right: float, *, is_thin: bool) -> Point:
    # Above the diagonal the label stands above its point, so that the line back doesn't cross it.
    aside = -9 if right >= expected else 18
    return Point(
        x=across(expected),
        y=up(right),
        ideal=up(expected),
        label_y=min(up(right) + aside, TOP + SIZE - 4),
        right=round(100 * right),
        is_thin=is_thin,
    )


def across(share: float) -> float:
    return round(LEFT + share * SIZE, 1)


def up(share: float) -> float:
    return round(TOP + (1 - share) * SIZE, 1)
