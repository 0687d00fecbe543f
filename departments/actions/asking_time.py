"""A head asks those above her for more time; what they grant becomes her department's due day."""

from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from departments.actions.auditing import audit
from departments.actions.requirements import (
    ChangedMeanwhile,
    change_requirement,
    require_module,
)
from departments.models import AuditLine, Department, TimeRequest
from departments.reports import terms_of
from departments.reports.time_requests import binding_requirement
from knowledge.models import ModulePage


def ask_for_time(
    *,
    department: Department,
    module: ModulePage,
    until: date,
    reason: str,
    by: AbstractBaseUser,
    at: datetime,
) -> TimeRequest:
    """Raises `ChangedMeanwhile` where the department waits for an answer already."""
    try:
        with transaction.atomic():
            request: TimeRequest = TimeRequest.objects.create(
                department=department,
                module=module,
                until=until,
                reason=reason,
                asked_by_id=by.pk,
                asked_at=at,
            )
            bound = binding_requirement(department, module)
            audit(
                AuditLine.Kind.TIME_ASKED,
                by=by,
                at=at,
                department=department,
                module=module,
                reason=reason,
                before=_day(bound.due_on if bound else None),
                after=_day(until),
            )
    except IntegrityError as error:
        raise ChangedMeanwhile from error
    return request


@transaction.atomic
def answer_for_time(
    *,
    request: TimeRequest,
    answer: TimeRequest.Answer,
    note: str,
    by: AbstractBaseUser,
    at: datetime,
) -> None:
    """Raises `ChangedMeanwhile` where somebody has answered, or the requirement has gone."""
    open_ones = TimeRequest.objects.filter(pk=request.pk, answer="")
    if not open_ones.update(answer=answer, note=note, answered_by_id=by.pk, answered_at=at):
        raise ChangedMeanwhile
    audit(
        AuditLine.Kind.TIME_ANSWERED,
        by=by,
        at=at,
        department=request.department,
        module=request.module,
        reason=note,
        before={"until": request.until.isoformat()},
        after={"answer": answer.value},
    )
    if answer == TimeRequest.Answer.GRANTED:
        _set_due(request, by, at)


def _set_due(request: TimeRequest, by: AbstractBaseUser, at: datetime) -> None:
    """The department's own requirement, which is made where it comes from above until now."""
    bound = binding_requirement(request.department, request.module)
    if bound is None:
        raise ChangedMeanwhile
    terms = replace(terms_of(bound), due_on=request.until)
    if bound.department_id == request.department_id:
        change_requirement(
            requirement=bound,
            seen=terms_of(bound),
            terms=terms,
            actor=by,
            reason=request.reason[:400],
            at=at,
        )
    else:
        require_module(
            department=request.department,
            module=request.module,
            terms=terms,
            actor=by,
            reason=request.reason[:400],
            at=at,
        )


def _day(day: date | None) -> dict[str, str]:
    return {"due_on": day.isoformat()} if day else {}
