"""What is typed and not yet sent, kept by the server while somebody still thinks."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from quizzes.actions import keep_draft
from quizzes.forms import answer_form
from quizzes.models import Answer
from quizzes.reports import options_as_shown
from quizzes.views.reaching import answer_or_404, sitting_meant, sitting_or_404

MOST_BYTES = 20_000
KEPT_AT = "kept_at"
# PostgreSQL can't store it.
UNSTORABLE = "\0"


@require_POST
def answer_draft(request: HttpRequest, module: str, position: int, kind: str) -> HttpResponse:
    """Says nothing but whether it was kept; 409 where the question takes no answer any more."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    sitting = sitting_meant(request, sitting_or_404(request, module, kind))
    answer = answer_or_404(sitting, position)
    fields = {**fields_sent(request, answer), KEPT_AT: timezone.now().isoformat()}
    is_kept = keep_draft(attempt=sitting.attempt, position=position, fields=fields)
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_kept else HTTPStatus.CONFLICT)


def fields_sent(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    """The fields of this question and no others: one value, or several where several are chosen."""
    form = answer_form(answer.asked, options_as_shown(answer))
    sent = {name: request.POST.getlist(name) for name in form.fields if name in request.POST}
    cleaned = {
        name: [value.replace(UNSTORABLE, "") for value in values] for name, values in sent.items()
    }
    return {
        name: values if is_several(form.fields[name]) else values[-1]
        for name, values in cleaned.items()
    }


def is_several(field: Any) -> bool:
    return bool(getattr(field.widget, "allow_multiple_selected", False))


def kept_at(answer: Answer) -> datetime | None:
    """When what fills the form again was typed."""
    moment = (answer.draft or {}).get(KEPT_AT)
    return datetime.fromisoformat(moment) if moment else None
