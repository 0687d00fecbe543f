"""The next 90 days of one module, in words and as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from departments.charts import Band, Chart, Edge, Mark, Table, Tick, band_chart
from departments.forecast import DAYS, Forecast, Outlook
from departments.launches import ComingLaunch, coming_launches
from departments.models import Department
from departments.reports import DepartmentReadiness, ModuleColumn
from departments.reports.forecasts import module_forecast
from departments.reports.reach import MINUTES_A_CHECK
from departments.reports.scheduled import ScheduledChange
from departments.reports.workforce import Workforce
from departments.wording import long_day, short_day
from knowledge.changes import ChangeKind

A_DAY = timedelta(days=1)
DAYS_BETWEEN_TICKS = 30
# That one person's date ends on some day isn't the first thing to say of a team.
FALL_WORTH_TELLING = 2


@dataclass(frozen=True, slots=True)
class ForecastSection:
    """`change` is the next one that is scheduled and asks for the module; `launches` need it."""

    department: str
    column: ModuleColumn
    forecast: Forecast
    change: ScheduledChange | None = None
    launches: Sequence[ComingLaunch] = ()

    @property
    def headline(self) -> str:
        """How many are ready today, and what becomes of it if nobody does anything."""
        today = _("%(ready)s of %(needed)s ready for %(module)s today") % {
            "ready": self.column.tally.ready,
            "needed": self.column.tally.needed,
            "module": self.column.title,
        }
        return f"{today}; {self._fall}." if self._is_worth_telling else f"{today}."

    @property
    def minutes(self) -> int | None:
        """What the change asks of each; `None` where it is the quiz again."""
        is_rewrite = self.change is not None and self.change.kind == ChangeKind.REWRITE
        return None if is_rewrite else MINUTES_A_CHECK

    @property
    def percent(self) -> int | None:
        """The usual pace, where it is known."""
        rate = self.forecast.rate
        return round(rate.share * 100) if rate.is_known else None

    @property
    def chart(self) -> Chart:
        names = {"department": self.department, "module": self.column.title}
        return band_chart(
            "forecast",
            _("People in %(department)s ready for %(module)s, next 90 days") % names,
            self._description,
            Band(
                days=DAYS,
                most=max(step.tally.needed for step in self.forecast.steps),
                lower=Edge(self._if_nobody, self._stairs(least=True)),
                upper=Edge(self._at_usual_pace, self._stairs(least=False)),
                ticks=tuple(self._ticks()),
                marks=tuple(self._marks()),
            ),
            self._table(),
        )

    @property
    def _is_change_cliff(self) -> bool:
        cliff, change = self.forecast.cliff, self.change
        return bool(cliff and change and cliff.on == change.until + A_DAY)

    @property
    def _is_worth_telling(self) -> bool:
        cliff = self.forecast.cliff
        if cliff is None:
            return False
        fall = self.forecast.at(cliff.on - A_DAY).least - cliff.least
        return self._is_change_cliff or fall >= FALL_WORTH_TELLING

    @property
    def _fall(self) -> str:
        cliff = self.forecast.cliff
        if cliff is None:
            return ""
        told = {"people": cliff.least, "day": long_day(cliff.on)}
        if self._is_change_cliff and not cliff.least:
            return _("none on %(day)s if nobody checks the change") % told
        if self._is_change_cliff:
            return _("%(people)s\u00a0on %(day)s if nobody checks the change") % told
        if not cliff.least:
            return _("none on %(day)s if nobody practises") % told
        return _("%(people)s\u00a0on %(day)s if nobody practises") % told

    @property
    def _if_nobody(self) -> str:
        return _("If nobody checks") if self._is_change_cliff else _("If nobody practises")

    @property
    def _at_usual_pace(self) -> str:
        if self.forecast.rate.is_known:
            return _("At our usual pace")
        return _("If everybody keeps at it")

    @property
    def _description(self) -> str:
        """The same in a sentence, for whoever hears it."""
        today = self.forecast.today
        told = _("%(ready)s of %(needed)s today.") % {
            "ready": today.least,
            "needed": today.tally.needed,
        }
        later = self.forecast.cliff or self.forecast.steps[-1]
        ahead = [_between(later)] if later != today else []
        return " ".join([told, *ahead, *map(_launched, self.launches)])

    def _stairs(self, *, least: bool) -> tuple[tuple[int, int], ...]:
        return tuple(
            ((step.on - self.forecast.on).days, step.least if least else step.most)
            for step in self.forecast.steps
        )

    def _ticks(self) -> Sequence[Tick]:
        days = range(DAYS_BETWEEN_TICKS, DAYS + 1, DAYS_BETWEEN_TICKS)
        later = (Tick(day, short_day(self.forecast.on + timedelta(days=day))) for day in days)
        return [Tick(0, _("Today")), *later]

    def _marks(self) -> Sequence[Mark]:
        marks = []
        if self.change:
            words = _("%(day)s v%(version)s") % {
                "day": short_day(self.change.goes_live_on),
                "version": self.change.version,
            }
            marks.append(Mark(self._number(self.change.goes_live_on), (words,), is_soft=True))
        if self._is_worth_telling and self.forecast.cliff:
            marks.append(self._cliff_mark(self.forecast.cliff))
        for day in dict.fromkeys(launch.on for launch in self.launches):
            words = _("%(day)s launch") % {"day": short_day(day)}
            marks.append(Mark(self._number(day), (words,), (_("launch"),), is_soft=True))
        return [mark for mark in marks if 0 < mark.day <= DAYS]

    def _cliff_mark(self, cliff: Outlook) -> Mark:
        why = _("grace is over") if self._is_change_cliff else _("dates have ended")
        short = _("%(day)s: %(least)s to %(most)s") % {
            "day": short_day(cliff.on),
            "least": cliff.least,
            "most": cliff.most,
        }
        return Mark(self._number(cliff.on), (_between(cliff, is_title=True), why), (short, why))

    def _number(self, day: date) -> int:
        return (day - self.forecast.on).days

    def _table(self) -> Table:
        steps = {step.on for step in self.forecast.steps}
        days = sorted({*steps, *(launch.on for launch in self.launches), self.forecast.until})
        rows = [(self._named(day), self.forecast.at(day)) for day in days]
        return Table(
            (_("From"), self._if_nobody, self._at_usual_pace, _("Needed")),
            tuple(
                (name, str(step.least), str(step.most), str(step.tally.needed))
                for name, step in rows
            ),
        )

    def _named(self, day: date) -> str:
        titles = [_("launch of “%s”") % one.title for one in self.launches if one.on == day]
        return ", ".join([table_day(day), *titles])


def forecast_section(
    department: Department,
    column: ModuleColumn,
    scheduled: Sequence[ScheduledChange],
    *,
    on: date,
    workforce: Workforce | None = None,
) -> ForecastSection:
    found = module_forecast(
        department, column.module_id, on=on, scheduled=scheduled, workforce=workforce
    )
    reaching = (one for one in scheduled if one.keys.get(column.module_id))
    launches = coming_launches(column.module_id, on + A_DAY, found.until)
    return ForecastSection(department.name, column, found, next(reaching, None), launches)


def subject_of(
    view: DepartmentReadiness, scheduled: Sequence[ScheduledChange]
) -> ModuleColumn | None:
    """What the page speaks of first: the module that changes next, else what most are to learn."""
    coming = [module for one in scheduled for module in one.keys]
    changing = [column for column in view.columns if column.module_id in coming]
    nearest = min(changing, key=lambda one: coming.index(one.module_id), default=None)
    return nearest or view.headline


def table_day(day: date) -> str:
    return date_format(day, _("D j M"))


def _launched(launch: ComingLaunch) -> str:
    told = {"title": launch.title, "day": long_day(launch.on)}
    return _("“%(title)s” launches on %(day)s.") % told


def _between(step: Outlook, *, is_title: bool = False) -> str:
    told = {"day": long_day(step.on), "least": step.least, "most": step.most}
    if is_title:
        return _("%(day)s: between %(least)s and %(most)s") % told
    return _("On %(day)s between %(least)s and %(most)s.") % told
