"""The report of launches ahead."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from departments.wording import full_day
from knowledge.viewsets.plain_reports import PlainReport
from quizzes.days import organisation_today
from strategy.models import Campaign
from strategy.reports.upcoming import Upcoming, upcoming_launches

WRITING = ("add", "change", "publish")


def may_write_campaigns(person: Any) -> bool:
    policy = policy_registry.get_by_type(Campaign)
    return bool(policy.user_has_any_permission(person, WRITING))


class UpcomingReport(PlainReport):
    """Launches ahead in the order of their days, and what each waits for: a list, not a query."""

    model = Campaign
    any_permission_required = WRITING
    page_title = _("Upcoming launches")
    header_icon = "calendar-check"
    index_url_name = "launches:upcoming"
    index_results_url_name = "launches:upcoming-results"
    export_filename = "upcoming-launches"
    is_searchable = False
    columns: ClassVar = [
        TitleColumn("title", label=_("Campaign"), get_url=lambda row: row.gate_url),
        Column("on", label=_("Launch day"), accessor=lambda row: full_day(row.on)),
        Column("state", label=_("State")),
        Column("answer", label=_("Can it go out?")),
        Column("waiting", label=_("Waits for")),
        Column("owner", label=_("Owner")),
    ]
    list_export: ClassVar = ["title", "on", "state", "answer", "waiting", "owner"]
    export_headings: ClassVar = {
        "title": _("Campaign"),
        "on": _("Launch day"),
        "state": _("State"),
        "answer": _("Can it go out?"),
        "waiting": _("Waits for"),
        "owner": _("Owner"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Campaign)

    def get_filtered_queryset(self) -> list[Upcoming]:
        return upcoming_launches(on=organisation_today())


class UpcomingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_campaigns(request.user)


class LaunchesViewSet(ViewSet):
    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", UpcomingReport.as_view(), name="upcoming"),
            path("results/", UpcomingReport.as_view(results_only=True), name="upcoming-results"),
        ]
