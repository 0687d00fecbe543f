"""Every reading of a promise's measures, with those that were corrected, the newest month first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from customers.models import Measure, Reading
from customers.reports.telling import figures_in_words, period_in_words
from customers.wording import with_unit
from knowledge.models import PromisePage


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading in words; of a share, also how many per cent it is."""

    reading: Reading
    period: str
    told: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class MonthLines:
    month: date
    lines: tuple[ReadingLine, ...]


@dataclass(frozen=True, slots=True)
class History:
    measure: Measure
    months: tuple[MonthLines, ...]

    @property
    def is_empty(self) -> bool:
        return not self.months


def measures_of(promise: PromisePage) -> list[Measure]:
    """Those that judge its claims, and those that tell about it otherwise; one query."""
    about = Q(claim__promise=promise) | Q(promise=promise)
    measures = Measure.objects.filter(about).select_related("claim", "owner")
    return list(measures.order_by("claim__sort_order", "name"))


def histories_of(measures: Iterable[Measure]) -> dict[int, History]:
    """By the measures' keys; one query."""
    measures = list(measures)
    of_measure = defaultdict[int, list[Reading]](list)
    readings = Reading.objects.filter(measure__in=measures).select_related("entered_by")
    for reading in readings.order_by("-starts_on", "source", "-entered_at", "-pk"):
        of_measure[reading.measure_id].append(reading)
    return {
        measure.pk: History(measure, tuple(_months(measure, of_measure[measure.pk])))
        for measure in measures
    }


def _months(measure: Measure, readings: list[Reading]) -> Iterable[MonthLines]:
    for month, rows in groupby(readings, key=lambda each: each.starts_on.replace(day=1)):
        yield MonthLines(month, tuple(line_of(measure, row) for row in rows))


def line_of(measure: Measure, reading: Reading) -> ReadingLine:
    return ReadingLine(
        reading,
        period_in_words(reading.starts_on, reading.ends_on),
        figures_in_words(reading, measure.unit),
        share_of(reading),
    )


def share_of(reading: Reading) -> str:
    """ "97.7%", to one decimal; nothing where it is no share."""
    if reading.k is None or not reading.n:
        return ""
    return with_unit(100 * reading.k / reading.n, "%", 1)
