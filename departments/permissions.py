from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from departments.models import Department, DepartmentQuerySet


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
