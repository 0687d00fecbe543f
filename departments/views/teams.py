from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import people_csv
from departments.models import Department
from departments.permissions import is_administrator
from departments.readiness import Period
from departments.reports.facts import members_below
from departments.reports.streams import rows_streamed
from departments.reports.trees import open_on
from departments.team_files import readiness_csv, readiness_json
from departments.views.team_page import page_of
from departments.views.team_view import team_view
from quizzes.days import organisation_day

# More than these are written to a file one by one.
MANY_PEOPLE = 2_000


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
        "departments": Department.objects.filter(open_on(day)).annotate(
            asked=Count("requirements")
        ),
        "headed": frozenset(headed.values_list("pk", flat=True)),
    }
    return render(request, "departments/department_list.html", context)


@require_safe
def team_detail(request: HttpRequest, pk: int) -> HttpResponse:
    view = team_view(request, pk)
    page = page_of(
        view.department,
        view.report,
        request.GET,
        today=view.today,
        facts=view.facts,
        is_change_scheduled=view.is_change_scheduled,
    )
    context = {
        "report": view.report,
        "now": timezone.now(),
        "query": request.GET.urlencode(),
        "day_problem": view.day_problem,
        "roster_age": view.people_list_from,
        **page,
    }
    return render(request, "departments/team_detail.html", context)


@require_safe
def team_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows of the page. Of a large department they come one by one, in no order of names."""
    day = organisation_day(timezone.now())
    department = headed_department(request, pk, day)
    if not request.GET and is_large(department, day):
        return whole_file(department, day)
    view = team_view(request, pk)
    lines = readiness_csv(view.report.on.isoformat(), view.shown.rows, view.only)
    return as_file(lines, view.file_name)


@require_safe
def team_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for programs: states and dates, and who of how many is ready."""
    view = team_view(request, pk)
    return JsonResponse(readiness_json(view.shown, view.only))


@require_safe
def readiness_export(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody in the organisation, for administrators and for whoever leads all of it."""
    day = organisation_day(timezone.now())
    root = Department.get_first_root_node()
    if root is None or not request.user.is_authenticated:
        raise Http404
    leads = Department.objects.headed_by(request.user, on=day).filter(pk=root.pk)
    if not is_administrator(request.user) and not leads.exists():
        raise Http404
    return whole_file(root, day)


def is_large(department: Department, day: date) -> bool:
    members = members_below(department.path, Period(day, day))
    return members[MANY_PEOPLE : MANY_PEOPLE + 1].exists()


def whole_file(department: Department, day: date) -> StreamingHttpResponse:
    lines = readiness_csv(day.isoformat(), rows_streamed(department.path, on=day))
    return as_file(lines, f"{slugify(department.name)}-{day.isoformat()}")


def as_file(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


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
