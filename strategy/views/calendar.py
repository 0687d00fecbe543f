"""The launch calendar, on the page and in everybody's own."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from knowledge.views.reaching import colleague
from quizzes.days import organisation_day, organisation_today
from strategy.actions.calendars import renew_feed
from strategy.exports.calendar import CONTENT_TYPE, calendar_file
from strategy.reports.calendar import line_of_time, month_page, months_ahead
from strategy.reports.feeds import key_of, reader_with

# What another calendar is told: the month that is gone, and a year ahead.
DAYS_BEHIND, DAYS_AHEAD = 31, 366


@require_safe
def calendar_detail(request: HttpRequest) -> HttpResponse:
    person, on = colleague(request), organisation_today()
    context = {
        "page": month_page(request.GET.get("month", ""), on=on),
        "address": address_with(request, key_of(person)),
    }
    return render(request, "strategy/calendar.html", context)


@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    person, on = colleague(request), organisation_today()
    context = {
        "months": months_ahead(on=on),
        "today": on,
        "address": address_with(request, key_of(person)),
    }
    return render(request, "strategy/calendar_list.html", context)


def address_with(request: HttpRequest, key: str) -> str:
    way = reverse("strategy:calendar-feed", query={"key": key})
    return request.build_absolute_uri(way) if key else ""


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    renew_feed(person=colleague(request), at=timezone.now())
    messages.success(request, _("Your address is made. An older one shows nothing any more."))
    return redirect(reverse("strategy:calendar-detail", fragment="own"))


@require_safe
@login_not_required
@sensitive_variables("reader")
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Other calendars can't sign in: the key speaks for a person who could.

    Whatever is wrong with a key, the answer is the same.
    """
    reader = reader_with(request.GET.get("key", ""))
    if reader is None:
        return HttpResponseNotFound(_("There is no calendar here."), content_type="text/plain")
    now = timezone.now()
    on = organisation_day(now)
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        line = line_of_time(
            on - timedelta(days=DAYS_BEHIND), on + timedelta(days=DAYS_AHEAD), on=on
        )
        response = HttpResponse(calendar_file(line, at=now), content_type=CONTENT_TYPE)
    patch_cache_control(response, private=True, no_store=True)
    return response
