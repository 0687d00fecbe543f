"""The screens that a quiz, a practice and a check share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.actions import (
    hand_in,
    mark_own_answer,
    submit_answer,
)
from quizzes.days import organisation_day
from quizzes.forms import AnswerForm, OwnMarkForm, answer_form
from quizzes.models import Answer, Question
from quizzes.reports import (
    Sitting,
    facts_tested_by,
    is_superseded,
    options_as_shown,
    result_of,
    right_order,
    shown_options,
)
from quizzes.views.reaching import address_of, sitting_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    sitting = sitting_or_404(request, module, kind)
    answer = sitting.answer_at(position)
    if answer is None:
        raise Http404
    if is_superseded(sitting.attempt):
        return redirect("quizzes:check-detail", module)
    is_closed = answer.answered_at is not None or sitting.attempt.finished_at is not None
    if is_closed:
        return feedback(request, sitting, answer)
    data = request.POST if request.method == "POST" else None
    form = answer_form(answer.question, options_as_shown(answer), data)
    if form.is_valid():
        return store(sitting, position, form)
    context = {
        "sitting": sitting,
        "answer": answer,
        "question": answer.question,
        "form": form,
        "hand_in_url": reverse(f"quizzes:{kind}-hand-in", args=[module]),
    }
    return render(request, "quizzes/question_detail.html", context)


def store(sitting: Sitting, position: int, form: AnswerForm) -> HttpResponse:
    submit_answer(
        attempt=sitting.attempt,
        position=position,
        response=form.response,
        sureness=form.cleaned_data["sureness"],
        at=timezone.now(),
    )
    kind, module = sitting.attempt.kind, sitting.attempt.module.slug
    return redirect(f"quizzes:{kind}-question", module, position)


def feedback(
    request: HttpRequest, sitting: Sitting, answer: Answer, form: OwnMarkForm | None = None
) -> HttpResponse:
    is_order = answer.question.kind == Question.Kind.ORDER
    context: dict[str, Any] = {
        "sitting": sitting,
        "answer": answer,
        "question": answer.question,
        "options": [] if is_order else shown_options(answer),
        "steps": right_order(answer) if is_order else [],
        "facts": facts_tested_by([answer.question]),
        "mark_form": form or OwnMarkForm(),
        "mark_url": reverse(
            f"quizzes:{sitting.attempt.kind}-mark",
            args=[sitting.attempt.module.slug, answer.position],
        ),
        "next_url": address_of(sitting, sitting.next_open),
    }
    return render(request, "quizzes/question_feedback.html", context)


@require_POST
def answer_mark(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    sitting = sitting_or_404(request, module, kind)
    answer = sitting.answer_at(position)
    if answer is None or answer.answered_at is None:
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
    sitting = sitting_or_404(request, module, kind)
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
    day = organisation_day(timezone.now())
    result = result_of(sitting, day)
    template = f"quizzes/{kind}_result.html"
    context = {"result": result, "page": sitting.attempt.module, "today": day}
    return render(request, template, context)
