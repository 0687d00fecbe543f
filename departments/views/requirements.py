"""What a department must know, as a page and as a file."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from departments.exports import requirements_csv
from departments.forms.requirements import PATHS
from departments.models import Department
from departments.permissions import editable_departments, is_administrator
from departments.reports import department_requirements, modules_to_ask, written_requirements
from knowledge.models import ModulePage
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sets which department's requirements, and on which day."""

    person: AbstractBaseUser
    department: Department
    day: date


def desk_or_404(request: HttpRequest, pk: int) -> Desk:
    """A department whose requirements are not hers to set is not there for her."""
    if not request.user.is_authenticated:
        raise Http404
    day = organisation_day(timezone.now())
    department: Department = get_object_or_404(editable_departments(request.user, on=day), pk=pk)
    return Desk(request.user, department, day)


@require_safe
def requirement_list(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_or_404(request, pk)
    headed = Department.objects.headed_by(desk.person, on=desk.day)
    asked = department_requirements(desk.department, on=desk.day)
    above = [each.department_id for each in asked.inherited]
    context = {
        "desk": desk,
        "asked": asked,
        "paths": PATHS,
        "can_ask": bool(modules_to_ask(desk.department)),
        "editable": frozenset(
            editable_departments(desk.person, on=desk.day)
            .filter(pk__in=above)
            .values_list("pk", flat=True)
        ),
        "leads": headed.filter(pk=desk.department.pk).exists(),
    }
    return render(request, "departments/requirement_list.html", context)


@require_safe
def requirement_export(request: HttpRequest) -> StreamingHttpResponse:
    """All requirements that the reader may set, as a file that can be brought in again."""
    day = organisation_day(timezone.now())
    departments = editable_departments(request.user, on=day)
    if not departments.exists():
        raise Http404
    everything = is_administrator(request.user)
    modules = ModulePage.objects.in_source_language()
    modules = modules if everything else modules.open_to_colleagues()
    rows = written_requirements(departments, modules)
    response = StreamingHttpResponse(requirements_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="requirements-{day.isoformat()}.csv"'
    return response
