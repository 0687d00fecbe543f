from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.actions.rolling import roll_up_for_a_page
from departments.charts import Chart
from departments.exports import csv_file, organisation_csv
from departments.models import Department
from departments.permissions import may_compare_departments
from departments.reports.organisation import Overview, overview
from departments.reports.sums import MONTHS, month_ends
from departments.views.organisation_charts import ahead_chart, months_chart
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked to see; without a department there is none yet."""

    overview: Overview | None
    is_fresh: bool
    sees_departments: bool
    past_days: tuple[date, ...]

    @property
    def charts(self) -> Iterator[tuple[str, Chart]]:
        if self.overview and self.overview.months:
            yield "months", months_chart(self.overview)
        if self.overview and self.overview.ahead:
            yield "ahead", ahead_chart(self.overview)


@require_safe
def organisation_detail(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    asked = asked_by(request, pk)
    context = {
        "asked": asked,
        "view": asked.overview,
        "charts": dict(asked.charts),
        "now": timezone.now(),
        "query": request.GET.urlencode(),
    }
    return render(request, "departments/organisation.html", context)


@require_safe
def organisation_export(request: HttpRequest, pk: int | None = None) -> StreamingHttpResponse:
    """The table of the page, line by line."""
    asked = asked_by(request, pk)
    if asked.overview is None:
        raise Http404
    name = f"{slugify(asked.overview.name)}-{asked.overview.on.isoformat()}"
    return csv_file(organisation_csv(asked.overview), name)


def asked_by(request: HttpRequest, pk: int | None) -> Asked:
    """All colleagues may see the organisation's totals; departments, whoever leads or steers."""
    person, now = colleague(request), timezone.now()
    sees_departments = may_compare_departments(person)
    if pk is not None and not sees_departments:
        raise Http404
    today = organisation_day(now)
    past_days = tuple(reversed(month_ends(today, MONTHS)))
    on = next((day for day in past_days if day.isoformat() == request.GET.get("on")), today)
    is_fresh = on != today or roll_up_for_a_page(at=now)
    department = _department(pk)
    found = overview(department, person, on=on, is_today=on == today) if department else None
    if found and not sees_departments:
        found = replace(found, lines=())
    return Asked(found, is_fresh, sees_departments, past_days)


def _department(pk: int | None) -> Department | None:
    if pk is not None:
        department: Department = get_object_or_404(Department, pk=pk)
        return department
    top: Department | None = Department.objects.filter(depth=1).first()
    return top
