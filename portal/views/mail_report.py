"""What became of the mails: for administrators, without what they said."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet

from knowledge.viewsets.plain_reports import PlainReport
from portal.models import Mail

MAY_SEE = "portal.view_mail"


class MailFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=Mail.State.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"), choices=Mail.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Mail
        fields: ClassVar[list[str]] = []


class MailReport(PlainReport):
    """Every mail, the newest first: which wait, and which addresses the mail server refuses."""

    model = Mail
    queryset = Mail.objects.select_related("person").order_by("-made_at", "-pk")
    any_permission_required = ("view", "change", "delete")
    page_title = gettext_lazy("Mails")
    header_icon = "mail"
    filterset_class = MailFilterSet
    index_url_name = "mails:index"
    index_results_url_name = "mails:results"
    export_filename = "mails"
    is_searchable = False
    columns: ClassVar = [
        Column("person", label=gettext_lazy("To"), accessor="person.email"),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("made_at", label=gettext_lazy("Planned")),
        DateColumn("sent_at", label=gettext_lazy("Sent")),
        Column("tries", label=gettext_lazy("Tries")),
        Column("trouble", label=gettext_lazy("What the mail server said")),
    ]
    list_export: ClassVar = [
        "person.email",
        "get_kind_display",
        "get_state_display",
        "made_at",
        "sent_at",
        "tries",
        "trouble",
    ]
    export_headings: ClassVar = {
        "person.email": gettext_lazy("To"),
        "get_kind_display": gettext_lazy("Kind"),
        "get_state_display": gettext_lazy("State"),
        "made_at": gettext_lazy("Planned"),
        "sent_at": gettext_lazy("Sent"),
    }


class MailsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE)


class MailsViewSet(ViewSet):
    icon = "mail"
    menu_label = MailReport.page_title
    menu_name = "mails"
    menu_order = 920
    menu_hook = "register_reports_menu_item"
    menu_item_class: Any = MailsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MailReport.as_view(), name="index"),
            path("results/", MailReport.as_view(results_only=True), name="results"),
        ]
