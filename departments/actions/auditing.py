"""Writes the audit log: who did what to whom, when and why, before and after."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from departments.actions.inserting import insert_all
from departments.models import AuditLine, Department
from knowledge.models import ModulePage


def audit(
    kind: AuditLine.Kind,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    department: Department | None = None,
    person: AbstractBaseUser | None = None,
    module: ModulePage | None = None,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditLine:
    """One line; `department` is where the head finds it, usually the person's home."""
    return AuditLine.objects.create(
        at=at,
        kind=kind,
        by_id=by.pk if by else None,
        department=department,
        person_id=person.pk if person else None,
        module=module,
        reason=reason,
        before=before or {},
        after=after or {},
    )


def audit_all(lines: Iterable[AuditLine]) -> None:
    insert_all(AuditLine, lines)
