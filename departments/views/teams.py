from collections.abc import Sequence
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import people_csv, readiness_csv
from departments.models import Department
from departments.permissions import is_administrator
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
    """A head's own team; for an administrator every department, to say what it must know."""
    if not request.user.is_authenticated:
        raise Http404
    day = organisation_day(timezone.now())
    if is_administrator(request.user):
        return department_list(request, request.user, day)
    topmost = Department.objects.headed_by(request.user, on=day).order_by("depth", "path").first()
    if topmost is None:
        raise Http404
    return redirect("departments:team-detail", topmost.pk)


def department_list(request: HttpRequest, person: AbstractBaseUser, day: date) -> HttpResponse:
    headed = Department.objects.headed_by(person, on=day)
    context = {
        "departments": Department.objects.annotate(asked=Count("requirements")),
        "headed": frozenset(headed.values_list("pk", flat=True)),
    }
    return render(request, "departments/department_list.html", context)


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


@require_safe
def people_export(request: HttpRequest) -> StreamingHttpResponse:
    """The list of people, as the file that brings them in; for administrators only."""
    if not is_administrator(request.user):
        raise Http404
    day = organisation_day(timezone.now())
    people = get_user_model().objects.order_by("email")
    response = StreamingHttpResponse(
        people_csv(people.iterator(), on=day), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="people-{day.isoformat()}.csv"'
    return response
