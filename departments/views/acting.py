"""A head acts for several people at once: she ticks them, says what and why, sees it, confirms.

Each step is a form that carries what was ticked, so that it works without JavaScript, for as many
people as there are. Only the last writes. A key of somebody whom she doesn't lead is not there.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from departments.actions import ChangedMeanwhile
from departments.actions.giving import give
from departments.actions.nudging import nudge
from departments.forms.acting import GiveForm, NudgeForm, TicksForm, give_form
from departments.readiness import Reason
from departments.reports import PersonRow
from departments.reports.act_plans import plan_of
from departments.reports.acts import Act, Plan, Wish
from departments.reports.nudges import TO_DO, OpenNudge, nudged_modules
from departments.views.choosing import Choice, choice_or_404
from knowledge.models import ModulePage

steps = require_http_methods(["GET", "HEAD", "POST"])


@steps
def team_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom, and for what; with what was ticked on the team's page."""
    return choose_page(request, choice_or_404(request, pk))


@steps
def team_act_on(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    choice = choice_or_404(request, pk)
    if act not in set(Act):
        raise Http404
    if request.method != "POST":
        return redirect("departments:team-act", pk)
    wanted = Act(act)
    ticks = TicksForm(wanted, people=bool(choice.people), modules=bool(choice.modules))
    if not ticks.is_valid():
        return choose_page(request, choice, ticks)
    return form_step(request, choice, wanted)


@dataclass(frozen=True, slots=True)
class Ticked:
    """One person to tick, and what waits for her."""

    row: PersonRow
    is_ticked: bool
    waiting: tuple[str, ...]

    @property
    def is_on_leave(self) -> bool:
        cells = self.row.not_counted
        return any(each.readiness and each.readiness.reason is Reason.LEAVE for each in cells)


def choose_page(
    request: HttpRequest, choice: Choice, ticks: TicksForm | None = None
) -> HttpResponse:
    asked = {column.slug for column in choice.report.columns}
    others = ModulePage.objects.open_to_colleagues().exclude(slug__in=asked).order_by("title")
    context = {
        "choice": choice,
        "ticks": ticks,
        "others": list(others),
        "people": [
            Ticked(
                row,
                row.person_id in choice.people,
                tuple(c.title for c in row.cells if c.readiness and c.readiness.state in TO_DO),
            )
            for row in choice.report.rows
        ],
    }
    return render(request, "departments/acting/choose.html", context)


type ActForm = GiveForm | NudgeForm


def form_step(request: HttpRequest, choice: Choice, act: Act) -> HttpResponse:
    step = request.POST.get("step", "")
    form = act_form(act, request.POST if step else None, choice)
    if not step or step == "back" or not form.is_valid():
        return form_page(request, choice, act, form)
    plan = plan_of(choice.department, wish_of(choice, act, form), on=choice.day)
    if step == "confirm" and (done := carry_out(request, choice, act, form)):
        return done
    return preview_page(request, choice, form, plan)


def act_form(act: Act, sent: QueryDict | None, choice: Choice) -> ActForm:
    if act is Act.NUDGE:
        start = {"text": _("Could you have a look at this in the next few days? Thank you.")}
        return NudgeForm(sent, initial=start)
    return give_form(act, sent, day=choice.day)


def wish_of(choice: Choice, act: Act, form: ActForm) -> Wish:
    return choice.wish(act, form.cleaned_data.get("until"))


def carry_out(request: HttpRequest, choice: Choice, act: Act, form: ActForm) -> HttpResponse | None:
    """Nothing where it isn't any longer what was seen: she looks again, then decides."""
    what: dict[str, Any] = {
        "department": choice.department,
        "wish": wish_of(choice, act, form),
        "seen": request.POST.get("seen", ""),
        "by": choice.head,
        "at": choice.at,
    }
    try:
        if act is Act.NUDGE:
            people = nudge(text=form.cleaned_data["text"], **what)
        else:
            people = give(reason=form.cleaned_data["reason"], **what)
    except ChangedMeanwhile:
        return None
    messages.success(request, told(act, people))
    return redirect("departments:team-act", choice.department.pk)


def told(act: Act, people: int) -> str:
    if not people:
        return _("All of them have it already. Nothing was changed.")
    if act is Act.NUDGE:
        words = ngettext("%(people)s person was nudged.", "%(people)s people were nudged.", people)
    else:
        words = ngettext("Saved for %(people)s person.", "Saved for %(people)s people.", people)
    return words % {"people": people}


def form_page(request: HttpRequest, choice: Choice, act: Act, form: ActForm) -> HttpResponse:
    titles = ModulePage.objects.filter(slug__in=choice.modules).order_by("title")
    context = {
        "choice": choice,
        "act": act.value,
        "form": form,
        "titles": list(titles.values_list("title", flat=True)),
    }
    return render(request, "departments/acting/form.html", context)


def preview_page(request: HttpRequest, choice: Choice, form: ActForm, plan: Plan) -> HttpResponse:
    context: dict[str, Any] = {
        "choice": choice,
        "act": plan.act.value,
        "form": form,
        "plan": plan,
        "until": form.cleaned_data.get("until"),
        "nudge": first_nudge(choice, form, plan) if plan.act is Act.NUDGE else None,
        "is_stale": request.POST.get("step") == "confirm",
    }
    return render(request, "departments/acting/preview.html", context)


def first_nudge(choice: Choice, form: ActForm, plan: Plan) -> OpenNudge | None:
    """What the first of them will read."""
    if not plan.lines:
        return None
    first = plan.lines[0].person_id
    row = next(row for row in choice.rows if row.person_id == first)
    about = {line.module_id for line in plan.lines if line.person_id == first}
    text = form.cleaned_data["text"]
    return OpenNudge(str(choice.head), text, choice.day, nudged_modules(row, about))
