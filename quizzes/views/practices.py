from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.actions import (
    NothingToPractise,
    start_practice,
)
from quizzes.days import organisation_today
from quizzes.reports import (
    standings_to_practise,
)
from quizzes.views.reaching import address_of, module_or_404, sitting_or_404


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
        "today": organisation_today(),
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
