"""The huddle card: one page for the wall, or for five minutes on a Monday."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from departments.reports.huddles import huddle_card
from departments.views.teams import headed_department
from departments.views.weeks import monday_of, week_of
from quizzes.days import organisation_day

A_WEEK = timedelta(weeks=1)
MOST_WEEKS_BACK = 26


@require_safe
def huddle_detail(request: HttpRequest, pk: int, week: str) -> HttpResponse:
    """`week` is written as 2026-W47; the next one may be printed already."""
    today = organisation_day(timezone.now())
    department = headed_department(request, pk, today)
    monday = monday_of(week)
    this_monday = today - timedelta(days=today.weekday())
    if not this_monday - MOST_WEEKS_BACK * A_WEEK <= monday <= this_monday + A_WEEK:
        raise Http404
    context = {
        "card": huddle_card(department, week=monday),
        "department": department,
        "earlier": week_of(monday - A_WEEK),
        "later": week_of(monday + A_WEEK) if monday <= this_monday else "",
    }
    return render(request, "departments/huddle_detail.html", context)
