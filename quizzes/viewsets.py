from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CopyView, CreateView, SnippetViewSet

from knowledge.keys import key_in
from knowledge.models import ModulePage
from quizzes.files import QuestionIndexView
from quizzes.models import Question


def state_of(question: Question) -> Any:
    """Wagtail's own word for it would ask the database once for every row."""
    if not question.live:
        return _("Draft")
    return _("Live, with changes to publish") if question.has_unpublished_changes else _("Live")


def weight_of(question: Question) -> Any:
    if question.is_must_know:
        return _("Must know")
    return _("Look it up") if question.is_look_up else _("By heart")


class QuestionCreateView(CreateView):
    """A new question; `?module=12` has chosen its module already."""

    def get_initial_form_instance(self) -> Question:
        asked = key_in(self.request.GET.get("module", ""))
        return Question(module=ModulePage.objects.filter(pk=asked).first() if asked else None)


class QuestionCopyView(CopyView):
    """Begins a question from another: everything but who it is."""

    def get_initial_form_instance(self) -> Question:
        original: Question = self.get_object()
        return original.copied()


class QuestionViewSet(SnippetViewSet):
    """Where marketing writes the questions of all modules."""

    model = Question
    index_view_class = QuestionIndexView
    icon = "help"
    menu_label = _("Questions")
    menu_order = 110
    add_to_admin_menu = True
    add_view_class = QuestionCreateView
    copy_view_class = QuestionCopyView
    ordering = ("module__title", "name")
    list_display = (
        "name",
        Column("module", label=_("Module"), accessor="module.title", sort_key="module__title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("weight", label=_("How it counts"), accessor=weight_of),
        Column("live", label=_("State"), accessor=state_of, sort_key="live"),
    )
    list_filter = ("module", "kind", "is_must_know", "is_look_up", "live")
    # Plain words in the two columns: the search index on SQLite can't be asked about columns.
    search_backend_name = None
    search_fields = ("name", "stem")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:  # noqa: ARG002  (Wagtail's)
        return Question.objects.written().select_related("module")
