"""A head gives their word for their department's part of a promise."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.actions.sign_offs import NoVersionError
from departments.forms.sign_offs import SignForm
from departments.models import Department, SignOff
from departments.permissions import may_sign
from departments.reports.sign_off_pages import SignPage, sign_page
from departments.wording import long_day
from knowledge.models import PromisePage
from knowledge.reports import promise_address
from knowledge.views.pages import page_at
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day


@require_http_methods(["GET", "HEAD", "POST"])
def link_sign(request: HttpRequest, promise: str, pk: int) -> HttpResponse:
    """Found by whoever speaks for the department; for anybody else it isn't there."""
    now = timezone.now()
    page = signed_by(request, promise, pk, now)
    form = SignForm(request.POST or None, page=page, at=now, asked=request.GET.get("version"))
    if request.method == "POST" and form.is_valid():
        try:
            word = form.sign(by=colleague(request))
        except NoVersionError:
            form.add_error(None, _("Another version is out meanwhile. Read it, then say it again."))
        else:
            messages.success(request, told(word))
            return redirect(f"{promise_address(page.promise)}#thread")
    return render(request, "departments/sign_off.html", {"page": page, "form": form})


def signed_by(request: HttpRequest, promise: str, pk: int, now: datetime) -> SignPage:
    on = organisation_day(now)
    department = get_object_or_404(Department, pk=pk)
    page = page_at(PromisePage, f"promises/{promise}/", "owner", "carer")
    if not isinstance(page, PromisePage) or not may_sign(colleague(request), department, on=on):
        raise Http404
    found = sign_page(page, department.pk, on=on)
    if found is None:
        raise Http404
    return found


def told(word: SignOff) -> str:
    if word.says != SignOff.Says.CAN:
        return _("Saved. Everybody on the thread can read why not yet.")
    if word.from_on:
        return _("Saved: you can do your part from %(day)s.") % {"day": long_day(word.from_on)}
    return _("Saved: you can do your part.")
