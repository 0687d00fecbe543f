"""readings.csv: what measures showed, period by period and source by source.

A row whose measure, first day and source are known already and that says something else corrects
what was there: the old reading stays, with the moment at which it was replaced.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.actions.readings import Writing, write_readings
from customers.figures import Figures, count_in, figure_in, figures_of, values_in
from customers.importers.cells import day_in, named_in, number_in, refuse_empty
from customers.importers.sheets import Columns, read_rows
from customers.models import Measure, Reading
from customers.reports.entering import Entered, is_same, objections_to, overlap_with
from customers.reports.telling import figures_in_words, period_in_words
from departments.importers.dates import DateOrder, proven_order
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row
from knowledge.importers.writing import all_or_nothing
from quizzes.days import last_of_month, organisation_day

COLUMNS = Columns(
    ("measure", "from"), ("to", "n", "k", "mean", "deviation", "values", "value", "source", "note")
)

type Series = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """One row whose reading is sound by itself, and what stands in its place so far."""

    line: int
    measure: Measure
    entered: Entered
    stored: Reading | None

    @property
    def outcome(self) -> Outcome:
        if self.stored is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if is_same(self.stored, self.entered) else Outcome.CHANGED


def import_readings(
    path: Path,
    *,
    dry_run: bool = False,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
) -> ImportReport:
    """Raises `ImportRefused` with every fault, having written nothing."""
    at = at or timezone.now()
    faults = FaultList(path.name)
    rows, notes = read_rows(path, COLUMNS, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = plan_readings(rows, organisation_day(at), faults)
        faults.refuse_if_any()
        if not dry_run:
            changing = [plan for plan in plans if plan.outcome is not Outcome.UNCHANGED]
            writings = [Writing(plan.measure, plan.entered, plan.stored) for plan in changing]
            write_readings(writings, by=by, at=at)
    counted = ngettext("%(count)s reading", "%(count)s readings", len(rows)) % {"count": len(rows)}
    entries = tuple(entry_of(plan, path.name) for plan in plans)
    return ImportReport(entries, tuple(notes), is_dry_run=dry_run, counted=counted)


def plan_readings(rows: Sequence[Row], today: date, faults: FaultList) -> list[Planned]:
    # Held, so that nobody enters a reading by hand meanwhile.
    held = Measure.objects.select_for_update(of=("self",)).order_by("pk")
    measures = {measure.reference: measure for measure in held}
    named = {row["measure"] for row in rows}
    stored = _stored(measure for measure in measures.values() if measure.reference in named)
    order = proven_order(text for row in rows for text in (row["from"], row["to"])).order
    plans = []
    for row in rows:
        measure = _measure(row, measures, faults)
        entered = entered_in(row, measure, order, today, faults) if measure else None
        if measure and entered:
            known = stored[measure.pk, entered.source].get(entered.starts_on)
            plans.append(Planned(row.line, measure, entered, known))
    _refuse_doubles(plans, faults)
    _refuse_overlaps(plans, stored, faults)
    return plans


def _stored(measures: Iterable[Measure]) -> Mapping[Series, dict[date, Reading]]:
    series = defaultdict[Series, dict[date, Reading]](dict)
    for reading in Reading.objects.current().filter(measure__in=list(measures)):
        series[reading.measure_id, reading.source][reading.starts_on] = reading
    return series


def _measure(row: Row, measures: Mapping[str, Measure], faults: FaultList) -> Measure | None:
    refuse_empty(row, ["measure"], faults)
    return named_in(row, "measure", measures, faults)


def entered_in(
    row: Row, measure: Measure, order: DateOrder | None, today: date, faults: FaultList
) -> Entered | None:
    """What a row says; None, with faults, where that can't stay as it is."""
    known = len(faults.faults)
    starts_on = day_in(row, "from", order, faults)
    ends_on = _last_day(row, starts_on, order, faults)
    figures = figures_in(row, faults)
    if starts_on is None or ends_on is None or len(faults.faults) > known:
        return None
    source = row["source"] or measure.source
    entered = Entered(starts_on, ends_on, source, figures, row["note"])
    for objection in objections_to(measure, entered, today=today):
        faults.add(row.line, objection.message, objection.remedy)
    return None if len(faults.faults) > known else entered


def _last_day(
    row: Row, starts_on: date | None, order: DateOrder | None, faults: FaultList
) -> date | None:
    """A month's first day without a last one means the whole month."""
    if row["to"]:
        return day_in(row, "to", order, faults)
    if starts_on and starts_on.day == 1:
        return last_of_month(starts_on)
    if starts_on:
        faults.add(row.line, _("“to” is empty."), _("Write the last day, like 2026-09-30."))
    return None


def figures_in(row: Row, faults: FaultList) -> Figures:
    count: Callable[[str], Any] = partial(number_in, row, parse=count_in, faults=faults)
    figure: Callable[[str], Any] = partial(number_in, row, parse=figure_in, faults=faults)
    told = Figures(count("n"), count("k"), figure("mean"), figure("deviation"), figure("value"))
    values = number_in(row, "values", values_in, faults)
    if values and told.are_missing:
        return figures_of(values)
    if values:
        faults.add(
            row.line,
            _("There are the values themselves, and figures that are computed from them."),
            _("Keep “values”, and leave the other figures empty; or the other way round."),
        )
    return told


def _refuse_doubles(plans: Iterable[Planned], faults: FaultList) -> None:
    first: dict[tuple[int, str, date], int] = {}
    for plan in plans:
        key = (plan.measure.pk, plan.entered.source, plan.entered.starts_on)
        line = first.setdefault(key, plan.line)
        if line != plan.line:
            faults.add(
                plan.line,
                _("Line %(line)s has the same measure, first day and source.") % {"line": line},
                _("Keep one of the two rows."),
            )


def _refuse_overlaps(
    plans: Iterable[Planned], stored: Mapping[Series, dict[date, Reading]], faults: FaultList
) -> None:
    """Of each series, as it would be after the import, in the order of days."""
    planned = defaultdict[Series, dict[date, Planned]](dict)
    for plan in plans:
        planned[plan.measure.pk, plan.entered.source][plan.entered.starts_on] = plan
    for series, new in planned.items():
        old = stored[series]
        before: Any = None
        for starts_on in sorted(new.keys() | old.keys()):
            span = new[starts_on].entered if starts_on in new else old[starts_on]
            if before is not None and before.ends_on >= span.starts_on:
                _add_overlap(new.get(starts_on) or new.get(before.starts_on), before, span, faults)
            before = max(before or span, span, key=lambda each: each.ends_on)


def _add_overlap(plan: Planned | None, before: Any, span: Any, faults: FaultList) -> None:
    if plan is None:
        return
    other = before if plan.entered is span else span
    objection = overlap_with(plan.entered, [other])
    if objection:
        faults.add(plan.line, objection.message, objection.remedy)


def entry_of(plan: Planned, file: str) -> Entry:
    period = period_in_words(plan.entered.starts_on, plan.entered.ends_on)
    told = figures_in_words(plan.entered.figures, plan.measure.unit)
    note = ""
    if plan.outcome is Outcome.CHANGED and plan.stored:
        was = figures_in_words(plan.stored, plan.measure.unit)
        note = _("Corrects %(was)s, which stays in the history.") % {"was": was}
    name = f"{plan.measure.name}: {period}"
    return Entry(name, plan.outcome, note, kind=told, file=file, line=plan.line)
