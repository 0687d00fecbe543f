"""What colleagues are sure of and isn't so: a report for marketing, in groups and without names."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from departments.exports import csv_file, misconceptions_csv
from departments.reports.misconceptions import misconception_lines
from departments.suppression import MINIMUM_GROUP
from knowledge.permissions import pages_edited_by
from quizzes.days import organisation_today

TITLE = gettext_lazy("Misconceptions")
MAY_SEE = "quizzes.change_question"
MAY_ASK = "quizzes.add_question"


@require_safe
def misconceptions_page(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    lines = misconception_lines(on=organisation_today())
    briefs = {line.fact.brief_id for line in lines}
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": TITLE},
        ],
        "header_icon": "warning",
        "header_title": TITLE,
        "lines": [line for line in lines if not line.is_of_few],
        "few": [line for line in lines if line.is_of_few],
        "minimum": MINIMUM_GROUP,
        "may_edit": set(
            pages_edited_by(request.user).filter(pk__in=briefs).values_list("pk", flat=True)
        ),
        "may_ask": request.user.has_perm(MAY_ASK),
    }
    return render(request, "departments/misconceptions.html", context)


@require_safe
def misconceptions_export(request: HttpRequest) -> StreamingHttpResponse:
    """The very lines of the page."""
    refuse_others(request)
    day = organisation_today()
    lines = misconceptions_csv(misconception_lines(on=day))
    return csv_file(lines, f"misconceptions-{day.isoformat()}")


def refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied


class MisconceptionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE)


class MisconceptionsViewSet(ViewSet):
    icon = "warning"
    menu_label = TITLE
    menu_name = "misconceptions"
    menu_order = 135
    menu_hook = "register_reports_menu_item"
    menu_item_class: Any = MisconceptionsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", misconceptions_page, name="index"),
            path("export/", misconceptions_export, name="export"),
        ]
