"""A line over months: a share from nothing to all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from departments.charts.drawing import (
    Chart,
    Dot,
    Drawing,
    Frame,
    Label,
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
    Frame("wide", 1120, 320, left=44, right=930, top=54, base=284),
    Frame("mid", 700, 290, left=44, right=550, top=54, base=254),
    Frame("narrow", 330, 270, left=40, right=320, top=66, base=236),
)
# The two rows of words over the marks; on a phone these stand in one row each.
ROWS = (14.0, 31.0)
NARROW_ROWS = (44.0, 22.0)
# Where there are no marks, no room is kept for them.
TOP_WITHOUT_TURNS = 14.0


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its name, and its share from 0 to 1; `None` where it isn't known."""

    label: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A mark at the point of that number: what happened then, in one or two lines."""

    place: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """`levels` are shares and their words, as (0.25, "25%"); `newest` says the last point."""

    points: tuple[Point, ...]
    levels: tuple[tuple[float, str], ...]
    newest: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()

    def share_of(self, place: int) -> float:
        """How far along the months a point stands."""
        return place / max(len(self.points) - 1, 1)


type Placed = tuple[float, float]


def trend_chart(key: str, title: str, desc: str, trend: Trend, table: Table) -> Chart:
    frames = FRAMES if trend.turns else [replace(each, top=TOP_WITHOUT_TURNS) for each in FRAMES]
    return Chart(key, title, desc, tuple(_drawn(frame, trend) for frame in frames), table)


def _drawn(frame: Frame, trend: Trend) -> Drawing:
    placed = [
        None
        if point.share is None
        else (frame.across(trend.share_of(place)), frame.up(point.share))
        for place, point in enumerate(trend.points)
    ]
    known = [point for point in placed if point is not None]
    levels = [(text, frame.up(share)) for share, text in trend.levels]
    return Drawing(
        frame.size,
        frame.width,
        frame.height,
        grid=tuple(level(frame, y) for _text, y in levels),
        paths=tuple(_unbroken(placed)),
        lines=(
            *(
                upright(
                    frame.across(trend.share_of(turn.place)),
                    frame.top - 16,
                    frame.base,
                    "change-line",
                )
                for turn in trend.turns
            ),
            frame.axis,
        ),
        dots=tuple(Dot(at(x), at(y), 7 if (x, y) == known[-1] else 5) for x, y in known),
        labels=(
            *(Label(text, at(frame.left - 8), at(y + 5), "end") for text, y in levels),
            *_months(frame, trend),
            *_turn_labels(frame, trend),
            *(_newest(frame, trend, *known[-1]) if known else ()),
        ),
    )


def _unbroken(placed: Iterable[Placed | None]) -> Iterator[Path]:
    """No line is drawn over a month of which nothing is known."""
    for is_known, stretch in groupby(placed, key=lambda point: point is not None):
        if is_known:
            yield path([point for point in stretch if point], "edge")


def _months(frame: Frame, trend: Trend) -> list[Label]:
    """From the newest backwards, as many as have room."""
    labels: list[Label] = []
    limit = float(frame.width)
    for place in reversed(range(len(trend.points))):
        text = trend.points[place].label
        x = frame.across(trend.share_of(place))
        half = width_of(text) / 2
        is_at_end = frame.is_narrow and not labels
        end = x if is_at_end else x + half
        if end <= limit:
            labels.append(Label(text, at(x), at(frame.base + 24), "end" if is_at_end else "mid"))
            limit = end - 2 * half - 6
    return labels[::-1]


def _turn_labels(frame: Frame, trend: Trend) -> list[Label]:
    """Over their marks; on a phone in one line each. What has no room is told by the table."""
    taken: list[Span] = []
    labels: list[Label] = []
    for turn in trend.turns:
        x = frame.across(trend.share_of(turn.place))
        for words, rows in _rows(frame, turn):
            widest = max(map(width_of, words))
            start = min(max(x - widest / 2, 0.0), frame.width - widest)
            asked = spans(words, rows, start, "")
            if start >= 0 and not any(one.meets(other) for one in asked for other in taken):
                taken += asked
                labels += _centred(words, rows, start + widest / 2)
                break
    return labels


def _rows(frame: Frame, turn: Turn) -> list[tuple[tuple[str, ...], tuple[float, ...]]]:
    if not frame.is_narrow:
        return [(turn.lines, ROWS)]
    words = (" ".join(turn.lines),)
    return [(words, (row,)) for row in NARROW_ROWS]


def _centred(words: Sequence[str], rows: Sequence[float], x: float) -> Iterator[Label]:
    for text, y in zip(words, rows, strict=False):
        yield Label(text, at(x), at(y), "t-change mid")


def _newest(frame: Frame, trend: Trend, x: float, y: float) -> Iterator[Label]:
    """Beside the last point, or on a phone under it."""
    if frame.is_narrow:
        for text in trend.newest[:1]:
            yield Label(text, at(x), at(y + 24 if y + 24 < frame.base else y - 14), "t-strong end")
        return
    for place, text in enumerate(trend.newest):
        yield Label(text, at(x + 16), at(y - 1 + 18 * place), "" if place else "t-strong")
