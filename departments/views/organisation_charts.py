"""The words of the organisation's charts, and what they show."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from departments.charts import (
    Band,
    Chart,
    Edge,
    Point,
    Table,
    Tick,
    Trend,
    band_chart,
    trend_chart,
)
from departments.forecast import DAYS
from departments.reports.organisation import Month, Overview
from departments.steps import figures_on, kept_at_most
from departments.wording import full_day, short_day

LEVELS = (0, 0.25, 0.5, 0.75, 1)
TICK_DAYS = (0, 30, 60, DAYS)


def months_chart(overview: Overview) -> Chart:
    """The share of needed modules that people were ready for."""
    points = tuple(Point(_short(month.ends_on), _share(month)) for month in overview.months)
    trend = Trend(
        points=points,
        levels=tuple((level, _percent(level)) for level in LEVELS),
        newest=tuple(_newest(overview.months[-1])),
    )
    known = [month for month in overview.months if month.needed]
    return trend_chart(
        "months",
        _("Share of needed modules that people were ready for, 12 months"),
        _("%(first)s, and %(last)s.") % {"first": _told(known[0]), "last": _told(known[-1])}
        if known
        else _("Nothing is known yet."),
        trend,
        Table(
            head=(_("Month’s end"), _("Ready"), _("Needed"), _("Share")),
            rows=tuple(_row(month) for month in overview.months),
        ),
    )


def ahead_chart(overview: Overview) -> Chart:
    """The least there will be if nobody does anything, and the most if everybody keeps her date."""
    last = overview.on + timedelta(days=DAYS)
    steps = [step for step in overview.ahead if step[0] <= last]
    kept = kept_at_most(tuple(steps))
    end, most = figures_on(steps, last), kept[-1][1]
    lower = [((day - overview.on).days, figures.ready) for day, figures in steps]
    upper = [((day - overview.on).days, people) for day, people in kept]
    ticks = (overview.on + timedelta(days=days) for days in TICK_DAYS)
    band = Band(
        days=DAYS,
        most=max(figures.needed for _day, figures in steps),
        lower=Edge(_("if nobody practises"), tuple(lower)),
        upper=Edge(_("if all practise"), tuple(upper)),
        ticks=tuple(Tick(days, short_day(day)) for days, day in zip(TICK_DAYS, ticks, strict=True)),
    )
    words = {"least": end.ready, "most": most, "needed": end.needed, "day": short_day(last)}
    return band_chart(
        "ahead",
        _("How many will be ready, the next 90 days"),
        _("On %(day)s, %(least)s of %(needed)s if nobody practises, %(most)s if all do.") % words,
        band,
        Table(
            head=(_("From"), _("If nobody practises"), _("If all practise"), _("Needed")),
            rows=tuple(
                (short_day(day), str(figures.ready), str(people), str(figures.needed))
                for (day, figures), (_same, people) in zip(steps, kept, strict=True)
            ),
        ),
    )


def _share(month: Month) -> float | None:
    return (month.ready or 0) / month.needed if month.needed else None


def _newest(month: Month) -> Iterator[str]:
    share = _share(month)
    if share is not None:
        yield _("%(share)s today") % {"share": _percent(share)}
        yield _("%(ready)s of %(needed)s needed") % {"ready": month.ready, "needed": month.needed}


def _row(month: Month) -> tuple[str, ...]:
    share = _share(month)
    if share is None:
        return (full_day(month.ends_on), "–", "–", _("Not known"))
    return (full_day(month.ends_on), str(month.ready), str(month.needed), _percent(share))


def _told(month: Month) -> str:
    words = {"share": _percent(_share(month) or 0), "day": full_day(month.ends_on)}
    return _("%(share)s on %(day)s") % words


def _percent(share: float) -> str:
    # Translators: a share, as 82%.
    return _("%(number)s%%") % {"number": int(share * 100)}


def _short(day: date) -> str:
    return date_format(day, "M")
