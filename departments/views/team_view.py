"""What a head asked to see of her team, read from the address: the same for page and files."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Revision

from departments.models import Department, Need, RosterSync
from departments.models.organisation import DepartmentQuerySet
from departments.reports import DepartmentReadiness, department_readiness
from departments.reports.forecasts import workforce_ahead
from departments.reports.workforce import Workforce
from departments.views.narrowing import Narrowing, narrowing_of
from departments.wording import STATE_WORDS
from quizzes.days import organisation_day, organisation_today

# After so many days the list of people is told with its age.
FRESH_DAYS = 7
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class TeamView:
    """A department that the reader leads, on the day that she chose, and what her filters leave.

    `workforce` is that of the days from today on, where the day is today.
    """

    department: Department
    today: date
    report: DepartmentReadiness
    narrowing: Narrowing
    day_problem: str
    workforce: Workforce | None = None

    @property
    def shown(self) -> DepartmentReadiness:
        return self.narrowing.of(self.report)

    @property
    def only(self) -> str:
        """The filters in words; empty where all is shown."""
        modules = self.narrowing.modules
        titles = [each.title for each in self.report.columns if each.slug in modules]
        state, part = self.narrowing.state, self.narrowing.part
        names = {row.department_id: row.department_name for row in self.report.rows}
        told = [str(STATE_WORDS[state]) if state else "", names.get(part, "") if part else ""]
        return "; ".join(filter(None, [*titles, *told]))

    @property
    def file_name(self) -> str:
        told = (self.report.name, self.report.on.isoformat(), self.only)
        return slugify("-".join(filter(None, told)))[:LONGEST_NAME]

    @property
    def is_change_scheduled(self) -> bool:
        return bool(getattr(self.department, "is_change_scheduled", True))

    @property
    def has_open_needs(self) -> bool:
        return bool(getattr(self.department, "has_open_needs", True))

    @property
    def people_list_from(self) -> date | None:
        """The day of the list of people, where it is an old one.

        It is as old as the newest file or directory that was read; where people have never been
        read, it is written by hand and has no age.
        """
        read_at = getattr(self.department, "people_read_at", None)
        read_on = organisation_day(read_at) if read_at else None
        return read_on if read_on and read_on < self.today - timedelta(days=FRESH_DAYS) else None


def team_view(request: HttpRequest, pk: int) -> TeamView:
    """A department that the reader doesn't lead isn't there."""
    today = organisation_today()
    department = led_by(request, pk, today)
    on, problem = day_in(request.GET.get("on", "").strip(), today)
    workforce = workforce_ahead(department, on=today) if on == today else None
    report = department_readiness(department, on=on, workforce=workforce)
    return TeamView(
        department, today, report, narrowing_of(request.GET, report), problem, workforce
    )


def led_by(request: HttpRequest, pk: int, today: date) -> Department:
    """One query."""
    if not request.user.is_authenticated:
        raise Http404
    headed = departments_annotated().headed_by(request.user, on=today)
    department: Department = get_object_or_404(headed, pk=pk)
    return department


@cache
def departments_annotated() -> DepartmentQuerySet:
    """With when the list of people was read, whether any change waits to go live, and whether
    anything is open between each and others.

    Never read itself. It is always the same, and building it takes longer than asking it.
    """
    read = RosterSync.objects.filter(is_applied=True).order_by("-at").values("at")[:1]
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    key = models.OuterRef("pk")
    needs = Need.objects.filter(models.Q(department=key) | models.Q(supplier=key), closed_at=None)
    departments: DepartmentQuerySet = Department.objects.annotate(
        people_read_at=models.Subquery(read),
        is_change_scheduled=models.Exists(waiting),
        has_open_needs=models.Exists(needs),
    )
    return departments


def day_in(text: str, today: date) -> tuple[date, str]:
    """The day that is meant; otherwise today, and a sentence that says so."""
    if not text:
        return today, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        told = _("“%(text)s” isn’t a day. Write it like %(day)s. What you see is today.")
        return today, told % {"text": text[:40], "day": today.isoformat()}
