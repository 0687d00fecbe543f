"""How good are our dates? What was foretold beside what came, and one stretch for everybody."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from quizzes.actions.stretching import stretch
from quizzes.calibration import ENOUGH, LONGEST, MANY, SHORTEST, TOLERATED_POINTS, Calibration
from quizzes.days import organisation_today
from quizzes.models import QuizSettings, StretchChange
from quizzes.permissions import may_stretch_dates
from quizzes.reports.calibrations import calibration_under, stretch_log
from quizzes.reports.previews import lasting, reckoned_anew
from quizzes.viewsets.chart import chart_of

TITLE = gettext_lazy("How good are our dates?")


class StretchForm(forms.Form):
    """To which stretch, from which one, and why."""

    to = forms.FloatField(min_value=SHORTEST, max_value=LONGEST, widget=forms.HiddenInput)
    since = forms.FloatField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in the log below, with your name."),
    )


class TrialForm(forms.Form):
    to = forms.FloatField(label=gettext_lazy("Stretch"), min_value=SHORTEST, max_value=LONGEST)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the answers say, and which stretches they, or the log, speak for."""

    settings: QuizSettings
    found: Calibration
    log: list[StretchChange]

    @property
    def suggested(self) -> float | None:
        """As a stretch of the model's own dates; the answers ask for one of today's."""
        if self.found.stretch is None:
            return None
        whole = round(self.settings.stretch * self.found.stretch, 2)
        return min(max(whole, SHORTEST), LONGEST)

    @property
    def former(self) -> float | None:
        """What held before the newest change, which can be taken back."""
        newest = self.log[0] if self.log else None
        return newest.before if newest and newest.after == self.settings.stretch else None

    def allows(self, to: float) -> bool:
        """Back to what was before, or on the way to what is suggested."""
        ends = sorted((self.settings.stretch, self.suggested or self.settings.stretch))
        is_change = to != self.settings.stretch
        return is_change and (to == self.former or ends[0] <= to <= ends[1])


@require_http_methods(["GET", "HEAD", "POST"])
def dates_page(request: HttpRequest) -> HttpResponse:
    if not may_stretch_dates(request.user):
        raise PermissionDenied
    settings = QuizSettings.load()
    desk = Desk(settings, calibration_under(settings.stretch), stretch_log())
    form = StretchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(request, desk, form.cleaned_data)
    return render(request, "quizzes/dates/page.html", shown(desk, asked_for(request, desk), form))


def act(request: HttpRequest, desk: Desk, said: dict[str, Any]) -> HttpResponse:
    if said["since"] != desk.settings.stretch or not desk.allows(said["to"]):
        messages.warning(request, _("The stretch, or the answers, have changed. Look once more."))
    else:
        stretch(by=request.user, at=timezone.now(), after=said["to"], reason=said["reason"])
        messages.success(
            request, _("Done. Each date is reckoned so from its person’s next pass or practice on.")
        )
    return redirect("dates:index")


def asked_for(request: HttpRequest, desk: Desk) -> float | None:
    """The stretch whose effect is shown: one that was asked for, else the suggested one."""
    sent = request.POST if request.method == "POST" else request.GET
    trial = TrialForm(sent)
    if trial.is_valid() and desk.allows(to := trial.cleaned_data["to"]):
        return float(to)
    return desk.suggested if desk.suggested and desk.allows(desk.suggested) else None


def shown(desk: Desk, to: float | None, form: StretchForm) -> dict[str, Any]:
    now = desk.settings.stretch
    told = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": TITLE},
        ],
        "header_icon": "date",
        "header_title": TITLE,
        "found": desk.found,
        "fullest": max(desk.found.buckets, key=lambda bucket: bucket.n),
        "chart": chart_of(desk.found.buckets),
        "stretch": now,
        "suggested": desk.suggested,
        "former": desk.former,
        "to": to,
        "log": desk.log,
        "enough": ENOUGH,
        "tolerated": TOLERATED_POINTS,
        "many": MANY,
    }
    return told | (effect(desk.settings, to, form) if to is not None else {})


def effect(settings: QuizSettings, to: float, form: StretchForm) -> dict[str, Any]:
    """What it would do in days: a stretch is a number that nobody can picture."""
    form.initial = {"to": to, "since": settings.stretch}
    rules = settings.rules, replace(settings.rules, stretch=to)
    return {
        "form": form,
        "trial": TrialForm(initial={"to": to}),
        "lasting": lasting(*rules),
        "reckoned": reckoned_anew(*rules, on=organisation_today()),
    }


class DatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_stretch_dates(request.user)


class DatesViewSet(ViewSet):
    icon = "date"
    menu_label = TITLE
    menu_name = "dates"
    menu_order = 910
    menu_hook = "register_reports_menu_item"
    menu_item_class: Any = DatesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", dates_page, name="index")]
