"""The screens that a quiz, a practice and a check share."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.views.reaching import colleague
from quizzes.actions import (
    hand_in,
    mark_own_answer,
    submit_answer,
)
from quizzes.days import organisation_today
from quizzes.forms import AnswerForm, OwnMarkForm, answer_form
from quizzes.models import Answer, Attempt
from quizzes.reports import (
    Sitting,
    facts_tested_by,
    is_superseded,
    newest_answer,
    options_as_shown,
    result_of,
)
from quizzes.reports.feedback import feedback_on
from quizzes.reports.told import late_answers
from quizzes.views.drafts import kept_at
from quizzes.views.reaching import (
    address_of,
    answer_or_404,
    holder_of,
    question_address,
    sitting_meant,
    sitting_or_404,
)


@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    if sent := sent_for_newest(request, module, position, kind):
        return sent
    newest = sitting_or_404(request, module, kind)
    sitting = sitting_meant(request, newest)
    answer = answer_or_404(sitting, position)
    form, is_superseded_check = form_for(request, answer), is_superseded(sitting.attempt)
    if form.is_valid():
        store(sitting.attempt, position, form)
    if is_superseded_check:
        return sent_on(request, reverse("quizzes:check-detail", args=[module]))
    if form.is_valid():
        return sent_on(request, way_on(request, sitting, newest, position))
    if form.is_bound and is_script(request):
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_closed = answer.is_closed or sitting.attempt.finished_at is not None
    return (feedback if is_closed else ask)(request, sitting, answer, form)


def sent_for_newest(
    request: HttpRequest, module: str, position: int, kind: str
) -> HttpResponse | None:
    """Stores what was sent for a question of the newest sitting, as nearly always.

    `None` where there is more to it: then the whole sitting is looked at.
    """
    if request.method != "POST":
        return None
    answer = newest_answer(colleague(request), module, kind, position)
    if answer is None or request.POST.get("sitting", "") != str(answer.attempt_id):
        return None
    form = form_for(request, answer)
    if answer.attempt.is_check or not form.is_valid():
        return None
    store(answer.attempt, position, form)
    return sent_on(request, reverse(f"quizzes:{kind}-question", args=[module, position]))


def form_for(request: HttpRequest, answer: Answer) -> AnswerForm:
    """Filled with what was sent, else with what was typed before."""
    data = request.POST if request.method == "POST" else None
    return answer_form(answer.asked, options_as_shown(answer), data, initial=answer.draft)


def ask(request: HttpRequest, sitting: Sitting, answer: Answer, form: AnswerForm) -> HttpResponse:
    kind, place = sitting.attempt.kind, [sitting.attempt.module.slug, answer.position]
    context = {
        "sitting": sitting,
        "answer": answer,
        "question": answer.question,
        "asked": answer.asked,
        "form": form,
        "holder": holder_of(colleague(request)),
        "kept_at": None if form.is_bound else kept_at(answer),
        "draft_url": reverse(f"quizzes:{kind}-draft", args=place),
        "hand_in_url": reverse(f"quizzes:{kind}-hand-in", args=place[:1]),
    }
    return render(request, "quizzes/question_detail.html", context)


def store(attempt: Attempt, position: int, form: AnswerForm) -> None:
    submit_answer(
        attempt=attempt,
        position=position,
        response=form.response,
        sureness=form.cleaned_data["sureness"],
        key=form.key,
        at=timezone.now(),
    )


def way_on(request: HttpRequest, sitting: Sitting, newest: Sitting, position: int) -> str:
    """To the feedback; from a page of an earlier sitting to where the newest one goes on."""
    if sitting.attempt.pk == newest.attempt.pk:
        return question_address(sitting, position)
    messages.info(
        request,
        _(
            "What you sent was for a question of an earlier sitting. It is kept there, and changes "
            "nothing."
        ),
    )
    return address_of(newest, newest.next_open)


def is_script(request: HttpRequest) -> bool:
    """Whether our script sent the form, and goes on by itself."""
    return not request.accepts("text/html")


def sent_on(request: HttpRequest, url: str) -> HttpResponse:
    """A script can't see where a redirect leads: to the sign-in, or on."""
    return JsonResponse({"url": url}) if is_script(request) else HttpResponseRedirect(url)


def feedback(
    request: HttpRequest, sitting: Sitting, answer: Answer, form: forms.BaseForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "sitting": sitting,
        "answer": answer,
        "asked": answer.asked,
        "feedback": feedback_on(answer),
        "facts": facts_tested_by([answer.question]),
        "late": late_answers(answer),
        "holder": holder_of(colleague(request)),
        "mark_form": form if isinstance(form, OwnMarkForm) else OwnMarkForm(),
        "mark_url": reverse(
            f"quizzes:{sitting.attempt.kind}-mark",
            args=[sitting.attempt.module.slug, answer.position],
        ),
        "next_url": address_of(sitting, sitting.next_open),
    }
    return render(request, "quizzes/question_feedback.html", context)


@require_POST
def answer_mark(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    sitting = sitting_meant(request, sitting_or_404(request, module, kind))
    answer = answer_or_404(sitting, position)
    if answer.answered_at is None:
        raise Http404
    form = OwnMarkForm(request.POST)
    if not form.is_valid():
        return feedback(request, sitting, answer, form)
    mark_own_answer(
        attempt=sitting.attempt,
        position=position,
        is_right=form.cleaned_data["mark"],
        at=timezone.now(),
    )
    return redirect(f"quizzes:{kind}-question", module, position)


@require_http_methods(["GET", "HEAD", "POST"])
def sitting_hand_in(request: HttpRequest, module: str, kind: str) -> HttpResponse:
    sitting = sitting_meant(request, sitting_or_404(request, module, kind))
    if request.method == "POST":
        hand_in(attempt=sitting.attempt, at=timezone.now())
    if request.method == "POST" or sitting.attempt.finished_at is not None:
        return redirect(f"quizzes:{kind}-result", module)
    go_on_url = address_of(sitting, sitting.next_open)
    context = {"sitting": sitting, "go_on_url": go_on_url}
    return render(request, "quizzes/hand_in.html", context)


@require_safe
def sitting_result(request: HttpRequest, module: str, kind: str) -> HttpResponse:
    sitting = sitting_or_404(request, module, kind, is_finished=True)
    day = organisation_today()
    result = result_of(sitting, day)
    template = f"quizzes/{kind}_result.html"
    context = {"result": result, "page": sitting.attempt.module, "today": day}
    return render(request, template, context)
