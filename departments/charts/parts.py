"""Bars of three parts, one for each month: what people answered, as shares of all answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from departments.charts.drawing import Bar, Chart, Drawing, Frame, Label, Table, at, width_of

# The height of one row, and of the bar in it.
ROW = 34
BAR = 22
HEAD = 28


@dataclass(frozen=True, slots=True)
class Month:
    """One bar: how many gave each of the three answers, or, where they are hidden, `words` that
    say why. `note` stands at its end."""

    label: str
    counts: tuple[int, int, int] | None = None
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """`names` are what the three parts are, from left to right."""

    names: tuple[str, str, str]
    months: tuple[Month, ...]


def parts_chart(key: str, title: str, desc: str, parts: Parts, table: Table) -> Chart:
    drawings = tuple(_drawn(frame, parts) for frame in _frames(len(parts.months)))
    return Chart(key, title, desc, drawings, table)


def _frames(months: int) -> list[Frame]:
    height = HEAD + months * ROW
    rooms = (("wide", 1120, 90, 980), ("mid", 700, 80, 600), ("narrow", 330, 54, 272))
    return [
        Frame(size, width, height, left=left, right=right, top=HEAD, base=height)
        for size, width, left, right in rooms
    ]


def _drawn(frame: Frame, parts: Parts) -> Drawing:
    rows = list(enumerate(parts.months))
    return Drawing(
        frame.size,
        frame.width,
        frame.height,
        bars=tuple(bar for place, month in rows for bar in _bars(frame, place, month)),
        labels=(
            *_names(frame, parts),
            *(label for place, month in rows for label in _labels(frame, place, month)),
        ),
    )


def _names(frame: Frame, parts: Parts) -> Iterator[Label]:
    """Over the bars: each in the place of its part."""
    places = ((frame.left, ""), (frame.across(0.5), "mid"), (frame.right, "end"))
    for number, (name, (x, css)) in enumerate(zip(parts.names, places, strict=True), 1):
        yield Label(name, at(x), at(HEAD - 10), f"t-part t-part--{number} {css}".strip())


def _bars(frame: Frame, place: int, month: Month) -> Iterator[Bar]:
    for number, (start, width) in enumerate(_shares(frame, month), 1):
        y = HEAD + place * ROW
        if width:
            yield Bar(at(start), at(y), at(width), str(BAR), f"part part--{number}")


def _labels(frame: Frame, place: int, month: Month) -> Iterator[Label]:
    y = at(HEAD + place * ROW + 16)
    yield Label(month.label, at(frame.left - 8), y, "end")
    if month.words:
        yield Label(month.words, at(frame.left), y)
    if month.note:
        yield Label(month.note, at(frame.right + 8), y)
    for number, (start, width) in enumerate(_shares(frame, month), 1):
        text = str(month.counts[number - 1]) if month.counts else ""
        if width_of(text) + 6 <= width:
            css = f"t-in-part t-in-part--{number} mid"
            yield Label(text, at(start + width / 2), y, css)


def _shares(frame: Frame, month: Month) -> list[tuple[float, float]]:
    """Where each part begins, and how wide it is."""
    if month.counts is None or not sum(month.counts):
        return []
    unit = (frame.right - frame.left) / sum(month.counts)
    widths = [count * unit for count in month.counts]
    starts = [frame.left, *(frame.left + end for end in accumulate(widths))]
    return list(zip(starts, widths, strict=False))
