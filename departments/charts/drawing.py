"""A chart as shapes and words at places, in the units of its drawing.

**Guarantee.** What a chart shows stands in its table too. Each chart comes in three drawings, so
that its words keep their size on a desk, a tablet and a phone. Words never cover each other: one
that finds no room beside its mark is left to the table.

Nothing here knows a word of any language: whoever asks for a chart brings all that is written.
Places are text, written with a point whatever the reader's language is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

# The mean width of a letter at 14 units, on the safe side.
LETTER = 7.6
LINE = 18.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place; `css` holds "end" or "mid" where they end, or have their middle, there."""

    text: str
    x: str
    y: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    css: str


@dataclass(frozen=True, slots=True)
class Path:
    """Points joined by straight lines."""

    points: str
    css: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    radius: int = 5
    css: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    css: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing, its parts in the order in which they are laid over each other."""

    size: str
    width: int
    height: int
    grid: tuple[Line, ...] = ()
    areas: tuple[Path, ...] = ()
    bars: tuple[Bar, ...] = ()
    paths: tuple[Path, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The same as rows: the first of each names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`key` begins the ids of its parts, so it is used once a page."""

    key: str
    title: str
    desc: str
    drawings: tuple[Drawing, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of one drawing: where its axes begin and end. `margin` is beside its right end."""

    size: str
    width: int
    height: int
    left: float
    right: float
    top: float
    base: float

    @property
    def is_narrow(self) -> bool:
        return self.size == "narrow"

    @property
    def margin(self) -> float:
        return self.width - self.right

    def across(self, share: float) -> float:
        return self.left + (self.right - self.left) * share

    def up(self, share: float) -> float:
        return self.base - (self.base - self.top) * share

    @property
    def axis(self) -> Line:
        return level(self, self.base, "axis")


def at(place: float) -> str:
    return f"{place:.1f}"


def level(frame: Frame, y: float, css: str = "grid") -> Line:
    return Line(at(frame.left), at(y), at(frame.right), at(y), css)


def upright(x: float, top: float, base: float, css: str) -> Line:
    return Line(at(x), at(top), at(x), at(base), css)


def path(points: Iterable[tuple[float, float]], css: str) -> Path:
    return Path(" ".join(f"{at(x)},{at(y)}" for x, y in points), css)


def whole_ticks(most: int, at_most: int = 4) -> list[int]:
    """Round numbers of people from 0 on, no more than `at_most` steps."""
    sizes = (round_size * 10**power for power in count() for round_size in (1, 2, 4, 5))
    step = next(size for size in sizes if size * at_most >= most)
    return list(range(0, most + 1, step))


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand in a row: from one place to another."""

    row: float
    start: float
    end: float

    def meets(self, other: "Span") -> bool:
        return self.row == other.row and self.start < other.end and other.start < self.end


def width_of(text: str) -> float:
    return len(text) * LETTER


def spans(lines: Sequence[str], rows: Sequence[float], x: float, css: str) -> list[Span]:
    """The room that lines of words take, which begin, or end, at a place."""
    starts = [x - width_of(text) if "end" in css else x for text in lines]
    return [
        Span(row, start, start + width_of(text))
        for text, row, start in zip(lines, rows, starts, strict=False)
    ]
