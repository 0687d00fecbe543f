from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from knowledge.views.reaching import colleague
from quizzes.actions import NothingToTry, start_try
from quizzes.reports import newest_sitting, sitting_of
from quizzes.views.reaching import address_of, module_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def try_detail(request: HttpRequest, module: str) -> HttpResponse:
    """A few questions before reading. Whoever has none waiting is led to the module."""
    page, person = module_or_404(module), colleague(request)
    if request.method == "POST":
        try:
            sitting = sitting_of(start_try(person=person, module=page, at=timezone.now()))
        except NothingToTry:
            return redirect("knowledge:module-detail", module)
        return redirect(address_of(sitting, sitting.next_open))
    newest = newest_sitting(person, module, "try")
    if newest and newest.attempt.finished_at is None:
        return redirect(address_of(newest, newest.next_open))
    return redirect("knowledge:module-detail", module)
