"""A head names who stands in for her, and from when to when. Her deputies don't."""

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from departments.forms.organising import DEPUTY_ACTS
from departments.models import Department, Membership
from departments.permissions import departments_led, editable_departments
from departments.reports.structure import department_file
from departments.views.confirming import Visit, Way, confirm, sent_form
from departments.views.organising import LEADING_PREVIEW, foretell


def led_or_404(request: HttpRequest, pk: int) -> tuple[Visit, Department]:
    """A department that she leads as its head, or from above; any other is not there for her."""
    if not request.user.is_authenticated:
        raise Http404
    visit = Visit(request.user, timezone.now())
    department: Department = get_object_or_404(departments_led(request.user, on=visit.day), pk=pk)
    return visit, department


@require_safe
def deputy_list(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever leads the department; only its head, or one above, is offered to change it."""
    if not request.user.is_authenticated:
        raise Http404
    visit = Visit(request.user, timezone.now())
    readable = editable_departments(request.user, on=visit.day)
    department: Department = get_object_or_404(readable, pk=pk)
    context = {
        "file": department_file(department, on=visit.day),
        "may_name": departments_led(request.user, on=visit.day).filter(pk=pk).exists(),
    }
    return render(request, "departments/organising/deputies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deputy_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    visit, department = led_or_404(request, pk)
    if act not in DEPUTY_ACTS:
        raise Http404
    kind = DEPUTY_ACTS[act]
    form = kind(
        sent_form(request, kind),
        initial={"headship": request.GET.get("headship", "")},
        day=visit.day,
        department=department,
        people=people_below(department, visit),
    )
    back_url = reverse("departments:deputy-list", args=[department.pk])
    way = Way(department.name, back_url, LEADING_PREVIEW)
    foretold = partial(foretell, form, department, visit)
    return confirm(request, form, visit=visit, way=way, foretell=foretold)


def people_below(department: Department, visit: Visit) -> QuerySet[Any]:
    """Whom a head may name: she learns nobody's name by trying.

    Nobody names herself: a head could go on leading when her own time is over.
    """
    there = Membership.objects.current(on=visit.day).filter(
        person=OuterRef("pk"), department__path__startswith=department.path
    )
    people: QuerySet[Any] = get_user_model()._default_manager.filter(  # noqa: SLF001  (Django's own name)
        Exists(there), is_active=True
    )
    return people.exclude(pk=visit.person.pk)
