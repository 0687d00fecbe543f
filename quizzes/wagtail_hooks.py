"""What the editor shows of questions, and asks before it acts on them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from knowledge.importers.registry import register_file_kind
from knowledge.permissions import row_blockers
from quizzes.actions import CORRECTED
from quizzes.actions.correcting import PREVIEWED
from quizzes.files import QUESTIONS
from quizzes.models import Correction, Question
from quizzes.permissions import may_correct
from quizzes.viewsets import BULK_ACTIONS, FIGURES_URLS, LookMenuItem, QuestionViewSet
from quizzes.viewsets.dates import DatesViewSet

register_snippet(QuestionViewSet)
register_file_kind(QUESTIONS)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_urls")
def register_figures() -> list[URLPattern]:
    return FIGURES_URLS


@hooks.register("register_reports_menu_item")
def offer_questions_to_look_at() -> MenuItem:
    return LookMenuItem(
        gettext_lazy("Questions that need a look"),
        reverse("questions-to-look-at"),
        name="questions-to-look-at",
        icon_name="help",
        order=130,
    )


@hooks.register("before_delete_snippet")
def keep_answered_questions(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    questions = [instance for instance in instances if isinstance(instance, Question)]
    if any(question.contrasts_id for question in questions):
        raise Http404
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


@hooks.register("register_admin_viewset")
def register_dates() -> DatesViewSet:
    return DatesViewSet("dates")


@hooks.register("register_admin_urls")
def register_corrections() -> list[URLResolver]:
    return [path("questions/", include("quizzes.editor"))]


@hooks.register("register_snippet_listing_buttons")
def offer_versions(snippet: Any, user: Any, _next_url: str = "") -> Iterator[Button]:
    if isinstance(snippet, Question) and may_correct(user):
        url = reverse("corrections:versions", args=[snippet.pk])
        yield Button(_("Versions and answers"), url=url, icon_name="history", priority=40)


@hooks.register("register_log_actions")
def register_correcting(actions: LogActionRegistry) -> None:
    looked = _("Looked at what putting it right would do")
    actions.register_action(PREVIEWED, looked, looked)

    @actions.register_action(CORRECTED)
    class Corrected(LogFormatter):
        label = gettext_lazy("Put right after it was answered")

        def format_message(self, log_entry: Any) -> str:
            kind = Correction.Kind(log_entry.data["kind"]).label
            return f"{self.label}: {kind}. {log_entry.data['reason']}"
