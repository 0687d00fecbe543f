"""Gives people a waiver, more time or a module, and takes it back; all of them, or nobody.

The plan is made again once nobody else can act for the same people. Where it isn't what was seen,
nothing is written; where everybody has it already, a form that is sent twice changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.actions.auditing import audit, audit_all
from departments.actions.marking import mark, mark_moved
from departments.actions.requirements import ChangedMeanwhile
from departments.models import (
    Assignment,
    AuditLine,
    Department,
    Exemption,
    Extension,
)
from departments.reports.act_plans import plan_of
from departments.reports.acts import Act, Line, Plan, Wish
from quizzes.days import organisation_day

ROWS_AT_ONCE = 2_000

type Given = Exemption | Extension | Assignment

KINDS: Mapping[Act, AuditLine.Kind] = {
    Act.WAIVE: AuditLine.Kind.WAIVED,
    Act.EXTEND: AuditLine.Kind.EXTENDED,
    Act.ASSIGN: AuditLine.Kind.ASSIGNED,
}
ENDED: Mapping[type[Given], AuditLine.Kind] = {
    Exemption: AuditLine.Kind.WAIVER_ENDED,
    Extension: AuditLine.Kind.EXTENSION_ENDED,
    Assignment: AuditLine.Kind.ASSIGNMENT_ENDED,
}


def locked_plan(department: Department, wish: Wish, seen: str, *, on: date) -> Plan:
    """The plan, while nobody else can act for these people.

    Raises `ChangedMeanwhile` where it isn't what was seen, unless nobody would get anything.
    """
    people = get_user_model().objects.filter(pk__in=wish.people).order_by("pk")
    list(people.select_for_update().values_list("pk", flat=True))
    plan = plan_of(department, wish, on=on)
    if plan.lines and plan.seen != seen:
        raise ChangedMeanwhile
    return plan


@transaction.atomic
def give(
    *,
    department: Department,
    wish: Wish,
    reason: str,
    seen: str,
    by: AbstractBaseUser,
    at: datetime,
) -> int:
    """To how many people it was given; nobody, where all have it already."""
    day = organisation_day(at)
    plan = locked_plan(department, wish, seen, on=day)
    until = wish.until or day
    WRITERS[wish.act](plan.lines, until, reason, by, day)
    audit_all(
        AuditLine(
            at=at,
            kind=KINDS[wish.act],
            by_id=by.pk,
            department_id=line.department_id,
            person_id=line.person_id,
            module_id=line.module_id,
            reason=reason,
            before={"until": line.before.isoformat()} if line.before else {},
            after={"until": until.isoformat()},
        )
        for line in plan.lines
    )
    mark_lines(plan.lines)
    return len(plan.people)


def _columns(line: Line, reason: str, by: AbstractBaseUser) -> dict[str, Any]:
    """What all three have in common."""
    return {
        "person_id": line.person_id,
        "module_id": line.module_id,
        "reason": reason,
        "given_by_id": by.pk,
    }


def _waive(
    lines: Iterable[Line], until: date, reason: str, by: AbstractBaseUser, day: date
) -> None:
    """A waiver that ends sooner gives way to the new one."""
    lines = list(lines)
    shorter = Exemption.objects.current(on=day).filter(
        person_id__in={line.person_id for line in lines}
    )
    pairs = {(line.person_id, line.module_id) for line in lines}
    given_way = [each.pk for each in shorter if (each.person_id, each.module_id) in pairs]
    Exemption.objects.filter(pk__in=given_way).update(withdrawn_on=day)
    Exemption.objects.bulk_create(
        [
            Exemption(starts_on=day, ends_on=until, known_from=day, **_columns(line, reason, by))
            for line in lines
        ],
        ROWS_AT_ONCE,
    )


def _extend(
    lines: Iterable[Line], until: date, reason: str, by: AbstractBaseUser, day: date
) -> None:
    Extension.objects.bulk_create(
        [Extension(until=until, known_from=day, **_columns(line, reason, by)) for line in lines],
        ROWS_AT_ONCE,
    )


def _assign(
    lines: Iterable[Line], until: date, reason: str, by: AbstractBaseUser, day: date
) -> None:
    Assignment.objects.bulk_create(
        [Assignment(starts_on=day, due_on=until, **_columns(line, reason, by)) for line in lines],
        ROWS_AT_ONCE,
    )


type Writer = Callable[[Iterable[Line], date, str, AbstractBaseUser, date], None]

WRITERS: Mapping[Act, Writer] = {Act.WAIVE: _waive, Act.EXTEND: _extend, Act.ASSIGN: _assign}


@transaction.atomic
def take_back(*, given: Given, department: Department, by: AbstractBaseUser, at: datetime) -> bool:
    """From this day on it holds no longer; nothing happens where somebody has done so already."""
    day = organisation_day(at)
    taken = type(given)._default_manager.filter(pk=given.pk, withdrawn_on=None)  # noqa: SLF001  (Django's own name)
    if not taken.update(withdrawn_on=day):
        return False
    audit(
        ENDED[type(given)],
        by=by,
        at=at,
        department=department,
        person=given.person,
        module=given.module,
        before={"until": last_day_of(given).isoformat()},
        after={"until": day.isoformat()},
    )
    mark(module=given.module_id, person=given.person_id)
    return True


def last_day_of(given: Given) -> date:
    match given:
        case Exemption():
            return given.ends_on
        case Extension():
            return given.until
        case _:
            return given.due_on


def mark_lines(lines: Iterable[Line]) -> None:
    by_module: dict[int, set[int]] = {}
    for line in lines:
        by_module.setdefault(line.module_id, set()).add(line.person_id)
    for module, people in by_module.items():
        mark_moved(people, [module])
