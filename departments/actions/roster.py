"""What every change of a place leaves behind: what was known before, and a line in the log.

Whoever writes memberships, a file or a screen, calls both: `keep_past` before the rows are
written, `note_roster` after it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from departments.actions.auditing import audit_all
from departments.actions.inserting import insert_all
from departments.models import AuditLine, Department, Membership, PastMembership, Requirement
from departments.reports.people import binds

KEPT_AT_ONCE = 900
KEPT = (
    "person_id",
    "department_id",
    "title",
    "level",
    "is_home",
    "starts_on",
    "ends_on",
    "leave_from",
    "leave_to",
    "known_from",
)


@dataclass(frozen=True, slots=True)
class Placement:
    """One change of one person's place; the departments are keys, `role` a kind of headship."""

    person_id: int
    kind: AuditLine.Kind
    before: int | None = None
    after: int | None = None
    reason: str = ""
    day: date | None = None
    role: str = ""


def keep_past(memberships: Collection[int], *, on: date) -> None:
    """Keeps these memberships as they are known; the caller writes them anew with `known_from=on`.

    What was learned on the same day is corrected without a trace.
    """
    for some in batched(memberships, KEPT_AT_ONCE):
        rows = Membership.objects.filter(pk__in=some, known_from__lt=on).values("pk", *KEPT)
        insert_all(
            PastMembership,
            (PastMembership(membership_id=row.pop("pk"), known_until=on, **row) for row in rows),
        )


def note_roster(
    placements: Iterable[Placement], *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """A line for each: where she was and is, and the modules that are asked there.

    Three queries and one for each few thousand lines.
    """
    placements = list(placements)
    if not placements:
        return
    keys = {key for each in placements for key in (each.before, each.after) if key}
    asked = modules_by_department(keys)
    audit_all(
        AuditLine(
            at=at,
            kind=each.kind,
            by_id=by.pk if by else None,
            department_id=each.after or each.before,
            person_id=each.person_id,
            reason=each.reason,
            # A role may have been another before; only what it is now, or was at last, is known.
            before=_told(each.before, asked, "" if each.after else each.role),
            after=_told(each.after, asked, each.role) | _day(each),
        )
        for each in placements
    )


def _told(key: int | None, asked: dict[int, dict[str, Any]], role: str) -> dict[str, Any]:
    if key not in asked:
        return {}
    return asked[key] | ({"kind": role} if role else {})


def _day(placement: Placement) -> dict[str, str]:
    return {"day": placement.day.isoformat()} if placement.day else {}


def modules_by_department(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """The name of each department, and the titles of what is asked in it."""
    requirements = list(Requirement.objects.select_related("department", "module"))
    departments = Department.objects.only("pk", "path", "name", "depth")
    return {
        department.pk: {
            "department": department.name,
            "modules": sorted(
                {each.module.title for each in requirements if binds(each, department)}
            ),
        }
        for department in departments
        if department.pk in keys
    }
