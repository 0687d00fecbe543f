"""What a department must know, as a page and as a file."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.exports import csv_file, requirements_csv
from departments.forms.requirements import PATHS
from departments.models import Department
from departments.permissions import editable_departments, is_administrator
from departments.reports import department_requirements, modules_to_ask, written_requirements
from departments.views.reaching import editable_department, is_led_by
from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sets which department's requirements, and on which day."""

    person: AbstractBaseUser
    department: Department
    day: date


def desk_or_404(request: HttpRequest, pk: int) -> Desk:
    """A department whose requirements are not hers to set is not there for her."""
    day = organisation_today()
    return Desk(colleague(request), editable_department(request, pk, day), day)


@require_safe
def requirement_list(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_or_404(request, pk)
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
        "leads": is_led_by(request, desk.department, desk.day),
    }
    return render(request, "departments/requirement_list.html", context)


@require_safe
def requirement_export(request: HttpRequest) -> StreamingHttpResponse:
    """All requirements that the reader may set, as a file that can be brought in again."""
    day = organisation_today()
    departments = editable_departments(request.user, on=day)
    if not departments.exists():
        raise Http404
    everything = is_administrator(request.user)
    modules = ModulePage.objects.in_source_language()
    modules = modules if everything else modules.open_to_colleagues()
    rows = written_requirements(departments, modules)
    return csv_file(requirements_csv(rows), f"requirements-{day.isoformat()}")
