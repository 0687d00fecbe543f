"""The page on which a change of a brief is planned, approved and published."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from departments.reports.outlook import outlook_of
from departments.viewsets.plan_form import PlanForm
from departments.viewsets.steps import (
    HeldBackError,
    approve_and_publish,
    ask_second_person,
    may_approve,
    plan_as_said,
    publish_as_planned,
    send_back,
    task_waiting_for,
)
from knowledge.models import BriefPage
from knowledge.reports import DraftedChange, drafted_change, obstacles_for, plan_url
from knowledge.reports.changes import vouched_for
from quizzes.reports import CitingQuestion, questions_citing


@dataclass(frozen=True, slots=True)
class Desk:
    """A brief's newest draft, as one person has it before her."""

    brief: BriefPage
    draft: BriefPage
    drafted: DraftedChange
    form: PlanForm
    person: Any

    @property
    def may_publish(self) -> bool:
        """Whether the button is worth pressing: of what is guarded, only with a second person."""
        drafted = self.drafted
        is_vouched = bool(drafted.plan and vouched_for(drafted.plan, self.person))
        allowed = self.brief.permissions_for_user(self.person).can_publish()
        return bool(allowed and (is_vouched or not (drafted.needs_plan and drafted.guarded)))

    @property
    def seen(self) -> str:
        """A mark of all that is shown here: who approves says yes to this, and to nothing else."""
        plan = self.drafted.plan
        told = [
            self.drafted.fingerprint,
            self.brief.latest_revision_id,
            [plan.kind, plan.reason, plan.grace_days] if plan else None,
            [[row.question.pk, row.choice, row.question.latest_revision_id] for row in self.rows],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def rows(self) -> list[CitingQuestion]:
        return self.form.rows

    @property
    def may_approve(self) -> bool:
        return may_approve(self.brief, self.drafted, self.person)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, brief_id: int) -> HttpResponse:
    desk = desk_of(request, brief_id)
    if request.method == "POST":
        answer = act(request, desk)
        if answer:
            return answer
    return render(request, "departments/change_plan.html", shown(desk))


def desk_of(request: HttpRequest, brief_id: int) -> Desk:
    """Whoever may edit the brief; others are told so, as everywhere in the editor."""
    brief = get_object_or_404(BriefPage, pk=brief_id)
    if not brief.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = brief.get_latest_revision_as_object()
    drafted = drafted_change(draft)
    form = PlanForm(
        request.POST if request.method == "POST" and pressed(request) in PLANNING else None,
        drafted=drafted,
        rows=questions_citing(drafted.changes, drafted.plan),
    )
    return Desk(brief, draft, drafted, form, request.user)


def pressed(request: HttpRequest) -> str:
    button = request.POST.get("do", "")
    return button if button in DOING else "save"


def act(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """What the pressed button says; nothing where the form has to be filled in better first."""
    if desk.brief.permissions_for_user(request.user).page_locked():
        messages.warning(request, _("The brief is locked: open the editor to see why."))
        return redirect("wagtailadmin_pages:edit", desk.brief.pk)
    if request.POST.get("seen") != desk.seen:
        messages.warning(request, _("The draft has changed in the meantime. Look at it once more."))
        return redirect(plan_url(desk.brief.pk))
    if pressed(request) in PLANNING and desk.drafted.needs_plan:
        if not desk.form.is_valid():
            return None
        desk = said(desk)
    try:
        return DOING[pressed(request)](request, desk)
    except HeldBackError as held:
        messages.warning(request, " ".join(held.sentences))
        return redirect(plan_url(desk.brief.pk))


def said(desk: Desk) -> Desk:
    """Stores what was said, and looks again: what stands in the way may have gone by it."""
    plan_as_said(
        drafted=desk.drafted,
        said=desk.form.said,
        decisions=desk.form.decisions,
        by=desk.person,
        at=timezone.now(),
    )
    return Desk(desk.brief, desk.draft, drafted_change(desk.draft), desk.form, desk.person)


def keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    messages.success(request, _("Saved. Nobody is asked anything until it goes out."))
    return redirect(plan_url(desk.brief.pk))


def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    publish_as_planned(brief=desk.brief, by=desk.person)
    return gone_out(request, desk)


def approve(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.may_approve:
        raise PermissionDenied
    approve_and_publish(brief=desk.brief, by=desk.person)
    return gone_out(request, desk)


def ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    ask_second_person(brief=desk.brief, drafted=desk.drafted, by=desk.person)
    messages.success(request, _("Asked by mail. You get one too, when it is decided."))
    return redirect(plan_url(desk.brief.pk))


def reject(request: HttpRequest, desk: Desk) -> HttpResponse:
    send_back(brief=desk.brief, by=desk.person, comment=request.POST.get("comment", "").strip())
    messages.success(request, _("Sent back, with your words."))
    return redirect(plan_url(desk.brief.pk))


def gone_out(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Back to the list of briefs, as from the editor."""
    title = desk.draft.title
    if desk.draft.go_live_at and desk.draft.go_live_at > timezone.now():
        messages.success(request, _("“%(title)s” goes out on its day.") % {"title": title})
    else:
        messages.success(request, _("“%(title)s” is published.") % {"title": title})
    return redirect("wagtailadmin_explore", desk.brief.get_parent().pk)


PLANNING = frozenset({"save", "publish", "ask"})
DOING: dict[str, Callable[[HttpRequest, Desk], HttpResponse]] = {
    "save": keep,
    "publish": publish,
    "ask": ask,
    "approve": approve,
    "reject": reject,
}


def shown(desk: Desk) -> dict[str, Any]:
    drafted, url = desk.drafted, plan_url(desk.brief.pk)
    return {
        "breadcrumbs_items": crumbs(desk.brief),
        "header_icon": "warning",
        "header_title": _("What this changes"),
        "brief": desk.brief,
        "drafted": drafted,
        "seen": desk.seen,
        "form": desk.form,
        "outlook": outlook_of(desk.draft, drafted, at=timezone.now()),
        "obstacles": obstacles_for(drafted, by=desk.person),
        "own_url": url,
        "is_locked": desk.brief.permissions_for_user(desk.person).page_locked(),
        "may_publish": desk.may_publish,
        "may_approve": desk.may_approve,
        "may_send_back": task_waiting_for(desk.brief, desk.person) is not None,
        "workflow_state": desk.brief.current_workflow_state,
    }


def crumbs(brief: BriefPage) -> list[dict[str, str]]:
    edit = reverse("wagtailadmin_pages:edit", args=[brief.pk])
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": edit, "label": brief.get_admin_display_title()},
        {"url": "", "label": _("What this changes")},
    ]
