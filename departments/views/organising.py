"""The tree of departments, for administrators: looked at, and changed."""

from functools import partial

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from departments.actions.foretelling import DepartmentEffect, effect_on_department
from departments.forms.organising import DEPARTMENT_ACTS, DepartmentForm
from departments.models import Department
from departments.reports.structure import department_file, tree_file
from departments.views.confirming import Visit, Way, confirm, sent_form, visit_or_404

TREE_PREVIEW = "departments/organising/department_preview.html"
LEADING_PREVIEW = "departments/organising/leading_preview.html"
LEADING = frozenset({"head", "deputy", "end-headship"})


@require_safe
def organisation_tree(request: HttpRequest) -> HttpResponse:
    visit = visit_or_404(request)
    context = {"tree": tree_file(visit.day)}
    return render(request, "departments/organising/tree.html", context)


@require_safe
def department_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_or_404(request)
    department = get_object_or_404(Department, pk=pk)
    context = {"file": department_file(department, on=visit.day)}
    return render(request, "departments/organising/department.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def department_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    visit = visit_or_404(request)
    department = get_object_or_404(Department, pk=pk)
    if act not in DEPARTMENT_ACTS:
        raise Http404
    kind = DEPARTMENT_ACTS[act]
    people = get_user_model()._default_manager.filter(is_active=True, anonymised_on=None)  # noqa: SLF001  (Django's own name)
    form = kind(
        sent_form(request, kind),
        initial={"headship": request.GET.get("headship", "")},
        day=visit.day,
        department=department,
        people=people,
    )
    preview = LEADING_PREVIEW if act in LEADING else TREE_PREVIEW
    way = Way(
        department.name, reverse("departments:department-detail", args=[department.pk]), preview
    )
    foretold = partial(foretell, form, department, visit)
    return confirm(request, form, visit=visit, way=way, foretell=foretold)


def foretell(form: DepartmentForm, department: Department, visit: Visit) -> DepartmentEffect:
    act = partial(form.act, by=visit.person, at=visit.at)
    return effect_on_department(department, act, into=form.into, on=visit.day)
