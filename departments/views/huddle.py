"""The huddle card: one page for the wall, or for five minutes on a Monday."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.reports.huddles import huddle_card
from departments.views.reaching import headed_department
from departments.views.weeks import first_day_of, week_of
from knowledge.workdays import monday_of
from quizzes.days import organisation_today

A_WEEK = timedelta(weeks=1)
MOST_WEEKS_BACK = 26


@require_safe
def huddle_detail(request: HttpRequest, pk: int, week: str) -> HttpResponse:
    """`week` is written as 2026-W47; the next one may be printed already."""
    today = organisation_today()
    department = headed_department(request, pk, today)
    monday = first_day_of(week)
    this_monday = monday_of(today)
    if not this_monday - MOST_WEEKS_BACK * A_WEEK <= monday <= this_monday + A_WEEK:
        raise Http404
    context = {
        "card": huddle_card(department, week=monday),
        "department": department,
        "earlier": week_of(monday - A_WEEK),
        "later": week_of(monday + A_WEEK) if monday <= this_monday else "",
    }
    return render(request, "departments/huddle_detail.html", context)
