"""Who changed what: a department's log, and all below it, as a page and as a file."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from departments.exports import csv_file, log_csv
from departments.forms.acting import LogForm
from departments.models import Department
from departments.permissions import is_administrator
from departments.reports.audit import audit_lines, log_lines
from departments.views.reaching import editable_department, is_led_by
from departments.wording import full_day
from quizzes.days import organisation_today

LINES_ON_A_PAGE = 50


@require_safe
def team_log(request: HttpRequest, pk: int) -> HttpResponse:
    department = editable_department(request, pk, organisation_today())
    form = LogForm(request.GET)
    sheet = Paginator(chosen_lines(request, department, form), LINES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "department": department,
        "form": form,
        "sheet": sheet,
        "lines": list(log_lines(sheet.object_list, full_day)),
        "leads": is_led_by(request, department, organisation_today()),
    }
    return render(request, "departments/acting/log.html", context)


@require_safe
def team_log_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    department = editable_department(request, pk, organisation_today())
    lines = chosen_lines(request, department, LogForm(request.GET))
    rows = log_csv(log_lines(lines.iterator(), date.isoformat))
    return csv_file(rows, f"{slugify(department.name)}-log-{organisation_today().isoformat()}")


def chosen_lines(request: HttpRequest, department: Department, form: LogForm) -> Any:
    return audit_lines(
        department,
        everything=is_administrator(request.user) and department.is_root(),
        words=form.words,
        kind=form.chosen("kind"),
    )
