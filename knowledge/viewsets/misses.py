"""What colleagues searched for in vain: a report that leads to a customers' word or to a brief."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from knowledge.actions import reopen_misses, settle_misses
from knowledge.models import SearchMiss

MAY_SEE = "knowledge.view_searchmiss"
MAY_SETTLE = "knowledge.change_searchmiss"
WEEKS_OFFERED = 12


def week_told(miss: SearchMiss) -> str:
    # Translators: Django's date format codes for "16 November 2026".
    return date_format(miss.week_from, _("j F Y"))


def weeks_offered() -> list[tuple[str, str]]:
    weeks = SearchMiss.objects.order_by("-week_from").values_list("week_from", flat=True).distinct()
    return [(week.isoformat(), date_format(week, _("j F Y"))) for week in weeks[:WEEKS_OFFERED]]


class ActionsColumn(Column):
    """What can be done about it."""

    cell_template_name = "knowledge/misses/actions_cell.html"

    def get_cell_context_data(
        self, instance: SearchMiss, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        user = parent_context["request"].user
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        words = urlencode({"theirs": instance.query})
        return context | {
            "csrf_token": get_token(parent_context["request"]),
            "add_url": f"{reverse('customers-words:add')}?{words}"
            if user.has_perm("knowledge.add_customerword")
            else "",
            "settle_url": reverse("search-misses:settle", args=[instance.pk])
            if user.has_perm(MAY_SETTLE)
            else "",
            "search_url": f"{reverse('knowledge:search')}?{urlencode({'q': instance.query})}",
        }


class MissFilterSet(WagtailFilterSet):
    week_from = django_filters.ChoiceFilter(
        label=gettext_lazy("Week from"),
        choices=weeks_offered,
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )
    is_settled = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("False", gettext_lazy("Open")), ("True", gettext_lazy("Settled"))],
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchMiss
        fields: ClassVar[list[str]] = []


class MissReportView(ReportView):
    """The open ones first, then the newest weeks, then the most frequent."""

    model = SearchMiss
    page_title = gettext_lazy("Searches without result")
    header_icon = "search"
    results_template_name = "knowledge/misses/results.html"
    filterset_class = MissFilterSet
    default_ordering = ("is_settled", "-week_from", "-count", "query")
    any_permission_required: ClassVar = ["view", "change"]
    is_searchable = True
    search_fields: ClassVar = ["query"]
    columns: ClassVar = [
        Column("query", label=gettext_lazy("Searched for"), sort_key="query"),
        Column(
            "week_from", label=gettext_lazy("Week from"), accessor=week_told, sort_key="week_from"
        ),
        NumberColumn("count", label=gettext_lazy("How often"), sort_key="count"),
        ActionsColumn("actions", label=gettext_lazy("What to do about it"), accessor="is_settled"),
    ]
    list_export: ClassVar = ["query", "week_from", "count", "is_settled"]

    def get_filename(self) -> str:
        return f"{_('searches-without-result')}-{timezone.localdate().isoformat()}"


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Every week of the same words at once; what is settled already is opened again."""
    if not request.user.has_perm(MAY_SETTLE):
        raise PermissionDenied
    miss = get_object_or_404(SearchMiss, pk=pk)
    if miss.is_settled:
        reopen_misses(miss.query)
        messages.success(request, _("“%(words)s” is open again.") % {"words": miss.query})
    else:
        settle_misses(miss.query)
        words = _("“%(words)s” is settled. Searched for in vain next week, it comes back.")
        messages.success(request, words % {"words": miss.query})
    return redirect("search-misses:index")


class MissesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE)


class MissesViewSet(ViewSet):
    icon = "search"
    menu_label = MissReportView.page_title
    menu_name = "search-misses"
    menu_order = 900
    menu_hook = "register_reports_menu_item"
    menu_item_class: Any = MissesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        names = {
            "index_url_name": "search-misses:index",
            "index_results_url_name": "search-misses:results",
        }
        return [
            path("", MissReportView.as_view(**names), name="index"),
            path("results/", MissReportView.as_view(**names, results_only=True), name="results"),
            path("<int:pk>/settle/", settle, name="settle"),
        ]
