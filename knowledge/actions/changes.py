"""A change of a brief is planned, approved, and recorded when it goes live."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from knowledge.changes import as_json, fact_changes
from knowledge.models import BriefPage, Change, ChangePlan
from knowledge.publishing import moment_or, take_effect
from knowledge.reports import (
    DraftedChange,
    drafted_change,
    fact_texts_of,
    is_second_person,
    plan_for,
    text_changes,
    texts_of,
)


class NotASecondPersonError(Exception):
    """Nobody approves her own change."""


@transaction.atomic
def plan_change(
    *,
    drafted: DraftedChange,
    kind: str,
    reason: str,
    grace_days: int,
    by: AbstractBaseUser,
    at: datetime,
) -> ChangePlan:
    """Stores what the author says of a change. Another word of hers, and approval starts anew:
    whoever was asked for it would else approve by one click what she has not read.
    """
    said = {"kind": kind, "reason": reason, "grace_days": grace_days}
    if kind == Change.Kind.NOW:
        said["grace_days"] = 0
    plan = drafted.plan
    if plan and all(getattr(plan, name) == value for name, value in said.items()):
        return plan
    take_back_asking(drafted.brief_id, by)
    stored, _is_new = ChangePlan.objects.update_or_create(
        brief_id=drafted.brief_id,
        fingerprint=drafted.fingerprint,
        defaults={
            **said,
            "made_by_id": by.pk,
            "made_at": at,
            "approved_by": None,
            "approved_at": None,
        },
    )
    return stored


def take_back_asking(brief_id: int, by: AbstractBaseUser) -> None:
    asked = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    for state in asked.for_instance(BriefPage(pk=brief_id)):
        state.cancel(user=by)


@transaction.atomic
def approve_change(*, plan: ChangePlan, by: AbstractBaseUser, at: datetime) -> ChangePlan:
    """A second person vouches for a change. Raises `NotASecondPersonError` for its author."""
    if not is_second_person(plan, by):
        raise NotASecondPersonError
    if not plan.is_approved:
        plan.approved_by_id, plan.approved_at = by.pk, at
        plan.save(update_fields=["approved_by", "approved_at"])
    return plan


def vouch_by_publishing(draft: BriefPage, by: AbstractBaseUser | None) -> None:
    """Whoever publishes what another planned approves it; of her own nothing is noted."""
    plan = drafted_change(draft).plan
    if plan and by and is_second_person(plan, by):
        approve_change(plan=plan, by=by, at=moment_or(timezone.now()))


@transaction.atomic
def record_change(*, brief: BriefPage, revision: Revision, at: datetime) -> Change | None:
    """Notes the version that has just gone live, and lets it take effect.

    Nothing is noted where the brief says what it said before. `brief` is left with its number.
    """
    last = Change.objects.filter(brief_id=brief.pk).newest_first().first()
    facts, texts = fact_texts_of(brief), texts_of(brief)
    if last and last.fact_texts == facts and not text_changes(last.texts, texts):
        return None
    plan = plan_for(last, fact_changes(last.fact_texts, facts)) if last else None
    change = Change.objects.create(
        brief_id=brief.pk,
        version=last.version + 1 if last else brief.version,
        kind=_kind(last, plan),
        reason=plan.reason if plan else "",
        grace_days=plan.grace_days if plan else 0,
        facts=as_json(facts),
        texts=texts,
        author_id=plan.made_by_id if plan else revision.user_id,
        approver_id=plan.approved_by_id if plan else None,
        at=at,
    )
    brief.version, brief.last_published_at = change.version, at
    brief.first_published_at = brief.first_published_at if last else at
    BriefPage.objects.filter(pk=brief.pk).update(
        version=brief.version,
        first_published_at=brief.first_published_at,
        last_published_at=brief.last_published_at,
    )
    take_effect(change)
    return change


def _kind(last: Change | None, plan: ChangePlan | None) -> str:
    if last is None:
        return Change.Kind.FIRST
    return plan.kind if plan else Change.Kind.WORDING
