"""Reminds people of what waits for them: each of them once a week at the most."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.actions.auditing import audit_all
from departments.actions.giving import locked_plan
from departments.models import AuditLine, Department, Nudge
from departments.reports.acts import Plan, Wish
from knowledge.workdays import monday_of
from quizzes.days import organisation_day


@transaction.atomic
def nudge(
    *,
    department: Department,
    wish: Wish,
    text: str,
    seen: str,
    by: AbstractBaseUser,
    at: datetime,
) -> int:
    """How many were reminded; nobody, where all were in this week.

    Raises `ChangedMeanwhile` where somebody else has reminded some of them since it was seen.
    """
    day = organisation_day(at)
    plan = locked_plan(department, wish, seen, on=day)
    nudges = Nudge.objects.bulk_create(
        Nudge(person_id=to.person_id, by_id=by.pk, at=at, week=monday_of(day), text=text)
        for to in plan.people
    )
    write_modules(nudges, plan)
    departments = {line.person_id: line.department_id for line in plan.lines}
    audit_all(
        AuditLine(
            at=at,
            kind=AuditLine.Kind.NUDGED,
            by_id=by.pk,
            department_id=departments[to.person_id],
            person_id=to.person_id,
            after={"modules": list(to.titles)},
        )
        for to in plan.people
    )
    return len(plan.people)


def write_modules(nudges: list[Nudge], plan: Plan) -> None:
    by_person = {each.person_id: each.pk for each in nudges}
    about = Nudge.modules.through
    about.objects.bulk_create(
        about(nudge_id=by_person[line.person_id], modulepage_id=line.module_id)
        for line in plan.lines
    )
