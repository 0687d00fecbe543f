from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import csv_file, people_csv
from departments.models import Department
from departments.permissions import is_administrator
from departments.readiness import Period
from departments.reports.streams import rows_streamed
from departments.reports.trees import open_on
from departments.reports.workforce import members_below
from departments.team_files import readiness_csv, readiness_json
from departments.views.reaching import headed_department, is_led_by
from departments.views.team_page import page_of
from departments.views.team_view import team_view
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today

# More than these are written to a file one by one.
MANY_PEOPLE = 2_000


@require_safe
def team_index(request: HttpRequest) -> HttpResponse:
    """A head's own team; for an administrator every department, to say what it must know."""
    person, day = colleague(request), organisation_today()
    if is_administrator(person):
        return department_list(request, person, day)
    topmost = Department.objects.headed_by(person, on=day).order_by("depth", "path").first()
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
        workforce=view.workforce,
        is_change_scheduled=view.is_change_scheduled,
    )
    context = {
        "report": view.report,
        "now": timezone.now(),
        "query": request.GET.urlencode(),
        "day_problem": view.day_problem,
        "roster_age": view.people_list_from,
        "has_open_needs": view.has_open_needs,
        **page,
    }
    return render(request, "departments/team_detail.html", context)


@require_safe
def team_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows of the page. Of a large department they come one by one, in no order of names."""
    day = organisation_today()
    department = headed_department(request, pk, day)
    if not request.GET and is_large(department, day):
        return whole_file(department, day)
    view = team_view(request, pk)
    lines = readiness_csv(view.report.on.isoformat(), view.shown.rows, view.only)
    return csv_file(lines, view.file_name)


@require_safe
def team_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for programs: states and dates, and who of how many is ready."""
    view = team_view(request, pk)
    return JsonResponse(readiness_json(view.shown, view.only))


@require_safe
def readiness_export(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody in the organisation, for administrators and for whoever leads all of it."""
    day = organisation_today()
    root = Department.get_first_root_node()
    if root is None:
        raise Http404
    if not is_administrator(request.user) and not is_led_by(request, root, day):
        raise Http404
    return whole_file(root, day)


def is_large(department: Department, day: date) -> bool:
    members = members_below(department.path, Period(day, day))
    return members[MANY_PEOPLE : MANY_PEOPLE + 1].exists()


def whole_file(department: Department, day: date) -> StreamingHttpResponse:
    lines = readiness_csv(day.isoformat(), rows_streamed(department.path, on=day))
    return csv_file(lines, f"{slugify(department.name)}-{day.isoformat()}")


@require_safe
def people_export(request: HttpRequest) -> StreamingHttpResponse:
    """The list of people, as the file that brings them in; for administrators only."""
    if not is_administrator(request.user):
        raise Http404
    day = organisation_today()
    people = get_user_model().objects.order_by("email")
    return csv_file(people_csv(people.iterator(), on=day), f"people-{day.isoformat()}")
