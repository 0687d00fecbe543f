"""Reports that a spreadsheet opens as they are, and the one of all changes."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.models import BriefPage, Change
from knowledge.permissions import EDITING, pages_edited_by


def may_edit_pages(person: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(person, EDITING))


class PlainReport(ReportView):
    """A report whose file a spreadsheet opens as it is."""

    any_permission_required = EDITING

    def stream_csv(self, queryset: Any) -> Any:
        # Without a byte order mark a spreadsheet misreads accents.
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)


class EditorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_pages(request.user)


class ChangeFilterSet(WagtailFilterSet):
    brief = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Brief"),
        queryset=lambda request: (
            BriefPage.objects.filter(pk__in=pages_edited_by(request.user), changes__isnull=False)
            .distinct()
            .order_by("title")
        ),
    )
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"),
        choices=Change.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Went live"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Change
        fields: ClassVar[list[str]] = []


class ChangesReport(PlainReport):
    """Every version that went live: which brief, why, by whom, and who gave a second word."""

    queryset = Change.objects.select_related("brief", "author", "approver").order_by("-at", "-pk")
    page_title = gettext_lazy("Changes")
    header_icon = "history"
    filterset_class = ChangeFilterSet
    index_url_name = "keeping:changes"
    index_results_url_name = "keeping:changes-results"
    export_filename = "changes"
    is_searchable = False
    columns: ClassVar = [
        TitleColumn(
            "brief",
            label=gettext_lazy("Brief"),
            url_name="wagtailadmin_pages:history",
            id_accessor="brief_id",
        ),
        Column("version", label=gettext_lazy("Version")),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("reason", label=gettext_lazy("Reason")),
        Column("author", label=gettext_lazy("Author")),
        Column("approver", label=gettext_lazy("Second person")),
        DateColumn("at", label=gettext_lazy("Went live")),
    ]
    list_export: ClassVar = [
        "brief.title",
        "version",
        "get_kind_display",
        "reason",
        "author",
        "approver",
        "at",
    ]
    export_headings: ClassVar = {
        "brief.title": gettext_lazy("Brief"),
        "get_kind_display": gettext_lazy("Kind"),
        "at": gettext_lazy("Went live"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(brief__in=pages_edited_by(self.request.user))
