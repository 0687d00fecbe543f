"""A claim and its evidence as a chart: what was delivered month by month, against what we say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from customers.charts import Look, Marker, Row, SayDo, axis, say_do_chart
from customers.charts.axes import decimals_of
from customers.intervals import ALL
from customers.models import ProcessChange
from customers.reports.evidence import ClaimEvidence, MonthEvidence, terms_of
from customers.verdicts import Judgement, Verdict
from customers.wording import (
    change_words,
    claim_words,
    counted_sentence,
    counted_words,
    delivered_words,
    direction_words,
    likely_sentence,
    likely_words,
    month_label,
    n_words,
    row_word,
    short_change_words,
    verdict_words,
    with_sign,
)
from departments.charts import Chart, Table
from quizzes.days import month_after

MONTHS_SHOWN = 12
A_DAY = timedelta(days=1)
LOOKS = {
    Verdict.KEPT: Look.GOOD,
    Verdict.FALLING_SHORT: Look.GAP,
    Verdict.TOO_FEW: Look.FEW,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A month of the chart, whether or not anything was counted in it."""

    month: date
    found: MonthEvidence | None

    @property
    def ends_on(self) -> date:
        return self.found.ends_on if self.found else month_after(self.month) - A_DAY


def claim_chart(found: ClaimEvidence, changes: Sequence[ProcessChange]) -> Chart | None:
    """None where nothing was counted."""
    if not found.months:
        return None
    lines = lines_of(found.months)
    title = _("%(claim)s: month by month") % {"claim": found.claim.sentence}
    key = f"say-do-{found.claim.pk}"
    shown = _shown(found, lines, changes)
    return say_do_chart(key, title, _desc(found, changes), shown, _table(found, lines, changes))


def changes_drawn(found: ClaimEvidence, *, on: date) -> tuple[ProcessChange, ...]:
    """Those since the first month that is shown, without what is planned for later."""
    if not found.months:
        return ()
    first = lines_of(found.months)[0].month
    return tuple(change for change in found.changes if first <= change.happens_on <= on)


def lines_of(months: Sequence[MonthEvidence]) -> list[Line]:
    """Twelve calendar months at the most, up to the newest; what is missing stays visible."""
    by_month = {each.month: each for each in months}
    month, newest = min(by_month), max(by_month)
    lines: list[Line] = []
    while month <= newest:
        lines.append(Line(month, by_month.get(month)))
        month = month_after(month)
    return lines[-MONTHS_SHOWN:]


def place_of(change: ProcessChange, lines: Sequence[Line]) -> int:
    """Before the month in which it happened; after the newest, if that was over by then."""
    places = (place for place, line in enumerate(lines) if line.ends_on >= change.happens_on)
    return next(places, len(lines))


def _shown(found: ClaimEvidence, lines: Sequence[Line], changes: Sequence[ProcessChange]) -> SayDo:
    terms, unit = terms_of(found.claim), found.claim.unit
    judged = [line.found.judgement for line in lines if line.found]
    ticks = _ticks(terms.target, judged, is_share=terms.is_share)
    decimals = decimals_of(ticks)
    return SayDo(
        rows=tuple(_row(line, lines[-1].month, unit) for line in lines),
        target=terms.target,
        claim=(
            _("We say: %(claim)s")
            % {"claim": claim_words(terms.target, unit, is_at_least=terms.is_at_least)},
            direction_words(is_higher=terms.is_at_least),
        ),
        ticks=tuple((number, with_sign(number, unit, decimals)) for number in ticks),
        markers=tuple(
            Marker(
                place_of(change, lines),
                said_of(change),
                short_change_words(change.reference, change.happens_on),
            )
            for change in changes
        ),
    )


def _ticks(target: float, judged: Sequence[Judgement], *, is_share: bool) -> list[float]:
    ends = [target, *(end for each in judged for end in (each.low, each.high) if end is not None)]
    least = 0.0 if is_share or min(ends) >= 0 else min(ends)
    return axis(min(ends), max(ends), least=least, most=ALL if is_share else None)


def _row(line: Line, newest: date, unit: str) -> Row:
    if line.found is None:
        label = month_label(line.month, newest=newest, is_part=False)
        return Row(label, _("No reading"))
    judgement = line.found.judgement
    return Row(
        label=month_label(line.month, newest=newest, is_part=line.found.is_part),
        word=row_word(judgement),
        n=n_words(judgement.n),
        value=delivered_words(judgement, unit),
        place=judgement.delivered,
        low=judgement.low or 0.0,
        high=judgement.high or 0.0,
        look=LOOKS.get(judgement.verdict, Look.PLAIN),
    )


def _desc(found: ClaimEvidence, changes: Sequence[ProcessChange]) -> str:
    """What the chart shows in sentences: the verdict, what it rests on, and the changes."""
    sentences = (
        verdict_words(found.judgement, found.since) + ".",
        counted_sentence(found.judgement, found.first_on, found.last_on),
        likely_sentence(found.judgement, found.claim.unit),
        *(said_of(change) + "." for change in changes),
    )
    return " ".join(filter(None, sentences))


def said_of(change: ProcessChange) -> str:
    return change_words(change.reference, change.title, change.happens_on)


def _table(found: ClaimEvidence, lines: Sequence[Line], changes: Sequence[ProcessChange]) -> Table:
    head = (_("Month"), _("Counted"), _("Delivered"), _("Likely"), _("Verdict"))
    newest = lines[-1].month
    rows = [_cells(line, newest, found.claim.unit) for line in lines]
    if not changes:
        return Table(head, tuple(rows))
    words = [""] * (len(lines) + 1)
    for change in changes:
        place = place_of(change, lines)
        words[place] = "; ".join(filter(None, (words[place], said_of(change))))
    told = [(*cells, said) for cells, said in zip(rows, words, strict=False)]
    if words[-1]:
        told.append((_("Since then"), "", "", "", "", words[-1]))
    return Table((*head, _("At the same time")), tuple(told))


def _cells(line: Line, newest: date, unit: str) -> tuple[str, ...]:
    if line.found is None:
        return (month_label(line.month, newest=newest, is_part=False), _("No reading"), "", "", "")
    judgement = line.found.judgement
    return (
        month_label(line.month, newest=newest, is_part=line.found.is_part),
        counted_words(judgement),
        delivered_words(judgement, unit),
        likely_words(judgement, unit),
        row_word(judgement),
    )
