from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from departments.models import Department, DepartmentQuerySet, Flag, FlagReply, Headship


def is_administrator(person: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(getattr(person, "is_superuser", False))


def editable_departments(
    person: AbstractBaseUser | AnonymousUser, *, on: date
) -> DepartmentQuerySet:
    """Those whose requirements she may set: for an administrator all, else those she leads."""
    departments: DepartmentQuerySet = Department.objects.all()
    if isinstance(person, AnonymousUser):
        departments = Department.objects.none()
    elif not is_administrator(person):
        departments = Department.objects.headed_by(person, on=on)
    return departments


def departments_led(person: AbstractBaseUser | AnonymousUser, *, on: date) -> DepartmentQuerySet:
    """Those for which she may name a deputy: a head's own and all below; no deputy's."""
    if isinstance(person, AnonymousUser):
        return no_departments()
    departments: DepartmentQuerySet = Department.objects.all()
    if is_administrator(person):
        return departments
    led = Headship.objects.current(on=on).filter(person_id=person.pk, kind=Headship.Kind.HEAD)
    below = [Q(path__startswith=path) for path in led.values_list("department__path", flat=True)]
    return departments.filter(reduce(or_, below)) if below else no_departments()


def no_departments() -> DepartmentQuerySet:
    none: DepartmentQuerySet = Department.objects.none()
    return none


def may_compare_departments(person: AbstractBaseUser) -> bool:
    """Whoever leads a department, or steers all: others see the organisation's totals alone."""
    return is_administrator(person) or any(
        getattr(person, role, False) for role in ("is_head", "is_editor")
    )


def may_sign(person: AbstractBaseUser, department: Department, *, on: date) -> bool:
    """Whoever speaks for a department's part of a promise: its head, one above, a deputy."""
    led = Department.objects.headed_by(person, on=on)
    return is_administrator(person) or bool(led.filter(pk=department.pk).exists())


def may_reopen_flag(person: AbstractBaseUser, flag: Flag, *, on: date) -> bool:
    """The author who gave a name, or a head on the thread; never whoever gave the answer."""
    answer = flag.replies.filter(kind=FlagReply.Kind.ANSWER).order_by("at", "pk").last()
    if answer is not None and answer.by_id == person.pk:
        return False
    led = Department.objects.headed_by(person, on=on)
    is_head_on_it = led.filter(links__promise=flag.promise_id).exists()
    return bool(flag.raised_by_id == person.pk or is_head_on_it)
