from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.models import ModulePage
from quizzes.actions import (
    NotAskedError,
    NothingToCheck,
    NothingToPractise,
    QuizInstead,
    hand_in,
    mark_own_answer,
    say_whether_it_helped,
    start_check,
    start_practice,
    start_quiz,
    submit_answer,
)
from quizzes.days import organisation_day
from quizzes.drawing import OpensTomorrow
from quizzes.forms import AnswerForm, OwnMarkForm, answer_form
from quizzes.models import Answer, Question, Usefulness
from quizzes.reports import (
    ChangeCheck,
    Sitting,
    change_check,
    facts_tested_by,
    newest_sitting,
    options_as_shown,
    quiz_offer,
    result_of,
    right_order,
    shown_options,
    sitting_of,
    standings_to_practise,
)


def colleague(request: HttpRequest) -> AbstractBaseUser:
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def module_or_404(slug: str) -> ModulePage:
    module: ModulePage = get_object_or_404(
        ModulePage.objects.open_to_colleagues().select_related("brief").in_readers_words(),
        slug=slug,
    )
    return module


def sitting_or_404(
    request: HttpRequest, module: str, kind: str, *, is_finished: bool = False
) -> Sitting:
    sitting = newest_sitting(colleague(request), module, kind, is_finished=is_finished)
    if sitting is None:
        raise Http404
    return sitting


def address_of(sitting: Sitting, position: int | None) -> str:
    """Where a sitting goes on: at a question, or at its result."""
    kind, module = sitting.attempt.kind, sitting.attempt.module.slug
    if position is None or sitting.attempt.finished_at is not None:
        return reverse(f"quizzes:{kind}-result", args=[module])
    return reverse(f"quizzes:{kind}-question", args=[module, position])


@require_http_methods(["GET", "HEAD", "POST"])
def quiz_detail(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    if request.method == "POST":
        try:
            start_quiz(person=person, module=page, at=timezone.now())
        except OpensTomorrow:
            messages.info(request, _("The next quiz opens tomorrow."))
            return redirect("quizzes:quiz-detail", module)
    sitting = newest_sitting(person, module, "quiz")
    if sitting and sitting.attempt.finished_at is None:
        return redirect(address_of(sitting, sitting.next_open))
    offer = quiz_offer(person, page, organisation_day(timezone.now()))
    return render(request, "quizzes/quiz_detail.html", {"page": page, "offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
def check_detail(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    if request.method == "POST":
        return check_start(person, page)
    check = change_check(person, page)
    sitting = newest_sitting(person, module, "check")
    if sitting and goes_on(sitting, check):
        return redirect(address_of(sitting, sitting.next_open))
    context = {"page": page, "check": check, "today": organisation_day(timezone.now())}
    return render(request, "quizzes/check_detail.html", context)


def goes_on(sitting: Sitting, check: ChangeCheck | None) -> bool:
    """Whether a check is open, and asks for what holds now."""
    attempt = sitting.attempt
    is_open = attempt.finished_at is None
    return is_open and (check is None or attempt.started_at >= check.newest.at)


def check_start(person: AbstractBaseUser, page: ModulePage) -> HttpResponse:
    try:
        attempt = start_check(person=person, module=page, at=timezone.now())
    except NothingToCheck:
        return redirect("quizzes:check-detail", page.slug)
    except QuizInstead:
        return redirect("quizzes:quiz-detail", page.slug)
    sitting = sitting_of(attempt)
    return redirect(address_of(sitting, sitting.next_open))


@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    sitting = sitting_or_404(request, module, kind)
    answer = sitting.answer_at(position)
    if answer is None:
        raise Http404
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


@require_http_methods(["GET", "HEAD", "POST"])
def practice_index(request: HttpRequest) -> HttpResponse:
    person = colleague(request)
    if request.method == "POST":
        return practice_start(request, module_or_404(request.POST.get("module", "")))
    standings = standings_to_practise(person)
    asked = request.GET.get("module")
    first = next((one for one in standings if one.module.slug == asked), None)
    first = first or next(iter(standings), None)
    context = {
        "first": first,
        "others": [standing for standing in standings if standing != first],
        "today": organisation_day(timezone.now()),
    }
    return render(request, "quizzes/practice_index.html", context)


@require_safe
def practice_resume(request: HttpRequest, module: str) -> HttpResponse:
    sitting = sitting_or_404(request, module, "practice")
    return redirect(address_of(sitting, sitting.next_open))


def practice_start(request: HttpRequest, module: ModulePage) -> HttpResponse:
    try:
        start_practice(person=colleague(request), module=module, at=timezone.now())
    except NothingToPractise:
        messages.info(request, _("There is nothing to practise in this module yet."))
        return redirect("quizzes:practice-index")
    sitting = sitting_or_404(request, module.slug, "practice")
    return redirect(address_of(sitting, sitting.next_open))


@require_POST
def usefulness_say(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    answer = request.POST.get("answer", "")
    if answer not in Usefulness.Answer.values:
        raise Http404
    on = organisation_day(timezone.now())
    try:
        say_whether_it_helped(person=person, module=page, answer=answer, on=on)
    except NotAskedError as error:
        raise Http404 from error
    messages.success(request, _("Thank you. It helps marketing to write what helps you."))
    return redirect("portal:today")
