"""Who may enter readings, and who may log what a department changes.

The groups that the portal makes have Django's own permissions for both: marketing and customer
experience may do it for all.
"""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin

from customers.models import ChangeQuestion, ProcessChange
from departments.models import Department, DepartmentQuerySet
from knowledge.permissions import AnyUser, may_reply

ENTER_ALL = "customers.add_reading"
LOG_ALL = "customers.add_processchange"
WRITE_MEASURES = "customers.change_measure"


def has(person: AnyUser, permission: str) -> bool:
    return isinstance(person, PermissionsMixin) and person.has_perm(permission)


def may_enter_all(person: AnyUser) -> bool:
    return has(person, ENTER_ALL)


def may_log_all(person: AnyUser) -> bool:
    return has(person, LOG_ALL)


def may_write_measures(person: AnyUser) -> bool:
    return has(person, WRITE_MEASURES)


def may_enter_of(person: AnyUser, promise: Any, *, on: date) -> bool:
    """Of all measures: who answers for a promise, cares for it or may publish it. A measure's own
    owner may enter its readings too."""
    return may_enter_all(person) or may_reply(person, promise, on)


def departments_changed_by(person: AbstractBaseUser, *, on: date) -> DepartmentQuerySet:
    """Those for which somebody may log a change: led by them, or all."""
    departments: DepartmentQuerySet = Department.objects.exclude(closed_on__lt=on)
    return departments if may_log_all(person) else departments.headed_by(person, on=on)


def may_drop(person: AbstractBaseUser, change: ProcessChange, *, on: date) -> bool:
    changed = departments_changed_by(person, on=on)
    return bool(changed.filter(pk=change.department_id).exists())


def may_answer(person: AnyUser, question: ChangeQuestion, *, on: date) -> bool:
    return may_reply(person, question.promise, on)
