"""The only writer of requirements. Each change leaves a line in both logs, with before and after.

What was asked until a change or a removal is kept, so that no past day is told anew. `actor` is who
did it; nobody, where a file was imported on the server.
"""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from departments.actions.auditing import audit
from departments.actions.marking import mark
from departments.models import AuditLine, Department, PastRequirement, Requirement
from departments.reports import Terms, terms_of
from departments.reports.terms import columns_of
from knowledge.models import ModulePage
from quizzes.days import organisation_day

KINDS = {
    "departments.require_module": AuditLine.Kind.REQUIRED,
    "departments.change_requirement": AuditLine.Kind.CHANGED,
    "departments.drop_requirement": AuditLine.Kind.DROPPED,
}


class ChangedMeanwhile(Exception):
    """Somebody else has set, changed or removed this requirement since it was read."""


@transaction.atomic
def require_module(
    *,
    department: Department,
    module: ModulePage,
    terms: Terms,
    actor: AbstractBaseUser | None,
    reason: str = "",
    at: datetime | None = None,
) -> Requirement:
    """Raises `ChangedMeanwhile` where the department asks for the module already."""
    at = at or timezone.now()
    requirement, is_new = Requirement.objects.get_or_create(
        department=department,
        module=module,
        defaults=columns_of(terms) | {"known_from": organisation_day(at)},
    )
    if not is_new:
        raise ChangedMeanwhile
    note(requirement, "departments.require_module", actor, after=terms, reason=reason, at=at)
    return requirement


@transaction.atomic
def change_requirement(
    *,
    requirement: Requirement,
    seen: Terms,
    terms: Terms,
    actor: AbstractBaseUser | None,
    reason: str = "",
    at: datetime | None = None,
) -> Requirement:
    """`seen` is what it was when the change was decided; what is the same is left alone."""
    at = at or timezone.now()
    stored = stored_as_seen(requirement, seen)
    if terms != seen:
        keep_past_requirement(stored, on=organisation_day(at))
        columns = columns_of(terms) | {"known_from": organisation_day(at)}
        for name, value in columns.items():
            setattr(stored, name, value)
        stored.save(update_fields=list(columns))
        action = "departments.change_requirement"
        note(stored, action, actor, before=seen, after=terms, reason=reason, at=at)
    return stored


@transaction.atomic
def drop_requirement(
    *,
    requirement: Requirement,
    seen: Terms,
    actor: AbstractBaseUser | None,
    at: datetime | None = None,
) -> None:
    """What people have proved stays: only nobody is asked for it any longer."""
    at = at or timezone.now()
    stored = stored_as_seen(requirement, seen)
    keep_past_requirement(stored, on=organisation_day(at))
    note(stored, "departments.drop_requirement", actor, before=seen, deleted=True, at=at)
    stored.delete()


def keep_past_requirement(requirement: Requirement, *, on: date) -> None:
    """What was asked on the same day only is corrected without a trace."""
    if requirement.known_from < on:
        PastRequirement.objects.create(
            department_id=requirement.department_id,
            module_id=requirement.module_id,
            known_from=requirement.known_from,
            known_until=on,
            **columns_of(terms_of(requirement)),
        )


def stored_as_seen(requirement: Requirement, seen: Terms) -> Requirement:
    stored = (
        Requirement.objects.select_for_update(of=("self",))
        .select_related("department", "module")
        .filter(pk=requirement.pk)
        .first()
    )
    if stored is None or terms_of(stored) != seen:
        raise ChangedMeanwhile
    return stored


def note(
    requirement: Requirement,
    action: str,
    actor: AbstractBaseUser | None,
    *,
    before: Terms | None = None,
    after: Terms | None = None,
    deleted: bool = False,
    reason: str = "",
    at: datetime,
) -> None:
    """A line in the editor's history, one in the log, and a mark for what was counted."""
    told: dict[str, Any] = {
        "department": requirement.department_id,
        "module": requirement.module_id,
        "before": written(before),
        "after": written(after),
    }
    log(requirement, action, user=actor, data=told, content_changed=True, deleted=deleted)
    audit(
        KINDS[action],
        by=actor,
        at=at,
        department=requirement.department,
        module=requirement.module,
        reason=reason,
        before=written(before),
        after=written(after),
    )
    mark(department=requirement.department, module=requirement.module_id)


def written(terms: Terms | None) -> dict[str, Any] | None:
    """As the logs keep them: whom it asks, and from when, only where that is said."""
    if terms is None:
        return None
    limits = {
        "levels": list(terms.levels),
        "titles": list(terms.titles),
        "starts_on": terms.starts_on.isoformat() if terms.starts_on else None,
    }
    return {
        "due_on": terms.due_on.isoformat() if terms.due_on else None,
        "joiner_days": terms.joiner_days,
    } | {name: value for name, value in limits.items() if value}
