"""One figure over time, with what happened meanwhile as lines from top to bottom.

Time runs from 0 to 1 from the left to the right. Charts that are drawn over the same time stand
under one another, so that a line of change goes through all of them. A point of a month that isn't
over is hollow, and the line to it broken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from departments.charts.drawing import (
    Chart,
    Dot,
    Drawing,
    Frame,
    Label,
    Line,
    Path,
    Span,
    Table,
    at,
    level,
    path,
    spans,
    upright,
    width_of,
)

FRAMES = (
    Frame("wide", 1120, 204, left=66, right=960, top=46, base=172),
    Frame("mid", 560, 204, left=60, right=478, top=46, base=172),
    Frame("narrow", 330, 204, left=58, right=314, top=46, base=172),
)
# The rows of words over the lines of change.
ROWS = (32.0, 14.0)
TOP_WITHOUT_MARKERS = 16.0
UNDER = 24


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is how far up its figure stands, from 0 to 1."""

    when: float
    value: float
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """What is written at a moment, and in fewer words where there is less room."""

    when: float
    text: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """`levels` are (how far up, words); `newest` is the last figure in words."""

    points: tuple[Point, ...]
    levels: tuple[tuple[float, str], ...]
    months: tuple[Moment, ...]
    newest: str = ""
    markers: tuple[Moment, ...] = ()


def run_chart(key: str, title: str, desc: str, run: Run, table: Table) -> Chart:
    frames = FRAMES if run.markers else [replace(each, top=TOP_WITHOUT_MARKERS) for each in FRAMES]
    return Chart(key, title, desc, tuple(_drawn(frame, run) for frame in frames), table)


def _drawn(frame: Frame, run: Run) -> Drawing:
    placed = [(frame.across(point.when), frame.up(point.value)) for point in run.points]
    levels = [(text, frame.up(value)) for value, text in run.levels]
    return Drawing(
        frame.size,
        frame.width,
        frame.height,
        grid=tuple(level(frame, y) for _text, y in levels),
        paths=tuple(_stretches(run, placed)),
        lines=(*(_marker_line(frame, marker) for marker in run.markers), frame.axis),
        dots=tuple(
            Dot(at(x), at(y), 6 if point is run.points[-1] else 5, "is-part" * point.is_part)
            for point, (x, y) in zip(run.points, placed, strict=True)
        ),
        labels=(
            *(Label(text, at(frame.left - 8), at(y + 5), "end") for text, y in levels),
            *_months(frame, run),
            *_marker_words(frame, run),
            *(_newest(frame, run.newest, *placed[-1]) if placed else ()),
        ),
    )


def _stretches(run: Run, placed: Sequence[tuple[float, float]]) -> Iterator[Path]:
    """The line breaks up towards a month that isn't over, and after it."""
    ends = zip(pairwise(run.points), pairwise(placed), strict=True)
    for (before, after), (start, end) in ends:
        is_broken = before.is_part or after.is_part
        yield path([start, end], "edge edge--low" if is_broken else "edge")


def _marker_line(frame: Frame, marker: Moment) -> Line:
    return upright(frame.across(marker.when), frame.top - 10, frame.base, "change-line")


def _months(frame: Frame, run: Run) -> list[Label]:
    """From the newest backwards, as many as have room."""
    labels: list[Label] = []
    limit = float(frame.width)
    for month in reversed(run.months):
        x, half = frame.across(month.when), width_of(month.text) / 2
        if x + half <= limit:
            labels.append(Label(month.text, at(x), at(frame.base + UNDER), "mid"))
            limit = x - half - 6
    return labels[::-1]


def _marker_words(frame: Frame, run: Run) -> list[Label]:
    """Over their lines, in the first row that has room; else they are left to the table."""
    taken: list[Span] = []
    labels: list[Label] = []
    for marker in run.markers:
        found = _place(frame, marker, taken)
        if found:
            text, start, row = found
            taken += spans((text,), (row,), start, "")
            labels.append(Label(text, at(start), at(row), "t-change"))
    return labels


def _place(frame: Frame, marker: Moment, taken: Sequence[Span]) -> tuple[str, float, float] | None:
    x = frame.across(marker.when)
    for text in filter(None, (marker.text, marker.short)):
        start = min(max(x - width_of(text) / 2, 0.0), frame.width - width_of(text))
        for row in ROWS:
            asked = spans((text,), (row,), start, "")
            if start >= 0 and not any(one.meets(other) for one in asked for other in taken):
                return text, start, row
    return None


def _newest(frame: Frame, text: str, x: float, y: float) -> Iterator[Label]:
    """Beside the last point, or on a phone over or under it."""
    if not frame.is_narrow:
        yield Label(text, at(x + 14), at(y + 5), "t-strong")
        return
    under = y + 24
    end = min(x + width_of(text) / 2, float(frame.width))
    yield Label(text, at(end), at(under if under < frame.base else y - 12), "t-strong t-over end")
