from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from knowledge.views.reaching import colleague
from quizzes.actions import note_seen


@require_POST
def correction_seen(request: HttpRequest, pk: int) -> HttpResponse:
    if not note_seen(person=colleague(request), notice=pk, at=timezone.now()):
        raise Http404
    return redirect("portal:today")
