"""The months' answers in words, as rows, as data and as a chart: one telling for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.beliefs import Answer, Told
from departments.charts import Chart, Parts, Table, parts_chart
from departments.charts import Month as Bar
from departments.models import Belief, TeamBelief
from departments.reports.pulse import Month
from knowledge.models import PromisePage

MONTHS_DRAWN = 6
NEARLY_ALL = {
    Answer.YES: gettext_lazy("Nearly everyone said yes"),
    Answer.NOT_YET: gettext_lazy("Nearly everyone said not yet"),
    Answer.NO: gettext_lazy("Nearly everyone said no"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One group's line: `counts` are yes, not yet and no, where they may be told."""

    name: str
    n: int
    counts: tuple[int, int, int] | None
    words: str


@dataclass(frozen=True, slots=True)
class PromiseMonths:
    """A promise and its months, the newest first, with the chart of those that can be drawn."""

    promise: PromisePage
    months: tuple[Month, ...]
    chart: Chart | None


def by_promise(months: Iterable[Month]) -> list[PromiseMonths]:
    """The promise that was asked about last comes first."""
    months = list(months)
    promises = {month.promise.pk: month.promise for month in months}
    return [
        PromiseMonths(promise, own := tuple(m for m in months if m.promise.pk == pk), drawn(own))
        for pk, promise in promises.items()
    ]


def drawn(months: Sequence[Month]) -> Chart | None:
    told = [month for month in months if month.total]
    return belief_chart(told) if told else None


def words_of(told: Told | None) -> str:
    if told is None:
        return _("Not enough answers to show")
    if told.nearly_all:
        return str(NEARLY_ALL[told.nearly_all])
    if told.said is None:
        return _("not told, to keep small groups safe")
    return _("%(yes)s of %(n)s said yes") % {"yes": told.said.yes, "n": told.n}


def rows_of(month: Month) -> list[Row]:
    """The total, then the departments, the other teams at the end."""
    if month.total is None:
        return []
    rows = [row_of(group.name or _("Other teams"), group.told) for group in month.groups]
    return [row_of(_("Everybody"), month.total), *rows]


def row_of(name: str, told: Told) -> Row:
    return Row(name, told.n, told.said.counts if told.said else None, words_of(told))


def month_name(month: Month) -> str:
    """ "November 2026"."""
    return f"{MONTHS[month.pulse.month.month]} {month.pulse.month.year}"


def pulse_data(months: Iterable[Month]) -> dict[str, Any]:
    return {"months": [data_of(month) for month in months]}


def data_of(month: Month) -> dict[str, Any]:
    return {
        "month": month.pulse.month.strftime("%Y-%m"),
        "promise": month.promise.slug,
        "asked": month.asked,
        "of_ten": month.of_ten,
        "groups": [
            {
                "name": row.name,
                "answers": row.n,
                "counts": dict(zip(Belief.values, row.counts, strict=True)) if row.counts else None,
                "words": row.words,
            }
            for row in rows_of(month)
        ],
        "would_have_to_be_true": list(month.words),
        "agreed_by_teams": [agreed_data(belief) for belief in month.teams],
    }


def agreed_data(belief: TeamBelief) -> dict[str, Any]:
    return {
        "name": belief.department.name,
        "belief": belief.belief,
        "of_ten": belief.of_ten,
        "sentence": belief.sentence,
        "signed_by": str(belief.signed_by or ""),
        "agreed_on": belief.agreed_on.isoformat(),
    }


def belief_chart(months: Sequence[Month]) -> Chart:
    """The newest months that are told, the oldest of them first."""
    shown = list(months[:MONTHS_DRAWN])[::-1]
    promise = shown[0].promise
    title = _("Who would stake their name on %(promise)s, by month") % {"promise": promise.title}
    desc = "; ".join(f"{month_name(month)}: {words_of(month.total)}" for month in shown) + "."
    bars = tuple(bar_of(month) for month in shown)
    return parts_chart(f"belief-{promise.pk}", title, desc, Parts(names(), bars), table_of(shown))


def bar_of(month: Month) -> Bar:
    label = str(MONTHS_3[month.pulse.month.month]).capitalize()
    total = month.total
    if total is None or total.said is None:
        return Bar(label, words=words_of(total))
    return Bar(label, total.said.counts, _("of %(n)s") % {"n": total.n})


def table_of(months: Sequence[Month]) -> Table:
    head = (_("Month"), *names(), _("Answers"))
    return Table(head, tuple(table_row(month) for month in months))


def table_row(month: Month) -> tuple[str, ...]:
    total = month.total
    counts = total.said.counts if total and total.said else ("–", "–", "–")
    answers = str(total.n) if total else ""
    return (month_name(month), *map(str, counts), answers)


def names() -> tuple[str, str, str]:
    yes, not_yet, no = (str(label) for label in Belief.labels)
    return yes, not_yet, no
