from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.actions import (
    NothingToCheck,
    QuizInstead,
    start_check,
)
from quizzes.days import organisation_today
from quizzes.reports import (
    change_check,
    is_superseded,
    newest_sitting,
    sitting_of,
)
from quizzes.views.reaching import address_of, module_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def check_detail(request: HttpRequest, module: str) -> HttpResponse:
    page, person = module_or_404(module), colleague(request)
    if request.method == "POST":
        return check_start(person, page)
    sitting = newest_sitting(person, module, "check")
    is_open = sitting is not None and sitting.attempt.finished_at is None
    if sitting and is_open and not is_superseded(sitting.attempt):
        return redirect(address_of(sitting, sitting.next_open))
    check = change_check(person, page)
    context = {"page": page, "check": check, "today": organisation_today()}
    return render(request, "quizzes/check_detail.html", context)


def check_start(person: AbstractBaseUser, page: ModulePage) -> HttpResponse:
    try:
        attempt = start_check(person=person, module=page, at=timezone.now())
    except NothingToCheck:
        return redirect("quizzes:check-detail", page.slug)
    except QuizInstead:
        return redirect("quizzes:quiz-detail", page.slug)
    sitting = sitting_of(attempt)
    return redirect(address_of(sitting, sitting.next_open))
