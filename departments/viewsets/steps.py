"""What may be done with a planned change, one function for each button."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from knowledge.actions import plan_change
from knowledge.models import BriefPage
from knowledge.publishing import PublishHeldError, obstacles_of_rooms
from knowledge.reports import DraftedChange, is_second_person
from knowledge.viewsets.briefs import is_complete
from quizzes.actions import decide_question
from quizzes.models import Question


class HeldBackError(Exception):
    """It can't be done yet; the sentences say what to do first."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


@transaction.atomic
def plan_as_said(
    *,
    drafted: DraftedChange,
    said: dict[str, Any],
    decisions: Iterable[tuple[Question, str]],
    by: Any,
    at: datetime,
) -> None:
    plan = plan_change(drafted=drafted, by=by, at=at, **said)
    for question, choice in decisions:
        decide_question(plan=plan, question=question, choice=choice, by=by, at=at)


def publish_as_planned(*, brief: BriefPage, by: Any) -> None:
    if not brief.permissions_for_user(by).can_publish():
        raise PermissionDenied
    if task_waiting_for(brief, by):
        approve_and_publish(brief=brief, by=by)
    else:
        _unless_held(brief, lambda: brief.get_latest_revision().publish(user=by))


def approve_and_publish(*, brief: BriefPage, by: Any) -> None:
    """By the workflow, where it was asked for; so nobody is asked any longer."""
    waiting = task_waiting_for(brief, by)
    if waiting is None:
        _unless_held(brief, lambda: brief.get_latest_revision().publish(user=by))
    else:
        task = waiting.task.specific
        _unless_held(brief, lambda: task.on_action(waiting.specific, by, "approve"))


def may_approve(brief: BriefPage, drafted: DraftedChange, person: Any) -> bool:
    """Somebody else planned it, nobody has approved it yet, and she may publish."""
    plan = drafted.plan
    if plan is None or plan.is_approved or not drafted.needs_second_person:
        return False
    may_publish = brief.permissions_for_user(person).can_publish()
    return bool(is_second_person(plan, person) and (may_publish or task_waiting_for(brief, person)))


def task_waiting_for(brief: BriefPage, person: Any) -> Any:
    """The step of the workflow that this person may approve now, if there is one."""
    state = brief.current_workflow_task_state
    if state is None or not brief.workflow_in_progress:
        return None
    actions = state.task.specific.get_actions(brief, person)
    return state if any(name == "approve" for name, _label, _modal in actions) else None


@transaction.atomic
def ask_second_person(*, brief: BriefPage, drafted: DraftedChange, by: Any) -> None:
    refuse_unready(drafted)
    state = brief.current_workflow_state
    if state is None:
        start_workflow(brief, by)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        # Whoever asks now is the one who may not approve.
        state.cancel(user=by)
        start_workflow(brief, by)
    else:
        raise HeldBackError([_("A second person has been asked already.")])


def refuse_unready(drafted: DraftedChange) -> None:
    if not drafted.needs_plan:
        return
    obstacles = obstacles_of_rooms(drafted.changes, drafted.plan.pk if drafted.plan else None)
    if obstacles:
        raise HeldBackError([obstacle.text for obstacle in obstacles])


def start_workflow(brief: BriefPage, by: Any) -> None:
    workflow = brief.get_workflow()
    if workflow is None:
        sentence = _("Nobody is named who approves briefs. Ask another editor to publish it.")
        raise HeldBackError([sentence])
    workflow.start(brief, by)


def send_back(*, brief: BriefPage, by: Any, comment: str) -> None:
    waiting = task_waiting_for(brief, by)
    if waiting is None:
        raise PermissionDenied
    if not comment:
        raise HeldBackError([_("Write what should be different: the author reads it.")])
    waiting.task.specific.on_action(waiting.specific, by, "reject", comment=comment)


def _unless_held(brief: BriefPage, act: Any) -> None:
    if not is_complete(brief):
        raise HeldBackError([_("Something is missing. Open the editor and publish from there.")])
    try:
        with transaction.atomic():
            act()
    except PublishHeldError as held:
        raise HeldBackError([obstacle.text for obstacle in held.obstacles]) from held
