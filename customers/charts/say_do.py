"""What was delivered against what is claimed: a dot and its interval for each month.

The claim is a line from top to bottom. A row says its month, of how many it was counted, and at its
end the verdict. A change in how a department works is a line across, with a row of its own, so that
its words cover nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from departments.charts.drawing import (
    Chart,
    Dot,
    Drawing,
    Frame,
    Label,
    Line,
    Table,
    at,
    level,
    upright,
    width_of,
)

ROW = 38
# On a phone the words of a row stand over its dot.
NARROW_ROW = 50
MARKER = 28
TOP = 52
UNDER = 40
# The two rows of words over the claim's line.
CLAIM_ROWS = (24.0, 41.0)
RADIUS = 6
NEAR = 12.0
ROOMS = (
    ("wide", 1120, 150, 930),
    ("mid", 700, 140, 520),
    ("narrow", 330, 14, 314),
)


class Look(StrEnum):
    """How a row is drawn: its dot and its word. Nothing is told by this alone."""

    PLAIN = ""
    GOOD = "good"
    GAP = "gap"
    FEW = "few"


WORD_CSS = {Look.GOOD: "t-ready", Look.GAP: "t-gap"}
MARK_CSS = {Look.GAP: " is-gap", Look.FEW: " is-few"}


@dataclass(frozen=True, slots=True)
class Row:
    """A month: `n` and `value` as they are written; without `place`, nothing was counted."""

    label: str
    word: str
    n: str = ""
    value: str = ""
    place: float | None = None
    low: float = 0.0
    high: float = 0.0
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Marker:
    """What happened before the row of that number, in words and in fewer words."""

    before: int
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class SayDo:
    """`ticks` are numbers of the claim's unit, and how they are written, from end to end."""

    rows: tuple[Row, ...]
    target: float
    claim: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    markers: tuple[Marker, ...] = ()

    def share(self, number: float) -> float:
        """How far along the axis a number stands."""
        first, last = self.ticks[0][0], self.ticks[-1][0]
        return (number - first) / (last - first)


@dataclass(frozen=True, slots=True)
class Slot:
    """The room of a row or of a marker."""

    y: float
    shown: Row | Marker


def say_do_chart(key: str, title: str, desc: str, shown: SayDo, table: Table) -> Chart:
    drawings = tuple(_drawn(*room, shown) for room in ROOMS)
    return Chart(key, title, desc, drawings, table)


def _drawn(size: str, width: int, left: float, right: float, shown: SayDo) -> Drawing:
    slots, base = _slots(shown, NARROW_ROW if size == "narrow" else ROW)
    height = round(base) + UNDER
    frame = Frame(size, width, height, left=left, right=right, top=TOP, base=base)
    rows = [(slot.y, slot.shown) for slot in slots if isinstance(slot.shown, Row)]
    markers = [(slot.y, slot.shown) for slot in slots if isinstance(slot.shown, Marker)]
    claim = frame.across(shown.share(shown.target))
    return Drawing(
        size,
        width,
        height,
        grid=tuple(_across(frame, shown, number) for number, _text in shown.ticks),
        lines=(
            *(_change_line(frame, y) for y, _marker in markers),
            upright(claim, TOP - 4, base, "claim"),
            level(frame, base, "axis"),
            *(line for y, row in rows for line in _interval(frame, shown, y, row)),
        ),
        dots=tuple(dot for y, row in rows for dot in _dot(frame, shown, y, row)),
        labels=(
            *_ticks(frame, shown),
            *_claim(frame, shown, claim),
            *(label for y, row in rows for label in _words(frame, y, row)),
            *(label for y, row in rows for label in _value(frame, shown, y, row)),
            *(label for y, marker in markers for label in _change(frame, y, marker)),
        ),
    )


def _slots(shown: SayDo, row_height: float) -> tuple[list[Slot], float]:
    """From top to bottom, and where they end."""
    slots: list[Slot] = []
    y = float(TOP)
    for place in range(len(shown.rows) + 1):
        for marker in shown.markers:
            if marker.before == place:
                slots.append(Slot(y, marker))
                y += MARKER
        if place < len(shown.rows):
            slots.append(Slot(y, shown.rows[place]))
            y += row_height
    return slots, y


def _across(frame: Frame, shown: SayDo, number: float) -> Line:
    return upright(frame.across(shown.share(number)), frame.top, frame.base, "grid")


def _middle(frame: Frame, y: float) -> float:
    """Where in a row the dot stands."""
    return y + (34 if frame.is_narrow else ROW / 2)


def _interval(frame: Frame, shown: SayDo, y: float, row: Row) -> Iterator[Line]:
    if row.place is not None:
        low, high = (frame.across(shown.share(end)) for end in (row.low, row.high))
        middle = at(_middle(frame, y))
        yield Line(at(low), middle, at(high), middle, f"interval{MARK_CSS.get(row.look, '')}")


def _dot(frame: Frame, shown: SayDo, y: float, row: Row) -> Iterator[Dot]:
    if row.place is not None:
        x = frame.across(shown.share(row.place))
        yield Dot(at(x), at(_middle(frame, y)), RADIUS, MARK_CSS.get(row.look, "").strip())


def _words(frame: Frame, y: float, row: Row) -> Iterator[Label]:
    """Month and n at the left, the verdict at the end."""
    baseline = at(y + 16 if frame.is_narrow else _middle(frame, y) + 5)
    css = WORD_CSS.get(row.look, "")
    yield Label(row.label, at(0), baseline, "t-strong t-over")
    if frame.is_narrow:
        yield Label(row.n, at(width_of(row.label) + 12), baseline, "t-over")
        yield Label(row.word, at(frame.width), baseline, f"{css} t-over end".strip())
    else:
        yield Label(row.n, at(frame.left - 14), baseline, "end")
        yield Label(row.word, at(frame.right + 30), baseline, css)


def _value(frame: Frame, shown: SayDo, y: float, row: Row) -> Iterator[Label]:
    """Behind the interval or before it, off the claim's line where there is a choice; what has no
    room is told by the table."""
    if row.place is None:
        return
    low, high = (frame.across(shown.share(end)) for end in (row.low, row.high))
    claim = frame.across(shown.share(shown.target))
    wide = width_of(row.value)
    starts = [
        start
        for start in (high + NEAR, low - NEAR - wide)
        if frame.left <= start and start + wide <= min(frame.right + 2 * NEAR, frame.width)
    ]
    for start in sorted(starts, key=lambda start: start - NEAR < claim < start + wide + NEAR)[:1]:
        yield Label(row.value, at(start + wide), at(_middle(frame, y) + 5), "t-over end")


def _change_line(frame: Frame, y: float) -> Line:
    return Line(at(0), at(y + 4), at(frame.right), at(y + 4), "change-line")


def _change(frame: Frame, y: float, marker: Marker) -> Iterator[Label]:
    """What has no room is told by the table."""
    x = 0.0 if frame.is_narrow else frame.left + 10
    for text in (marker.text, marker.short):
        if x + width_of(text) <= frame.width:
            yield Label(text, at(x), at(y + 21), "t-change t-over")
            return


def _ticks(frame: Frame, shown: SayDo) -> Iterator[Label]:
    """As many as have room beside each other, from the first on."""
    limit = 0.0
    for number, text in shown.ticks:
        half = width_of(text) / 2
        middle = min(max(frame.across(shown.share(number)), half), frame.width - half)
        if middle - half >= limit:
            yield Label(text, at(middle), at(frame.base + 24), "mid")
            limit = middle + half + 6


def _claim(frame: Frame, shown: SayDo, x: float) -> Iterator[Label]:
    for place, (text, y) in enumerate(zip(shown.claim, CLAIM_ROWS, strict=False)):
        half = width_of(text) / 2
        middle = min(max(x, half), frame.width - half)
        yield Label(text, at(middle), at(y), "mid" if place else "t-strong mid")
