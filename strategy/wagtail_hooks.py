"""What the editor shows of campaigns, and asks before it acts on them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from knowledge.importers.registry import register_file_kind
from strategy.actions.launching import HELD
from strategy.models import Campaign
from strategy.viewsets import CampaignViewSet
from strategy.viewsets.buttons import speak_of_launches
from strategy.viewsets.files import CAMPAIGNS
from strategy.viewsets.upcoming import LaunchesViewSet, UpcomingMenuItem

register_snippet(CampaignViewSet)
register_file_kind(CAMPAIGNS)
hooks.register("construct_snippet_action_menu", speak_of_launches)


@hooks.register("register_admin_viewset")
def register_launches() -> LaunchesViewSet:
    return LaunchesViewSet("launches", url_prefix="reports/launches")


@hooks.register("register_reports_menu_item")
def offer_upcoming_launches() -> MenuItem:
    return UpcomingMenuItem(
        gettext_lazy("Upcoming launches"),
        reverse("launches:upcoming"),
        name="upcoming-launches",
        icon_name="calendar-check",
        order=90,
    )


@hooks.register("before_delete_snippet")
def keep_launched_campaigns(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    campaigns = [instance for instance in instances if isinstance(instance, Campaign)]
    if not any(campaign.was_decided_on for campaign in campaigns):
        return None
    messages.error(
        request,
        _(
            "What was decided at its gate stays. Unpublish the campaign instead: then customers "
            "hear nothing of it any more."
        ),
    )
    return redirect("wagtailsnippets_strategy_campaign:list")


@hooks.register("register_log_actions")
def register_holding(actions: LogActionRegistry) -> None:
    @actions.register_action(HELD)
    class Held(LogFormatter):
        label = gettext_lazy("Launch held")

        def format_message(self, log_entry: Any) -> str:
            return f"{self.label}: {' '.join(log_entry.data['reasons'])}"
