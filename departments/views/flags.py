"""Whoever can't keep a promise says so; whoever answers for it answers, where all can read it."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.actions.flags import (
    MovedMeanwhile,
    TooManyFlagsError,
    TooManyRepliesError,
    TooManyUnnamedError,
)
from departments.forms.flags import FlagForm, FlagReplyForm
from departments.models import Flag, FlagReply
from departments.permissions import may_reopen_flag
from departments.reports.flags import flag_line, flags_of
from departments.wording import long_day
from knowledge.models import PromisePage
from knowledge.permissions import answerer_of, may_reply
from knowledge.views.pages import page_at
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day

FLAGS_ON_A_PAGE = 30

Kind = FlagReply.Kind
form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def flag_list(request: HttpRequest, promise: str) -> HttpResponse:
    person, page = colleague(request), open_promise(promise)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (flag := raised(form, page, person)):
        messages.success(request, thanks_for(flag, page))
        return redirect("departments:flag-list", page.slug)
    on = organisation_day(timezone.now())
    sheet = Paginator(flags_of(page), FLAGS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [flag_line(flag, on, replies=flag.replies.all()) for flag in sheet.object_list]
    context = {
        "promise": page,
        "form": form,
        "sheet": sheet,
        "waiting": [line for line in lines if line.due_on],
        "answered": [line for line in lines if line.answered_on],
    }
    return render(request, "departments/flags/list.html", context)


@form_view
def flag_detail(request: HttpRequest, pk: int) -> HttpResponse:
    flags = Flag.objects.select_related("promise", "department", "raised_by")
    flag = get_object_or_404(flags, pk=pk)
    person, page = colleague(request), open_promise(flag.promise.slug)
    on = organisation_day(timezone.now())
    kinds = kinds_for(person, flag, page, on)
    form = FlagReplyForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid() and replied(request, form, flag):
        return redirect("departments:flag-detail", flag.pk)
    replies = flag.replies.select_related("by")
    context = {
        "promise": page,
        "line": flag_line(flag, on, replies=replies),
        "form": form,
        "may_answer": Kind.ANSWER in kinds,
        "may_reopen": Kind.REOPENED in kinds,
    }
    return render(request, "departments/flags/detail.html", context)


def open_promise(slug: str) -> PromisePage:
    page = page_at(PromisePage, f"promises/{slug}/", "owner", "carer")
    if not isinstance(page, PromisePage):
        raise Http404
    return page


def raised(form: FlagForm, page: PromisePage, person: AbstractBaseUser) -> Flag | None:
    try:
        return form.send(promise=page, by=person, at=timezone.now())
    except TooManyFlagsError:
        form.add_error(
            None, _("Thank you: that’s ten flags in one day. Please raise the next one tomorrow.")
        )
    except TooManyUnnamedError:
        told = _(
            "Colleagues have raised ten flags without a name about this promise today, and so "
            "that nobody has to be counted, it takes no more of them. Raise yours with your name, "
            "or come back tomorrow."
        )
        form.add_error(None, told)
    return None


def thanks_for(flag: Flag, page: PromisePage) -> str:
    day = long_day(flag.due_on)
    owner = answerer_of(page, on=organisation_day(flag.raised_at))
    if owner is None or owner.pk == flag.raised_by_id:
        return _("Thank you for saying so. An answer is due by %(day)s.") % {"day": day}
    told = _("Thank you for saying so. %(owner)s answers by %(day)s.")
    return told % {"owner": owner, "day": day}


def kinds_for(person: AbstractBaseUser, flag: Flag, page: PromisePage, on: date) -> set[str]:
    """What this person may say to a flag as it stands."""
    if flag.is_open:
        more = {Kind.ANSWER} if may_reply(person, page, on) else set()
    else:
        more = {Kind.REOPENED} if may_reopen_flag(person, flag, on=on) else set()
    return {Kind.REMARK, *more}


def replied(request: HttpRequest, form: FlagReplyForm, flag: Flag) -> bool:
    try:
        told = form.send(flag=flag, by=colleague(request), at=timezone.now())
    except MovedMeanwhile:
        form.add_error(None, _("Somebody was quicker: see what was said meanwhile."))
    except TooManyRepliesError:
        form.add_error(None, _("That’s a lot for one day. Say the rest tomorrow."))
    else:
        messages.success(request, told)
        return True
    return False
