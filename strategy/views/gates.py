"""Campaigns and their gates: planning is no secret, so every colleague may look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from knowledge.views.reaching import colleague
from quizzes.days import organisation_day, organisation_today
from strategy.forms.what_if import WhatIfForm
from strategy.models import Campaign
from strategy.reports.campaigns import campaign_list
from strategy.reports.gate_pages import gate_page


@require_safe
def campaign_index(request: HttpRequest) -> HttpResponse:
    colleague(request)
    return render(
        request,
        "strategy/campaign_list.html",
        {"campaigns": campaign_list(on=organisation_today())},
    )


@require_safe
def campaign_detail(request: HttpRequest, slug: str) -> HttpResponse:
    colleague(request)
    campaign = get_object_or_404(Campaign, slug=slug)
    return redirect("strategy:gate-detail", campaign.slug)


@require_safe
def gate_detail(request: HttpRequest, slug: str) -> HttpResponse:
    reader, now = colleague(request), timezone.now()
    today = organisation_day(now)
    campaign = get_object_or_404(Campaign.objects.select_related("owner"), slug=slug)
    form = WhatIfForm(request.GET if "on" in request.GET else None, today=today)
    page = gate_page(campaign, reader, on=today, asked=form.day)
    form.initial["on"] = page.gate.day
    return render(request, "strategy/gate_detail.html", {"page": page, "form": form, "now": now})
