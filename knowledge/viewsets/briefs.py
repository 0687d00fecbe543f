"""How briefs are written: publishing asks what it changes, and shows it beside the page."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from knowledge.models import BriefPage, Change
from knowledge.publishing import Obstacle, PublishHeldError, obstacles_to
from knowledge.reports import plan_url


def ask_what_it_changes(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The editor's button: the draft is saved already; it goes out with nothing in its way.

    A second person is led to the plan: there she sees what she vouches for.
    """
    obstacles = obstacles_to(page) if isinstance(page, BriefPage) else []
    return lead_to_plan(request, page, obstacles) if obstacles else None


def lead_to_plan(request: HttpRequest, page: Page, obstacles: Sequence[Obstacle]) -> HttpResponse:
    say_what_stands_in_the_way(request, obstacles)
    return redirect(plan_url(page.pk))


def say_what_stands_in_the_way(request: HttpRequest, obstacles: Sequence[Obstacle]) -> None:
    reasons = " ".join(str(obstacle.text) for obstacle in obstacles)
    messages.warning(request, _("Saved as a draft. %(reasons)s") % {"reasons": reasons})


def is_complete(page: Page) -> bool:
    """A draft may lack what a published page must have; the editor's form would say where."""
    draft = page.get_latest_revision_as_object()
    try:
        draft.full_clean()
    except ValidationError:
        return False
    return True


class ChangeSidePanel(BaseSidePanel):
    """What the last saved draft of a brief would change; rooms above fill in whom it reaches."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle what this changes")
        icon_name = "warning"
        has_counter = False

    name = "change"
    title = gettext_lazy("What this changes")
    template_name = "knowledge/panels/change.html"
    order = 150


class HeldBackView(EditView):
    """The editor of a brief: what goes out and the note of it are written in one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def submit_action(self) -> HttpResponse:
        """Of what colleagues have read, it is said first what changes: asking is done there."""
        if not Change.objects.filter(brief_id=self.page.pk).exists():
            submitted: HttpResponse = super().submit_action()
            return submitted
        self.save_action()
        messages.info(self.request, _("Look at what this changes, then ask for a second person."))
        return redirect(plan_url(self.page.pk))

    def perform_workflow_action(self) -> HttpResponse:
        """What was written stays, as a draft, where what was approved may not go out."""
        try:
            answer: HttpResponse = super().perform_workflow_action()
        except PublishHeldError as held:
            return lead_to_plan(self.request, self.page, held.obstacles)
        return answer

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if not self.expects_json_response and not self.hydrate_create_view:
            panels.append(ChangeSidePanel(self.page, self.request))
        return panels


class BriefEditView(HeldBackView):
    """A brief as its newest draft says."""


class BriefRevertView(HeldBackView, RevisionsRevertView):
    """A brief as it was before, to be published anew."""


class BriefApprovalView(WorkflowActionView):
    """Approves from the dashboard or the page itself; refused, everything stays as it was."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name == "approve" and self.is_outdated:
            messages.warning(request, _("The draft has changed since you were asked. Look here."))
            return self.to_plan()
        try:
            with transaction.atomic():
                answer: HttpResponse = super().post(request, *args, **kwargs)
        except PublishHeldError as held:
            say_what_stands_in_the_way(request, held.obstacles)
            return self.to_plan()
        return answer

    @property
    def is_outdated(self) -> bool:
        """What goes out is the newest draft, and she was asked about another one."""
        return bool(self.task_state.revision_id != self.object.latest_revision_id)

    def to_plan(self) -> HttpResponse:
        url = plan_url(self.object.pk)
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            told: HttpResponse
            told = self.render_modal_json(self.request, {"step": "success", "redirect": url})
            return told
        return redirect(url)


class BriefViewSet(PageViewSet):
    """How briefs are written, taken back and approved."""

    model = BriefPage
    edit_view_class = BriefEditView
    revisions_revert_view_class = BriefRevertView
    workflow_action_view_class = BriefApprovalView
