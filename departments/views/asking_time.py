"""A head asks for more time; whoever leads above her, or else an administrator, answers."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.actions import ChangedMeanwhile
from departments.actions.asking_time import answer_for_time, ask_for_time
from departments.forms.acting import AnswerForm, TimeForm
from departments.models import Department, TimeRequest
from departments.reports import terms_of
from departments.reports.requirements import department_requirements
from departments.reports.time_requests import (
    binding_requirement,
    may_answer,
    modules_to_ask_time_for,
)
from departments.views.reaching import headed_department, is_led_by
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day, organisation_today

MOST_SHOWN = 20
form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def time_ask(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    day = organisation_day(at)
    department = headed_department(request, pk, day)
    form = TimeForm(
        request.POST or None,
        day=day,
        modules=modules_to_ask_time_for(department),
        initial={"module": request.GET.get("module", "")},
    )
    if form.is_valid():
        ask(request, department, form, at)
        return redirect("departments:time-ask", pk)
    asked = TimeRequest.objects.filter(department=department)
    context = {
        "department": department,
        "form": form,
        "requests": asked.select_related("module", "asked_by", "answered_by")[:MOST_SHOWN],
    }
    return render(request, "departments/acting/time.html", context)


def ask(request: HttpRequest, department: Department, form: TimeForm, at: datetime) -> None:
    try:
        ask_for_time(
            department=department,
            module=form.chosen_module,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            by=colleague(request),
            at=at,
        )
    except ChangedMeanwhile:
        messages.info(request, _("This has been asked meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("Asked. The answer comes to this page, and to your team’s."))


@form_view
def time_answer(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    at = timezone.now()
    day = organisation_day(at)
    person = colleague(request)
    known = TimeRequest.objects.select_related("department", "module", "asked_by")
    found = get_object_or_404(known, pk=asked, department=pk)
    if not may_answer(person, found, on=day):
        raise Http404
    form = AnswerForm(None if found.answer else request.POST or None)
    if form.is_valid():
        answer(request, found, form, at)
        return redirect("departments:time-answer", pk, asked)
    bound = binding_requirement(found.department, found.module)
    context = {
        "asked": found,
        "form": form,
        "terms": terms_of(bound) if bound else None,
        "people": people_asked(found, bound.pk if bound else 0),
        "leads": is_led_by(request, found.department, day),
    }
    return render(request, "departments/acting/time_answer.html", context)


def answer(request: HttpRequest, asked: TimeRequest, form: AnswerForm, at: datetime) -> None:
    said, note = TimeRequest.Answer(form.cleaned_data["answer"]), form.cleaned_data["note"]
    try:
        answer_for_time(request=asked, answer=said, note=note, by=colleague(request), at=at)
    except ChangedMeanwhile:
        messages.info(request, _("This has changed meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("Answered. %(who)s sees it.") % {"who": asked.asked_by})


def people_asked(request: TimeRequest, requirement: int) -> int:
    """How many of the department are asked for the module."""
    day = organisation_today()
    told = department_requirements(request.department, on=day)
    every = [*told.own, *told.inherited]
    return sum(each.people for each in every if each.requirement_id == requirement)
