"""The log of what departments changed or will change, and what it asks of promises."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.actions.changes import (
    SettledMeanwhile,
    answer_question,
    drop_change,
    is_droppable,
    log_change,
)
from customers.forms.changes import AnswerForm, ChangeForm
from customers.models import ChangeQuestion, Measure, ProcessChange
from customers.permissions import departments_changed_by, may_answer, may_drop
from customers.reports.changes import logged_changes
from knowledge.models import PromisePage
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day, organisation_today

CHANGES_ON_A_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    on = organisation_today()
    pages = Paginator(logged_changes(), CHANGES_ON_A_PAGE)
    may_log = departments_changed_by(colleague(request), on=on).exists()
    context = {"sheet": pages.get_page(request.GET.get("page")), "on": on, "may_log": may_log}
    return render(request, "customers/change_list.html", context)


@form_view
def change_add(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    departments = list(departments_changed_by(colleague(request), on=organisation_day(now)))
    if not departments:
        raise Http404
    promises: Any = PromisePage.objects.open_to_colleagues().order_by("title")
    form = ChangeForm(
        request.POST or None,
        departments=departments,
        promises=promises,
        measures=Measure.objects.all(),
        initial={"promises": request.GET.getlist("promise")},
    )
    if request.method == "POST" and form.is_valid():
        change = log_change(told=form.told, by=colleague(request), at=now)
        messages.success(request, logged_in_words(change))
        return redirect("customers:change-detail", change.reference)
    return render(request, "customers/change_form.html", {"form": form})


def logged_in_words(change: ProcessChange) -> str:
    asked = change.questions.count()
    told = _("Logged as %(reference)s.") % {"reference": change.reference}
    if not asked:
        return told
    owners = ngettext(
        "The owner of %(asked)s promise is asked whether it changes.",
        "The owners of %(asked)s promises are asked whether they change.",
        asked,
    )
    return f"{told} {owners % {'asked': asked}}"


@require_safe
def change_detail(request: HttpRequest, reference: str) -> HttpResponse:
    change = get_object_or_404(logged_changes(), reference=reference)
    person, on = colleague(request), organisation_today()
    waiting = [each for each in change.questions.all() if not each.answer]
    context = {
        "change": change,
        "on": on,
        "may_drop": is_droppable(change, on=on) and may_drop(person, change, on=on),
        "answerable": {
            each.pk
            for each in waiting
            if change.dropped_at is None and may_answer(person, each, on=on)
        },
    }
    return render(request, "customers/change_detail.html", context)


@require_POST
def change_drop(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    change = get_object_or_404(ProcessChange, reference=reference)
    if not may_drop(colleague(request), change, on=organisation_day(now)):
        raise Http404
    try:
        drop_change(change=change, at=now)
    except SettledMeanwhile:
        messages.info(request, _("Its day has come, or it was dropped before. Nothing changed."))
    else:
        messages.success(request, _("Dropped. It stays in the log, and asks nobody any more."))
    return redirect("customers:change-detail", change.reference)


@form_view
def question_answer(request: HttpRequest, reference: str, promise: str) -> HttpResponse:
    """By whoever answers for the promise: does it become another one?"""
    now = timezone.now()
    rows = ChangeQuestion.objects.select_related("change__department", "promise__owner")
    rows = rows.filter(promise__in=PromisePage.objects.open_to_colleagues())
    question = get_object_or_404(rows, change__reference=reference, promise__slug=promise)
    person = colleague(request)
    if question.change.dropped_at or not may_answer(person, question, on=organisation_day(now)):
        raise Http404
    form = AnswerForm(request.POST or None)
    if question.answer or (request.method == "POST" and form.is_valid()):
        return answered(request, question, form)
    return render(request, "customers/question_form.html", {"question": question, "form": form})


def answered(request: HttpRequest, question: ChangeQuestion, form: AnswerForm) -> HttpResponse:
    settled = _("Somebody has answered this already.")
    if question.answer:
        messages.info(request, settled)
        return redirect("customers:change-detail", question.change.reference)
    try:
        answer_question(
            question=question, by=colleague(request), at=timezone.now(), **form.cleaned_data
        )
    except SettledMeanwhile:
        messages.info(request, settled)
    else:
        messages.success(request, _("Answered. Everybody can read it."))
    return redirect("customers:change-detail", question.change.reference)
