"""What the editor's buttons say where the thing that goes out is a launch."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, WorkflowMenuItem

from quizzes.days import organisation_today
from strategy.models import Campaign


class LaunchMenuItem(PublishMenuItem):
    """Says which of the two it is, as far as the stored launch day tells."""

    template_name = "strategy/panels/launch_item.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "label": label_for(parent_context.get("instance"))}


def label_for(campaign: Campaign | None) -> Any:
    if campaign is None:
        return _("Launch, or schedule it")
    return _("Schedule launch") if campaign.launches_on > organisation_today() else _("Launch")


def speak_of_launches(
    items: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]
) -> None:
    if context["model"] is Campaign:
        items[:] = [spoken(item) for item in items]


def spoken(item: ActionMenuItem) -> ActionMenuItem:
    if isinstance(item, PublishMenuItem):
        return LaunchMenuItem(order=item.order)
    if isinstance(item, WorkflowMenuItem) and item.name == "approve":
        item.label = (
            _("Approve the launch, with a comment")
            if item.launch_modal
            else _("Approve the launch")
        )
    return item
