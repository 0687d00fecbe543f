"""What a department must know is set in two steps; the first shows what it would mean.

That step is a question and changes nothing, so it comes by GET: the browser's own way back
works, and a reload is harmless. Only the second is a POST. It carries the terms that were seen.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.actions import (
    ChangedMeanwhile,
    change_requirement,
    drop_requirement,
    require_module,
)
from departments.forms import RequirementForm, TermsForm
from departments.forms.requirements import PATHS, USUAL_DAYS
from departments.models import Requirement
from departments.reports import (
    Terms,
    modules_to_ask,
    requirement_effect,
    requirement_removal,
    terms_of,
)
from departments.reports.terms import put_on
from departments.views.requirements import Desk, desk_or_404
from knowledge.models import ModulePage

two_steps = require_http_methods(["GET", "HEAD", "POST"])


def own_requirement(desk: Desk, pk: int) -> Requirement | None:
    own = Requirement.objects.filter(
        department=desk.department, module__in=ModulePage.objects.open_to_colleagues()
    )
    return own.select_related("department", "module").filter(pk=pk).first()


@two_steps
def requirement_add(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_or_404(request, pk)
    form = RequirementForm(
        sent(request, "module"),
        day=desk.day,
        modules=modules_to_ask(desk.department),
        initial={"joiner_path": usual_path(request)},
    )
    if not form.is_valid() or is_back(request):
        return form_page(request, desk, form)
    if request.method == "POST":
        return add(request, desk, form)
    wanted = put_on(Requirement(department=desk.department, module=form.chosen_module), form.terms)
    return preview_page(request, desk, wanted, form)


def add(request: HttpRequest, desk: Desk, form: RequirementForm) -> HttpResponse:
    try:
        requirement = require_module(
            department=desk.department,
            module=form.chosen_module,
            terms=form.terms,
            actor=desk.person,
        )
    except ChangedMeanwhile:
        messages.info(request, _("Somebody has asked for this meanwhile. Nothing was changed."))
    else:
        told = _("Saved. Everybody there sees %(module)s on their first page now.")
        messages.success(request, told % {"module": requirement.module.title})
    return redirect("departments:requirement-list", desk.department.pk)


@two_steps
def requirement_change(request: HttpRequest, pk: int, requirement: int) -> HttpResponse:
    desk = desk_or_404(request, pk)
    stored = own_requirement(desk, requirement)
    if stored is None:
        return gone(request, desk)
    terms = terms_of(stored)
    start = TermsForm.start_with(terms)
    form = TermsForm(sent(request, "joiner_days"), day=desk.day, kept=terms, initial=start)
    if not form.is_valid() or is_back(request):
        return form_page(request, desk, form, stored)
    if request.method == "POST" and (saved := change(request, desk, stored, form.terms)):
        return saved
    wanted = put_on(stored, form.terms)
    return preview_page(request, desk, wanted, form, before=terms)


def change(
    request: HttpRequest, desk: Desk, stored: Requirement, terms: Terms
) -> HttpResponse | None:
    """Nothing where it isn't any longer what was seen: she looks again, then decides."""
    seen = terms_of(stored)
    try:
        check_seen(request, seen)
        change_requirement(requirement=stored, seen=seen, terms=terms, actor=desk.person)
    except ChangedMeanwhile:
        return None
    same = _("Nothing was different, so nothing was changed.")
    messages.success(request, _("Saved.") if terms != seen else same)
    return redirect("departments:requirement-list", desk.department.pk)


@two_steps
def requirement_remove(request: HttpRequest, pk: int, requirement: int) -> HttpResponse:
    desk = desk_or_404(request, pk)
    stored = own_requirement(desk, requirement)
    if stored is None:
        return gone(request, desk)
    if request.method == "POST" and (removed := remove(request, desk, stored)):
        return removed
    removal = requirement_removal(stored, on=desk.day)
    context = {
        "desk": desk,
        "requirement": stored,
        "terms": terms_of(stored),
        "removal": removal,
        "above_terms": terms_of(removal.above) if removal.above else None,
        "is_stale": request.method == "POST",
    }
    return render(request, "departments/requirement_remove.html", context)


def remove(request: HttpRequest, desk: Desk, stored: Requirement) -> HttpResponse | None:
    seen = terms_of(stored)
    try:
        check_seen(request, seen)
        drop_requirement(requirement=stored, seen=seen, actor=desk.person)
    except ChangedMeanwhile:
        return None
    told = _("Removed: %(module)s. Nothing that anybody has proved is lost.")
    messages.success(request, told % {"module": stored.module.title})
    return redirect("departments:requirement-list", desk.department.pk)


def sent(request: HttpRequest, field: str) -> QueryDict | None:
    """The form as it came, by either step; nothing while it hasn't been filled in."""
    if request.method == "POST":
        return request.POST
    return request.GET if field in request.GET else None


def is_back(request: HttpRequest) -> bool:
    return request.method != "POST" and "back" in request.GET


def usual_path(request: HttpRequest) -> str:
    """How long joiners have, as the link said that led here."""
    asked = request.GET.get("path", "")
    return asked if asked in {str(days) for days in PATHS} else str(USUAL_DAYS)


def check_seen(request: HttpRequest, terms: Terms) -> None:
    if request.POST.get("seen") != str(terms):
        raise ChangedMeanwhile


def gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody else has removed it; who only follows an old address meets nothing."""
    if request.method != "POST":
        raise Http404
    messages.info(request, _("Somebody has removed this meanwhile. Nothing was changed."))
    return redirect("departments:requirement-list", desk.department.pk)


def back_url(request: HttpRequest, form: TermsForm) -> str:
    """The form as it was filled in."""
    return f"{request.path}?{urlencode([*form.sent, ('back', '1')])}"


def form_page(
    request: HttpRequest, desk: Desk, form: TermsForm, requirement: Requirement | None = None
) -> HttpResponse:
    context = {"desk": desk, "form": form, "requirement": requirement}
    return render(request, "departments/requirement_form.html", context)


def preview_page(
    request: HttpRequest,
    desk: Desk,
    wanted: Requirement,
    form: TermsForm,
    *,
    before: Terms | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": desk,
        "wanted": wanted,
        "form": form,
        "before": before,
        "effect": requirement_effect(wanted, on=desk.day),
        "back_url": back_url(request, form),
        "is_stale": request.method == "POST",
    }
    return render(request, "departments/requirement_preview.html", context)
