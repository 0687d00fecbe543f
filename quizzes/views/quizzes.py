from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.actions import (
    NotAskedError,
    QuizClosed,
    say_whether_it_helped,
    start_quiz,
)
from quizzes.days import organisation_today
from quizzes.drawing import OpensTomorrow
from quizzes.models import Usefulness
from quizzes.reports import first_open, quiz_offer
from quizzes.views.reaching import address_of, current_sitting, module_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def quiz_detail(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    if request.method == "POST":
        return quiz_start(request, person, page)
    sitting = current_sitting(person, module, "quiz")
    if sitting and sitting.attempt.finished_at is None:
        return redirect(address_of(sitting, sitting.next_open))
    offer = quiz_offer(person, page, timezone.now())
    return render(request, "quizzes/quiz_detail.html", {"page": page, "offer": offer})


def quiz_start(request: HttpRequest, person: AbstractBaseUser, page: ModulePage) -> HttpResponse:
    try:
        attempt = start_quiz(person=person, module=page, at=timezone.now())
    except OpensTomorrow:
        messages.info(request, _("The next quiz opens tomorrow."))
        return redirect("quizzes:quiz-detail", page.slug)
    except QuizClosed:
        return redirect("quizzes:quiz-detail", page.slug)
    position = first_open(attempt)
    if position is None:
        return redirect("quizzes:quiz-result", page.slug)
    return redirect("quizzes:quiz-question", page.slug, position)


@require_POST
def usefulness_say(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    answer = request.POST.get("answer", "")
    if answer not in Usefulness.Answer.values:
        raise Http404
    on = organisation_today()
    try:
        say_whether_it_helped(person=person, module=page, answer=answer, on=on)
    except NotAskedError as error:
        raise Http404 from error
    messages.success(request, _("Thank you. It helps marketing to write what helps you."))
    return redirect("portal:today")
