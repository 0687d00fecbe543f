from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from quizzes.models import Question


def state_of(question: Question) -> Any:
    """Wagtail's own word for it would ask the database once for every row."""
    if not question.live:
        return _("Draft")
    return _("Live, with changes to publish") if question.has_unpublished_changes else _("Live")


class QuestionViewSet(SnippetViewSet):
    """Where marketing writes the questions of all modules."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_order = 110
    add_to_admin_menu = True
    ordering = ("module__title", "name")
    list_display = (
        "name",
        Column("module", label=_("Module"), accessor="module.title", sort_key="module__title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("live", label=_("State"), accessor=state_of, sort_key="live"),
    )
    list_filter = ("module", "kind", "live")
    # Plain words in the two columns: the search index on SQLite can't be asked about columns.
    search_backend_name = None
    search_fields = ("name", "stem")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:  # noqa: ARG002  (Wagtail's)
        return Question.objects.select_related("module")
