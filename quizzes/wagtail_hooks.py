"""What the editor shows of questions, and asks before it acts on them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from knowledge.importers.registry import register_file_kind
from knowledge.permissions import row_blockers
from quizzes.files import QUESTIONS
from quizzes.models import Question
from quizzes.viewsets import QuestionViewSet

register_snippet(QuestionViewSet)
register_file_kind(QUESTIONS)


@hooks.register("before_delete_snippet")
def keep_answered_questions(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    questions = [instance for instance in instances if isinstance(instance, Question)]
    if not row_blockers(questions, request.user):
        return None
    messages.error(
        request,
        _(
            "Colleagues have answered this, and their answers stay. "
            "Unpublish the question instead: then nobody is asked it again."
        ),
    )
    return redirect("wagtailsnippets_quizzes_question:list")
