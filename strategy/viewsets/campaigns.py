"""The list of all campaigns, and the pages on which they are written."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from departments.wording import full_day
from knowledge.models import PromisePage
from quizzes.days import organisation_today
from strategy.models import Campaign
from strategy.reports.launches import launches
from strategy.viewsets.doors import (
    CampaignApprovalNoteView,
    CampaignApprovalView,
    CampaignCopyView,
    CampaignCreateView,
    CampaignEditView,
)
from strategy.viewsets.files import CAMPAIGNS
from strategy.wording import STAGE_WORDS


class CampaignFilterSet(WagtailFilterSet):
    launches_on = django_filters.DateFromToRangeFilter(
        label=_("Launch day"), widget=DateRangePickerWidget
    )
    promises = django_filters.ModelMultipleChoiceFilter(
        label=_("Promises it makes"),
        queryset=lambda _request: PromisePage.objects.in_source_language().order_by("title"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields: ClassVar[list[str]] = []


class CampaignIndexView(IndexView):
    """How far the campaigns of one page are costs as many queries as of all."""

    @cached_property
    def list_display(self) -> list[Any]:
        """Wagtail's own word for the state would ask the database more than once for every row."""
        columns = super().list_display
        return [one for one in columns if not isinstance(one, LiveStatusTagColumn)]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not CAMPAIGNS.may(self.request.user):
            return buttons
        ways = (
            ("bring-in", _("Bring in a file"), "upload"),
            ("take-out", _("Take out"), "download"),
        )
        return [
            *buttons,
            *(
                Button(
                    words,
                    url=reverse(f"files:{way}", args=[CAMPAIGNS.name]),
                    icon_name=icon,
                    priority=80,
                )
                for way, words, icon in ways
            ),
        ]

    def paginate_queryset(self, queryset: QuerySet[Campaign], page_size: int) -> Any:
        paginator, page, _listed, is_paginated = super().paginate_queryset(queryset, page_size)
        listed = list(page.object_list)
        known = {launch.plan.pk: launch for launch in launches(on=organisation_today())}
        for campaign in listed:
            campaign.launch = known[campaign.pk]
        page.object_list = listed
        return paginator, page, listed, is_paginated


class CampaignViewSet(SnippetViewSet):
    """Where marketing writes what customers will hear, and from which day."""

    model = Campaign
    index_view_class = CampaignIndexView
    add_view_class = CampaignCreateView
    copy_view_class = CampaignCopyView
    edit_view_class = CampaignEditView
    workflow_action_view_class = CampaignApprovalView
    collect_workflow_action_data_view_class = CampaignApprovalNoteView
    filterset_class = CampaignFilterSet
    icon = "calendar-check"
    menu_label = _("Campaigns")
    menu_name = "campaigns"
    menu_order = 112
    add_to_admin_menu = True
    ordering = ("launches_on", "title")
    list_display = (
        "title",
        Column(
            "launches_on",
            label=_("Launch day"),
            accessor=lambda campaign: full_day(campaign.launch.on),
            sort_key="launches_on",
        ),
        Column(
            "stage",
            label=_("State"),
            accessor=lambda campaign: STAGE_WORDS[campaign.launch.stage],
        ),
        Column("brief", label=_("Brief"), accessor="brief.title", sort_key="brief__title"),
        Column("owner", label=_("Owner"), accessor="owner"),
    )
    # Plain words in the columns: the search index on SQLite can't be asked about columns.
    search_backend_name = None
    search_fields = ("title", "hears")

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ARG002  (Wagtail's)
        return Campaign.objects.select_related("owner", "brief")
