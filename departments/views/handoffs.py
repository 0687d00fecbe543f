"""What a department needs of others and gets from them; its head speaks for it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.actions.handoffs import (
    SettledMeanwhile,
    StillWaiting,
    answer_need,
    close_need,
    close_rating,
    post_need,
    reply_to_rating,
    sign_rating,
)
from departments.forms.handoffs import AnswerForm, NeedForm, RatingForm, ReplyForm
from departments.models import Department, HandoffRating, Need
from departments.reports.handoffs import (
    handoffs_of,
    need_line,
    open_promises,
    others,
    rating_line,
)
from departments.views.reaching import headed_department
from departments.wording import long_day
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def handoff_list(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    department = led(request, pk, now)
    report = handoffs_of(department, on=organisation_day(now))
    context = {"department": department, "report": report, "now": now}
    return render(request, "departments/handoffs/list.html", context)


@form_view
def need_add(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    department = led(request, pk, now)
    form = NeedForm(
        request.POST or None,
        departments=others(department),
        promises=open_promises(),
        initial={"supplier": request.GET.get("of", "")},
    )
    if request.method == "POST" and form.is_valid():
        need = post_need(department=department, by=colleague(request), at=now, **form.wanted)
        told = _("Asked. %(supplier)s sees it on its page, and answers by %(day)s.")
        day = need_line(need, department.pk, organisation_day(now)).due_on
        messages.success(
            request, told % {"supplier": need.supplier, "day": long_day(day) if day else ""}
        )
        return redirect("departments:handoff-list", department.pk)
    return form_page(request, department, form, "need_form")


@form_view
def need_detail(request: HttpRequest, pk: int, need: int) -> HttpResponse:
    """Answered by the department that is asked."""
    now = timezone.now()
    department = led(request, pk, now)
    asked = get_object_or_404(
        Need.objects.select_related("department", "supplier", "promise", "posted_by"),
        pk=need,
        supplier=department,
        closed_at=None,
    )
    form = AnswerForm(request.POST or None, initial={"state": asked.state, "reply": asked.reply})
    if request.method == "POST" and form.is_valid():
        try:
            answer_need(need=asked, by=colleague(request), at=now, **form.cleaned_data)
        except SettledMeanwhile:
            messages.info(request, _("They have closed this meanwhile. Nothing was changed."))
        else:
            told = _("Sent. %(department)s sees your answer.")
            messages.success(request, told % {"department": asked.department})
        return redirect("departments:handoff-list", department.pk)
    line = need_line(asked, department.pk, organisation_day(now))
    return form_page(request, department, form, "need_answer", line=line)


@require_POST
def need_close(request: HttpRequest, pk: int, need: int) -> HttpResponse:
    """By the department that asked."""
    now = timezone.now()
    department = led(request, pk, now)
    asked = get_object_or_404(Need, pk=need, department=department)
    try:
        close_need(need=asked, is_met=request.POST.get("met") == "yes", at=now)
    except SettledMeanwhile:
        messages.info(request, _("This is closed already."))
    else:
        messages.success(request, _("Closed. Thank you for saying so."))
    return redirect("departments:handoff-list", department.pk)


@form_view
def rating_add(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    department = led(request, pk, now)
    form = RatingForm(
        request.POST or None,
        departments=others(department),
        promises=open_promises(),
        initial={
            "supplier": request.GET.get("from", ""),
            "promise": request.GET.get("promise", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            rating = sign_rating(receiver=department, by=colleague(request), at=now, **form.agreed)
        except SettledMeanwhile:
            told = _("They have replied to this month’s rating already, so it stays as it is.")
            messages.info(request, told)
        else:
            told = _("Signed for your team. %(supplier)s can reply now.")
            messages.success(request, told % {"supplier": rating.supplier})
        return redirect("departments:handoff-list", department.pk)
    return form_page(request, department, form, "rating_form")


@form_view
def rating_reply(request: HttpRequest, pk: int, rating: int) -> HttpResponse:
    """By the department that was rated."""
    now = timezone.now()
    department = led(request, pk, now)
    said = get_object_or_404(
        HandoffRating.objects.select_related("supplier", "receiver", "promise"),
        pk=rating,
        supplier=department,
        closed_at=None,
    )
    form = ReplyForm(request.POST or None, initial={"reply": said.reply})
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_rating(rating=said, by=colleague(request), at=now, **form.cleaned_data)
        except SettledMeanwhile:
            messages.info(request, _("They have closed this meanwhile. Nothing was changed."))
        else:
            messages.success(request, _("Sent."))
        return redirect("departments:handoff-list", department.pk)
    line = rating_line(said, organisation_day(now))
    return form_page(request, department, form, "rating_reply", line=line)


@require_POST
def rating_close(request: HttpRequest, pk: int, rating: int) -> HttpResponse:
    """By the department that rated."""
    now = timezone.now()
    department = led(request, pk, now)
    said = get_object_or_404(HandoffRating, pk=rating, receiver=department)
    try:
        close_rating(rating=said, at=now)
    except SettledMeanwhile:
        messages.info(request, _("This is closed already."))
    except StillWaiting:
        messages.info(request, _("They haven’t replied yet. It can be closed after 14 days."))
    else:
        messages.success(request, _("Closed."))
    return redirect("departments:handoff-list", department.pk)


def led(request: HttpRequest, pk: int, now: datetime) -> Department:
    return headed_department(request, pk, organisation_day(now))


def form_page(
    request: HttpRequest, department: Department, form: object, name: str, line: object = None
) -> HttpResponse:
    context = {"department": department, "form": form, "line": line}
    return render(request, f"departments/handoffs/{name}.html", context)
