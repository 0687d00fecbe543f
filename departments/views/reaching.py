"""Which department a page is about: whoever may not open it finds nothing there."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.models import Department
from departments.permissions import editable_departments
from knowledge.views.reaching import colleague


def headed_department(request: HttpRequest, pk: int, day: date) -> Department:
    """A department that the person leads; any other is not there for her."""
    headed = Department.objects.headed_by(colleague(request), on=day)
    department: Department = get_object_or_404(headed, pk=pk)
    return department


def editable_department(request: HttpRequest, pk: int, day: date) -> Department:
    """Of a head her own and those below; of an administrator every one."""
    editable = editable_departments(colleague(request), on=day)
    department: Department = get_object_or_404(editable, pk=pk)
    return department


def is_led_by(request: HttpRequest, department: Department, day: date) -> bool:
    headed = Department.objects.headed_by(colleague(request), on=day)
    return bool(headed.filter(pk=department.pk).exists())
