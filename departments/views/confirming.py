"""An act in two steps: what it would mean, then the act.

The first step is a question and comes by GET, so that the way back and a reload are harmless. Only
the second is a POST; it checks everything once more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from departments.actions.refusing import Refused
from departments.forms.organisation_acts import ActForm
from departments.permissions import is_administrator
from quizzes.days import organisation_day

LOOKED = "look"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here, and when."""

    person: AbstractBaseUser
    at: datetime

    @property
    def day(self) -> date:
        return organisation_day(self.at)


@dataclass(frozen=True, slots=True)
class Way:
    """Whom or what an act is about, the page to which it leads back, and how its effect is told."""

    subject: str
    back_url: str
    preview: str


def visit_or_404(request: HttpRequest) -> Visit:
    """An administrator's; for everybody else there is nothing here."""
    if not request.user.is_authenticated or not is_administrator(request.user):
        raise Http404
    return Visit(request.user, timezone.now())


def sent_form(request: HttpRequest, kind: type[ActForm]) -> QueryDict | None:
    """What was filled in, in either step; a form without a field is filled in from the start."""
    if request.method == "POST":
        return request.POST
    return request.GET if LOOKED in request.GET or not kind.base_fields else None


def confirm(
    request: HttpRequest,
    form: ActForm,
    *,
    visit: Visit,
    way: Way,
    foretell: Callable[[], object],
) -> HttpResponse:
    is_back = request.method != "POST" and "back" in request.GET
    if not form.is_valid() or is_back:
        return form_page(request, form, way)
    try:
        if request.method == "POST":
            form.act(by=visit.person, at=visit.at)
            messages.success(request, str(form.told))
            return redirect(way.back_url)
        effect = foretell()
    except Refused as refused:
        if request.method != "POST" and not form.fields:
            return form_page(request, form, way, first=str(refused))
        form.add_error(None, str(refused))
        return form_page(request, form, way)
    return preview_page(request, form, way, effect)


def form_page(request: HttpRequest, form: ActForm, way: Way, first: str = "") -> HttpResponse:
    """`first` says what is to be done before: who has only opened the page did nothing wrong."""
    context = {"form": form, "way": way, "looked": LOOKED, "first": first}
    return render(request, "departments/organising/act_form.html", context)


def preview_page(request: HttpRequest, form: ActForm, way: Way, effect: object) -> HttpResponse:
    filled = {name: form.data.get(name, "") for name in form.fields}
    context: dict[str, Any] = {
        "form": form,
        "way": way,
        "effect": effect,
        "form_url": f"{request.path}?{urlencode(filled | {LOOKED: 1, 'back': 1})}",
    }
    return render(request, way.preview, context)
