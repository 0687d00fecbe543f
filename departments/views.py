from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import readiness_csv
from departments.models import Department
from departments.reports import DepartmentReadiness, department_readiness
from quizzes.days import organisation_day


def headed_department(request: HttpRequest, pk: int, day: date) -> Department:
    """A department that the person leads; any other is not there for her."""
    if not request.user.is_authenticated:
        raise Http404
    headed = Department.objects.headed_by(request.user, on=day)
    department: Department = get_object_or_404(headed, pk=pk)
    return department


@require_safe
def team_index(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    headed = Department.objects.headed_by(request.user, on=organisation_day(timezone.now()))
    topmost = headed.order_by("depth", "path").first()
    if topmost is None:
        raise Http404
    return redirect("departments:team-detail", topmost.pk)


@require_safe
def team_detail(request: HttpRequest, pk: int) -> HttpResponse:
    day = organisation_day(timezone.now())
    department = headed_department(request, pk, day)
    report = department_readiness(department, on=day)
    chosen = chosen_modules(report, request.GET.getlist("module"))
    context = {
        "report": report,
        "view": report.narrowed_to(chosen),
        "chosen": chosen,
        "now": timezone.now(),
        "query": request.GET.urlencode(),
    }
    return render(request, "departments/team_detail.html", context)


@require_safe
def team_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    day = organisation_day(timezone.now())
    report = department_readiness(headed_department(request, pk, day), on=day)
    view = report.narrowed_to(chosen_modules(report, request.GET.getlist("module")))
    response = StreamingHttpResponse(
        readiness_csv(view, view.rows), content_type="text/csv; charset=utf-8"
    )
    name = f"{slugify(report.name)}-{day.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def chosen_modules(report: DepartmentReadiness, slugs: Sequence[str]) -> frozenset[str]:
    """The modules that the reader narrowed the table to; none means all."""
    return frozenset(slugs) & {column.slug for column in report.columns}
