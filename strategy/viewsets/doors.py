"""The editor's own doors to a launch: each says what the gate says, and keeps the draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import (
    CollectWorkflowActionDataView,
    CopyView,
    CreateView,
    EditView,
    WorkflowActionView,
)

from departments.wording import long_day
from knowledge.publishing import Obstacle
from strategy.launching import LaunchHeldError
from strategy.models import Campaign
from strategy.models.campaigns import launch_moment
from strategy.viewsets.gate_panel import GateSidePanel

APPROVE = "approve"


def say_held(
    request: HttpRequest, campaign: Campaign, words: str, obstacles: Sequence[Obstacle]
) -> None:
    reasons = " ".join(str(obstacle.text) for obstacle in obstacles)
    messages.warning(request, f"{words} {reasons}", buttons=[gate_button(campaign)])


def gate_button(campaign: Campaign) -> Any:
    return messages.button(
        reverse("strategy:gate-detail", args=[campaign.stored_slug]), _("Open gate")
    )


def what_came_of(campaign: Campaign) -> str:
    """What publishing did, as it is stored."""
    stored = Campaign.objects.get(pk=campaign.pk)
    named = {"campaign": campaign.title, "day": long_day(campaign.launches_on)}
    if stored.approved_schedule:
        moment = launch_moment(campaign.launches_on)
        words = _(
            "“%(campaign)s” is scheduled: it is launched on %(day)s at %(time)s, if its gate is "
            "still open then."
        )
        return words % {**named, "time": f"{moment:%H:%M}"}
    return _("“%(campaign)s” is launched: customers may hear of it now.") % named


class LaunchButtons:
    """What may not go out is kept as a draft, and it is said why."""

    request: Any
    object: Any
    action: str

    def publish_action(self) -> HttpResponse | None:
        return self.unless_held(super().publish_action)  # type: ignore[misc]

    def workflow_action_action(self) -> HttpResponse | None:
        return self.unless_held(super().workflow_action_action)  # type: ignore[misc]

    def unless_held(self, act: Any) -> HttpResponse | None:
        try:
            answer: HttpResponse | None = act()
        except LaunchHeldError as held:
            return self.keep_draft(held.obstacles)
        return answer

    def save_action(self) -> HttpResponse:
        """The gate may have closed since “Approve” was drawn: then Wagtail only saves."""
        if self.action == "edit" and self.asks_to_approve:
            obstacles = self.object.obstacles
            if obstacles:
                return self.keep_draft(obstacles)
        saved: HttpResponse = super().save_action()  # type: ignore[misc]
        return saved

    @property
    def asks_to_approve(self) -> bool:
        return bool(self.request.POST.get("workflow-action-name") == APPROVE)

    def keep_draft(self, obstacles: Sequence[Obstacle]) -> HttpResponse:
        say_held(self.request, self.object, _("Saved as a draft."), obstacles)
        return redirect("wagtailsnippets_strategy_campaign:edit", quote(self.object.pk))

    def get_success_message(self, instance: Any = None) -> str:
        is_approved = self.action == "workflow-action" and self.asks_to_approve
        if self.action == "publish" or is_approved:
            return what_came_of(instance or self.object)
        told: str = super().get_success_message(instance)  # type: ignore[misc]
        return told


class CampaignCreateView(LaunchButtons, CreateView):
    pass


class CampaignCopyView(LaunchButtons, CopyView):
    """Begins a campaign from another: everything but its name's address and its history."""

    def get_initial_form_instance(self) -> Campaign:
        copied: Campaign = self.get_object().copied()
        return copied


class CampaignEditView(LaunchButtons, EditView):
    """A campaign as its newest draft says, with its gate beside it."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if not self.expects_json_response and not self.hydrate_create_view:
            panels.append(GateSidePanel(self.object, self.request))
        return panels


class GatedApproval:
    """Approving leads back to the campaign where its gate is closed: nothing is half done."""

    request: Any
    object: Any
    action_name: str
    task: Any
    task_state: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except LaunchHeldError as held:
            say_held(request, self.object, _("Not approved."), held.obstacles)
            return self.to_campaign()
        return answer

    def check_action(self) -> None:
        """Raises `LaunchHeldError` for whoever reviews; anybody else is refused by Wagtail."""
        may_review = bool(self.task.get_actions(self.object, self.request.user))
        if self.action_name == APPROVE and may_review:
            obstacles = self.object.get_latest_revision_as_object().obstacles
            if obstacles:
                raise LaunchHeldError(obstacles)
        super().check_action()  # type: ignore[misc]

    def to_campaign(self) -> HttpResponse:
        url = reverse("wagtailsnippets_strategy_campaign:edit", args=[quote(self.object.pk)])
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            step = {"step": "success", "redirect": url}
            told: HttpResponse = self.render_modal_json(self.request, step)  # type: ignore[attr-defined]
            return told
        return redirect(url)


class CampaignApprovalView(GatedApproval, WorkflowActionView):
    """Approves from the dashboard; what has changed since it was asked for is read first."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name == APPROVE and self.is_outdated:
            messages.warning(request, _("The draft has changed since you were asked. Look here."))
            return self.to_campaign()
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if self.action_name == APPROVE:
            messages.success(request, what_came_of(self.object))
        return answer

    @property
    def is_outdated(self) -> bool:
        return bool(self.task_state.revision_id != self.object.latest_revision_id)


class CampaignApprovalNoteView(GatedApproval, CollectWorkflowActionDataView):
    """Asks for a comment before approving in the editor."""
