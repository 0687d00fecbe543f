"""A band of steps over days: the least and the most people there may be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from departments.charts.drawing import (
    LINE,
    Chart,
    Drawing,
    Frame,
    Label,
    Line,
    Span,
    Table,
    at,
    level,
    path,
    spans,
    upright,
    whole_ticks,
    width_of,
)

FRAMES = (
    Frame("wide", 1120, 320, left=36, right=970, top=44, base=280),
    Frame("mid", 700, 300, left=34, right=568, top=44, base=260),
    Frame("narrow", 330, 300, left=34, right=322, top=44, base=244),
)
# The two rows of words over the marks.
ROWS = (22.0, 40.0)
MARK_TOP = 30.0
# Where there are none, no room is kept for them.
TOP_WITHOUT_MARKS = 12.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge: its name, and for each day on which it moves the people from that day on."""

    name: str
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    day: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which something is known to happen: up to two lines of words, and shorter ones for
    a phone. `is_soft` draws it dotted and says it in the second row, or where that is full in the
    first."""

    day: int
    lines: tuple[str, ...]
    short: tuple[str, ...] = ()
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What the chart shows: `days` from today on, of `most` people."""

    days: int
    most: int
    lower: Edge
    upper: Edge
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...] = ()


type Points = list[tuple[float, float]]


def band_chart(key: str, title: str, desc: str, band: Band, table: Table) -> Chart:
    frames = FRAMES if band.marks else [replace(each, top=TOP_WITHOUT_MARKS) for each in FRAMES]
    return Chart(key, title, desc, tuple(_drawn(frame, band) for frame in frames), table)


def _drawn(frame: Frame, band: Band) -> Drawing:
    upper, lower = (_stairs(frame, band, edge) for edge in (band.upper, band.lower))
    ticks = whole_ticks(band.most)
    levels = [(number, frame.up(_share(number, band.most))) for number in ticks]
    words, taken = _mark_words(frame, band)
    return Drawing(
        frame.size,
        frame.width,
        frame.height,
        grid=tuple(level(frame, y) for _number, y in levels),
        areas=(path([*upper, *reversed(lower)], "band"),),
        paths=(path(upper, "edge"), path(lower, "edge edge--low")),
        lines=(*(_mark_line(frame, band, mark, taken) for mark in band.marks), frame.axis),
        labels=(
            *(Label(str(number), at(frame.left - 8), at(y + 5), "end") for number, y in levels),
            *_days(frame, band),
            *words,
            *_edge_labels(frame, band, upper[-1][1], lower[-1][1]),
        ),
    )


def _share(people: int, most: int) -> float:
    return people / most if most else 0


def _stairs(frame: Frame, band: Band, edge: Edge) -> Points:
    """Level from a step to the next, then straight up or down."""
    points: Points = []
    for day, people in edge.steps:
        x, y = frame.across(day / band.days), frame.up(_share(people, band.most))
        points += [(x, points[-1][1])] if points else []
        points.append((x, y))
    return [*points, (frame.right, points[-1][1])]


def _mark_line(frame: Frame, band: Band, mark: Mark, taken: Iterable[Span]) -> Line:
    """Up to the words, or below those of another mark that are in its way."""
    css = "mark mark--soft" if mark.is_soft else "mark"
    crossing = _crossing(frame, band, mark)
    top = frame.top if any(span.meets(crossing) for span in taken) else MARK_TOP
    return upright(frame.across(mark.day / band.days), top, frame.base, css)


def _days(frame: Frame, band: Band) -> Iterable[Label]:
    last = len(band.ticks) - 1
    for place, tick in enumerate(band.ticks):
        css = "" if place == 0 else "end" if place == last else "mid"
        yield Label(tick.text, at(frame.across(tick.day / band.days)), at(frame.base + 24), css)


def _mark_words(frame: Frame, band: Band) -> tuple[list[Label], list[Span]]:
    """Beside each mark where there is room, on its right first; the strong ones choose first."""
    taken: list[Span] = []
    labels: list[Label] = []
    crossings = [_crossing(frame, band, mark) for mark in band.marks]
    for mark in sorted(band.marks, key=lambda mark: (mark.is_soft, mark.day)):
        lines = mark.short if frame.is_narrow and mark.short else mark.lines
        for rows, css, start in _places(mark, frame.across(mark.day / band.days)):
            asked = spans(lines, rows, start, css)
            if _has_room(frame, asked, [*taken, *(crossings if mark.is_soft else [])]):
                taken += asked
                labels += _beside(lines, rows, start, css, is_strong=not mark.is_soft)
                break
    return labels, taken


def _crossing(frame: Frame, band: Band, mark: Mark) -> Span:
    """Where a mark's line goes through the second row of words."""
    x = frame.across(mark.day / band.days)
    return Span(ROWS[1], x, x)


def _places(mark: Mark, x: float) -> Iterator[tuple[Sequence[float], str, float]]:
    right, left = ("", x + 8), ("end", x - 8)
    sides = (left, right) if mark.is_soft else (right, left)
    for rows in (ROWS[1:], ROWS[:1]) if mark.is_soft else (ROWS,):
        for css, start in sides:
            yield rows, css, start


def _has_room(frame: Frame, asked: Sequence[Span], taken: Sequence[Span]) -> bool:
    is_inside = all(span.start >= 0 and span.end <= frame.width for span in asked)
    return is_inside and not any(one.meets(other) for one in asked for other in taken)


def _beside(
    lines: Sequence[str], rows: Sequence[float], x: float, css: str, *, is_strong: bool
) -> Iterable[Label]:
    for place, (text, y) in enumerate(zip(lines, rows, strict=False)):
        strong = "t-strong" if is_strong and place == 0 else ""
        yield Label(text, at(x), at(y), " ".join(filter(None, (strong, css))))


def _edge_labels(frame: Frame, band: Band, upper: float, lower: float) -> Iterable[Label]:
    """Beside the ends, or on a phone inside, apart where the ends meet."""
    widest = max(width_of(band.upper.name), width_of(band.lower.name))
    if frame.is_narrow or widest > frame.margin:
        x, css, places = frame.right, "end", _places_inside(frame, upper, lower)
    else:
        x, css, places = frame.right + 12, "", (upper + 5, max(lower, upper + LINE) + 5)
    names = (band.upper.name, band.lower.name)
    for name, y in zip(names, places, strict=True):
        yield Label(name, at(x), at(y), css)


def _places_inside(frame: Frame, upper: float, lower: float) -> tuple[float, float]:
    """Between the edges where there is room, else below both, else above."""
    if lower - upper >= 2 * LINE + 8:
        # Under the lower edge, which comes down to its end, nothing is in the way.
        is_room_below = lower + LINE + 4 <= frame.base
        return upper + LINE, lower + LINE if is_room_below else lower - 8
    if lower + 2 * LINE + 4 <= frame.base:
        return lower + LINE, lower + 2 * LINE
    return upper - LINE - 8, upper - 8
