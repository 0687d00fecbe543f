"""What else is measured around a promise, over time: costs, calls, duplicates.

All charts of a promise are drawn over the same months, so that a change is one line through all of
them. The line says "at the same time", never "because".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from customers.charts import Moment, Point, Run, axis, run_chart
from customers.charts.axes import decimals_of
from customers.intervals import ALL
from customers.models import Measure, ProcessChange, Reading
from customers.reports.evidence import readings_of
from customers.reports.marks import Marks, marks_of
from customers.reports.say_do import MONTHS_SHOWN, said_of
from customers.verdicts import Counted, is_stale
from customers.wording import (
    decimals_written,
    figure,
    month_label,
    short_change_words,
    with_sign,
    with_unit,
)
from departments.charts import Chart, Table
from knowledge.models import PromisePage
from quizzes.days import month_after

A_DAY = timedelta(days=1)
# Where the lowest is more than this share of the highest, the axis begins above nothing.
NEAR = 0.8
# Shares and means below this are told to one decimal.
SMALL = 10


@dataclass(frozen=True, slots=True)
class Window:
    """The months that are drawn: from the first day of the first to the last day of the last."""

    starts_on: date
    ends_on: date

    def share(self, day: date) -> float:
        """How far along a day begins."""
        return (day - self.starts_on).days / ((self.ends_on - self.starts_on).days + 1)

    def middle(self, starts_on: date, ends_on: date) -> float:
        return (self.share(starts_on) + self.share(ends_on + A_DAY)) / 2

    @property
    def months(self) -> list[date]:
        found = [self.starts_on]
        while (following := month_after(found[-1])) <= self.ends_on:
            found.append(following)
        return found


@dataclass(frozen=True, slots=True)
class MeasureRun:
    """One measure over time; of a newest month that isn't over, `part_on` is how far it goes."""

    measure: Measure
    readings: tuple[Reading, ...]
    changes: tuple[ProcessChange, ...]
    chart: Chart
    last_on: date
    is_stale: bool

    @property
    def has_markers(self) -> bool:
        return bool(self.changes)

    @property
    def part_on(self) -> date | None:
        newest = self.readings[-1]
        return newest.ends_on if is_part(newest) else None


def runs_of(promise: PromisePage, *, on: date) -> list[MeasureRun]:
    """Those that judge none of its claims, and have readings, in the order in which they were set
    up; four queries."""
    beside = Measure.objects.filter(promise=promise).exclude(claim__promise=promise)
    measures = list(beside.order_by("pk"))
    readings = readings_of(measures, on=on)
    window = window_of(reading for measure in measures for reading in readings[measure.pk])
    if window is None:
        return []
    marks = marks_of([promise.pk], [measure.pk for measure in measures])
    drawn = (_run(measure, readings[measure.pk], window, marks, on) for measure in measures)
    return [run for run in drawn if run]


def window_of(readings: Iterable[Reading]) -> Window | None:
    """Twelve calendar months at the most, up to the newest reading."""
    days = [(reading.starts_on, reading.ends_on) for reading in readings]
    if not days:
        return None
    starts_on = min(first for first, _last in days).replace(day=1)
    ends_on = month_after(max(last for _first, last in days)) - A_DAY
    return Window(Window(starts_on, ends_on).months[-MONTHS_SHOWN:][0], ends_on)


def figure_of(reading: Reading) -> float:
    """A share in per cent, a mean, or a single figure."""
    if reading.k is not None:
        return ALL * reading.k / max(reading.n or 0, 1)
    return float(reading.value or 0) if reading.mean is None else float(reading.mean)


def is_part(reading: Reading) -> bool:
    return Counted(reading.starts_on, reading.ends_on, ()).is_part


def _run(
    measure: Measure, readings: Sequence[Reading], window: Window, marks: Marks, on: date
) -> MeasureRun | None:
    shown = tuple(each for each in readings if each.starts_on >= window.starts_on)
    if not shown:
        return None
    changes = tuple(
        change
        for change in marks.of(measure.promise_id, measure.pk)
        if window.starts_on <= change.happens_on <= min(on, window.ends_on)
    )
    decimals = _decimals(shown)
    chart = run_chart(
        key=f"run-{measure.pk}",
        title=_("%(measure)s: month by month") % {"measure": measure.name},
        desc=_desc(shown, changes, measure.unit, decimals),
        run=_drawn(shown, changes, window, measure.unit, decimals),
        table=_table(shown, changes, measure.unit, decimals),
    )
    last_on = max(reading.ends_on for reading in shown)
    return MeasureRun(measure, shown, changes, chart, last_on, is_stale(last_on, on=on))


def _decimals(readings: Sequence[Reading]) -> int:
    """As many for all of them: of single figures as were written, of others as they bear."""
    if all(reading.value is not None for reading in readings):
        return max(decimals_written(figure_of(reading)) for reading in readings)
    return int(max(figure_of(reading) for reading in readings) < SMALL)


def _drawn(
    readings: Sequence[Reading],
    changes: Sequence[ProcessChange],
    window: Window,
    unit: str,
    decimals: int,
) -> Run:
    figures = [figure_of(reading) for reading in readings]
    ticks = _ticks(figures)
    shown = decimals_of(ticks)
    first, room = ticks[0], ticks[-1] - ticks[0]
    part = {reading.starts_on.replace(day=1) for reading in readings if is_part(reading)}
    return Run(
        points=tuple(
            Point(_middle(reading, window), (number - first) / room, is_part(reading))
            for reading, number in zip(readings, figures, strict=True)
        ),
        levels=tuple(((tick - first) / room, with_sign(tick, unit, shown)) for tick in ticks),
        months=tuple(
            Moment(
                window.middle(month, month_after(month) - A_DAY),
                month_label(month, newest=window.months[-1], is_part=month in part),
            )
            for month in window.months
        ),
        newest=with_sign(figures[-1], unit, decimals),
        markers=tuple(
            Moment(
                window.share(change.happens_on),
                said_of(change),
                short_change_words(change.reference, change.happens_on),
            )
            for change in changes
        ),
    )


def _middle(reading: Reading, window: Window) -> float:
    """Of a month, also of one that isn't over, the middle of the month."""
    is_of_month = reading.starts_on.day == 1 and reading.ends_on < month_after(reading.starts_on)
    ends_on = month_after(reading.starts_on) - A_DAY if is_of_month else reading.ends_on
    return window.middle(reading.starts_on, ends_on)


def _ticks(figures: Sequence[float]) -> list[float]:
    least, most = min(figures), max(figures)
    if 0 <= least <= NEAR * most:
        least = 0.0
    return axis(least, most, least=min(least, 0.0))


def _desc(
    readings: Sequence[Reading], changes: Sequence[ProcessChange], unit: str, decimals: int
) -> str:
    newest = readings[-1].starts_on
    told = (
        _("%(month)s: %(figure)s")
        % {
            "month": month_label(each.starts_on, newest=newest, is_part=is_part(each)),
            "figure": with_unit(figure_of(each), unit, decimals),
        }
        for each in readings
    )
    return "; ".join((*told, *map(said_of, changes))) + "."


def _table(
    readings: Sequence[Reading], changes: Sequence[ProcessChange], unit: str, decimals: int
) -> Table:
    newest = readings[-1].starts_on
    has_n = any(reading.n is not None for reading in readings)
    head = [_("Month"), _("Figure"), *([_("n")] if has_n else []), _("Source")]
    rows = [
        [
            month_label(each.starts_on, newest=newest, is_part=is_part(each)),
            with_unit(figure_of(each), unit, decimals),
            *([figure(each.n or 0)] if has_n else []),
            each.source,
        ]
        for each in readings
    ]
    if changes:
        head.append(_("At the same time"))
        for place, row in enumerate(rows):
            row.append("; ".join(said_of(each) for each in _within(place, readings, changes)))
    return Table(tuple(head), tuple(map(tuple, rows)))


def _within(
    place: int, readings: Sequence[Reading], changes: Sequence[ProcessChange]
) -> list[ProcessChange]:
    """Those from a reading's first day to the next one's; of the newest, all that came later."""
    starts_on = readings[place].starts_on if place else date.min
    is_newest = place + 1 == len(readings)
    until = date.max if is_newest else readings[place + 1].starts_on
    return [each for each in changes if starts_on <= each.happens_on < until]
