"""The only writer of requirements. Each change leaves a line in the log: who, when, before, after.

`actor` is who did it; nobody, where a file was imported on the server.
"""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from departments.models import Department, Requirement
from departments.reports import Terms, terms_of
from knowledge.models import ModulePage


class ChangedMeanwhile(Exception):
    """Somebody else has set, changed or removed this requirement since it was read."""


@transaction.atomic
def require_module(
    *, department: Department, module: ModulePage, terms: Terms, actor: AbstractBaseUser | None
) -> Requirement:
    """Raises `ChangedMeanwhile` where the department asks for the module already."""
    requirement, is_new = Requirement.objects.get_or_create(
        department=department, module=module, defaults=columns_of(terms)
    )
    if not is_new:
        raise ChangedMeanwhile
    note(requirement, "departments.require_module", actor, after=terms)
    return requirement


@transaction.atomic
def change_requirement(
    *, requirement: Requirement, seen: Terms, terms: Terms, actor: AbstractBaseUser | None
) -> Requirement:
    """`seen` is what it was when the change was decided; what is the same is left alone."""
    stored = stored_as_seen(requirement, seen)
    if terms != seen:
        stored.due_on, stored.joiner_days = terms.due_on, terms.joiner_days
        stored.save(update_fields=["due_on", "joiner_days"])
        note(stored, "departments.change_requirement", actor, before=seen, after=terms)
    return stored


@transaction.atomic
def drop_requirement(
    *, requirement: Requirement, seen: Terms, actor: AbstractBaseUser | None
) -> None:
    """What people have proved stays: only nobody is asked for it any longer."""
    stored = stored_as_seen(requirement, seen)
    note(stored, "departments.drop_requirement", actor, before=seen, deleted=True)
    stored.delete()


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
) -> None:
    told: dict[str, Any] = {
        "department": requirement.department_id,
        "module": requirement.module_id,
        "before": written(before),
        "after": written(after),
    }
    log(requirement, action, user=actor, data=told, content_changed=True, deleted=deleted)


def written(terms: Terms | None) -> dict[str, str | int | None] | None:
    if terms is None:
        return None
    due_on: date | None = terms.due_on
    return {
        "due_on": due_on.isoformat() if due_on else None,
        "joiner_days": terms.joiner_days,
    }


def columns_of(terms: Terms) -> dict[str, Any]:
    return {"due_on": terms.due_on, "joiner_days": terms.joiner_days}
