"""The month's question: answered once, told when the month is over, the same to everybody."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from departments.actions.pulse import NotAsked, agree_on_belief, answer_pulse, close_pulses
from departments.exports import csv_file, pulse_csv
from departments.forms.pulse import BeliefForm
from departments.models import Department, TeamBelief
from departments.reports.pulse import Month, months_told, results_on
from departments.reports.pulse_question import Question, question_for
from departments.reports.pulse_told import by_promise, pulse_data
from departments.suppression import MINIMUM_GROUP
from knowledge.models import PromisePage
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today

form_view = require_http_methods(["GET", "HEAD", "POST"])


# A report of an error must not tell what somebody answered.
@sensitive_post_parameters()
@form_view
def pulse_detail(request: HttpRequest) -> HttpResponse:
    person, day = colleague(request), organisation_today()
    question = question_for(person, on=day)
    if question is None or not question.is_waiting:
        return pulse_page(request, question)
    is_sent = request.method == "POST" and request.POST.get("pulse") == str(question.pulse.pk)
    form = BeliefForm(request.POST if is_sent else None, asks_of_ten=question.asks_of_ten)
    if is_sent and form.is_valid():
        take_answer(request, person, question, form)
        return redirect("departments:pulse-detail")
    return pulse_page(request, question, form)


def take_answer(
    request: HttpRequest, person: AbstractBaseUser, question: Question, form: BeliefForm
) -> None:
    try:
        answer_pulse(pulse=question.pulse, person=person, at=timezone.now(), **form.said)
    except NotAsked:
        messages.info(request, _("This question has closed meanwhile. Nothing was sent."))


def pulse_page(
    request: HttpRequest, question: Question | None, form: BeliefForm | None = None
) -> HttpResponse:
    context = {
        "question": question,
        "form": form,
        "minimum": MINIMUM_GROUP,
        "results_on": results_on(question.pulse) if question else None,
    }
    return render(request, "departments/pulse.html", context)


@form_view
def pulse_team(request: HttpRequest, pk: int) -> HttpResponse:
    """What a team agreed on, written down by whoever leads it."""
    person, day = colleague(request), organisation_today()
    question = question_for(person, on=day)
    if question is None or not question.is_agreed_by_teams:
        raise Http404
    teams = [team.pk for team in question.own_teams]
    team: Department = get_object_or_404(Department, pk=pk, pk__in=teams)
    agreed = TeamBelief.objects.filter(pulse=question.pulse, department=team).first()
    form = BeliefForm(
        request.POST or None, asks_of_ten=question.asks_of_ten, initial=initial_of(agreed)
    )
    if request.method == "POST" and form.is_valid():
        agree(request, person, question, team, form)
        return redirect("departments:pulse-results")
    context = {"question": question, "team": team, "form": form, "agreed": agreed}
    return render(request, "departments/pulse_team.html", context)


def initial_of(agreed: TeamBelief | None) -> dict[str, object]:
    if agreed is None:
        return {}
    return {"belief": agreed.belief, "words": agreed.sentence, "of_ten": agreed.of_ten}


def agree(
    request: HttpRequest,
    person: AbstractBaseUser,
    question: Question,
    team: Department,
    form: BeliefForm,
) -> None:
    said = form.said
    agree_on_belief(
        pulse=question.pulse,
        department=team,
        by=person,
        belief=said["belief"],
        of_ten=said["of_ten"],
        sentence=said["words"],
        at=timezone.now(),
    )
    messages.success(request, _("Thank you. Everybody can see now what your team agreed on."))


@require_safe
def pulse_results(request: HttpRequest) -> HttpResponse:
    context = {"promises": by_promise(months_for(request)), "minimum": MINIMUM_GROUP}
    return render(request, "departments/pulse_results.html", context)


@require_safe
def pulse_export(request: HttpRequest) -> StreamingHttpResponse:
    """The very figures of the page."""
    return csv_file(pulse_csv(months_for(request)), f"pulse-{organisation_today().isoformat()}")


@require_safe
def pulse_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(pulse_data(months_for(request)))


def months_for(request: HttpRequest) -> list[Month]:
    """Of one promise where the address names it. Whoever asks, the answer is the same.

    A month that is over and that no clock has put together yet is put together first.
    """
    close_pulses(at=timezone.now())
    slug = request.GET.get("promise")
    if not slug:
        return months_told(on=organisation_today())
    promise = get_object_or_404(PromisePage.objects.open_to_colleagues(), slug=slug)
    return months_told(on=organisation_today(), promise=promise)
