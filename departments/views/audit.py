"""Who changed what: a department's log, and all below it, as a page and as a file."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import log_csv
from departments.forms.acting import LogForm
from departments.models import Department
from departments.permissions import editable_departments, is_administrator
from departments.reports.audit import audit_lines, log_lines
from quizzes.days import organisation_day

LINES_ON_A_PAGE = 50


@require_safe
def team_log(request: HttpRequest, pk: int) -> HttpResponse:
    department = department_or_404(request, pk)
    form = LogForm(request.GET)
    sheet = Paginator(chosen_lines(request, department, form), LINES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "department": department,
        "form": form,
        "sheet": sheet,
        "lines": list(log_lines(sheet.object_list, in_words)),
        "leads": Department.objects.headed_by(request.user, on=today())
        .filter(pk=department.pk)
        .exists(),
    }
    return render(request, "departments/acting/log.html", context)


@require_safe
def team_log_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    department = department_or_404(request, pk)
    lines = chosen_lines(request, department, LogForm(request.GET))
    rows = log_csv(log_lines(lines.iterator(), date.isoformat))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"{slugify(department.name)}-log-{today().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def department_or_404(request: HttpRequest, pk: int) -> Department:
    """Of a head her own and those below; of an administrator every one."""
    department: Department | None
    department = editable_departments(request.user, on=today()).filter(pk=pk).first()
    if department is None:
        raise Http404
    return department


def chosen_lines(request: HttpRequest, department: Department, form: LogForm) -> Any:
    return audit_lines(
        department,
        everything=is_administrator(request.user) and department.is_root(),
        words=form.words,
        kind=form.chosen("kind"),
    )


def in_words(day: date) -> str:
    return date_format(day, "j F Y")


def today() -> date:
    return organisation_day(timezone.now())
