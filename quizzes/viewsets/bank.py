"""The list of all questions, and the pages on which they are written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CopyView, CreateView, SnippetViewSet

from knowledge.keys import key_in
from knowledge.models import Fact, ModulePage
from quizzes.files import QuestionIndexView
from quizzes.models import Citation, Option, Question
from quizzes.models.parts import LONGEST_OPTION
from quizzes.reports.items import State, items_of
from quizzes.viewsets.advice import in_a_word, percent
from quizzes.viewsets.filters import QuestionFilterSet, listed_questions


def state_of(question: Any) -> Any:
    """Wagtail's own word for it would ask the database once for every row."""
    if not question.live:
        return _("Draft")
    if question.is_held:
        return _("Held back")
    return _("Live, with changes to publish") if question.has_unpublished_changes else _("Live")


def weight_of(question: Question) -> Any:
    if question.is_must_know:
        return _("Must know")
    return _("Look it up") if question.is_look_up else _("By heart")


class AdviceColumn(Column):
    """What the figures say, in a word, and the way to them."""

    cell_template_name = "quizzes/bank/advice_cell.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {
            "needs_a_look": instance.item.state is State.LOOK,
            "url": reverse("question-figures", args=[instance.pk]),
        }


class QuestionBankView(QuestionIndexView):
    """The figures of one page's questions cost as many queries as those of all."""

    filterset_class = QuestionFilterSet

    def paginate_queryset(self, queryset: QuerySet[Question], page_size: int) -> Any:
        paginator, page, _listed, is_paginated = super().paginate_queryset(queryset, page_size)
        listed = list(page.object_list)
        items = items_of(listed)
        for question in listed:
            question.item = items[question.pk]
        page.object_list = listed
        return paginator, page, listed, is_paginated

    def get_list_more_buttons(self, instance: Question) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)
        figures = reverse("question-figures", args=[instance.pk])
        return [*buttons, Button(_("Figures"), url=figures, icon_name="table", priority=35)]


class QuestionCreateView(CreateView):
    """A new question; `?module=12` has chosen its module already.

    With `?fact=…&belief=…` it begins as a contrast: what the fact says is right, and what people
    believe is wrong.
    """

    def get_initial_form_instance(self) -> Question:
        asked = key_in(self.request.GET.get("module", ""))
        module = ModulePage.objects.filter(pk=asked).first() if asked else None
        belief = self.request.GET.get("belief", "").strip()[:LONGEST_OPTION]
        facts = {fact.key: fact for fact in Fact.objects.filter(brief__modules=module)}
        fact = facts.get(self.request.GET.get("fact", ""))
        if module is None or fact is None:
            return Question(module=module)
        return Question(
            module=module,
            options=contrasting(fact, belief),
            citations=[Citation(fact_key=fact.key)],
        )


def contrasting(fact: Fact, belief: str) -> list[Option]:
    right = Option(text=fact.statement[:LONGEST_OPTION], is_right=True)
    return [right, Option(text=belief)] if belief else [right]


class QuestionCopyView(CopyView):
    """Begins a question from another: everything but who it is."""

    def get_initial_form_instance(self) -> Question:
        original: Question = self.get_object()
        return original.copied()


class QuestionViewSet(SnippetViewSet):
    """Where marketing writes the questions of all modules."""

    model = Question
    index_view_class = QuestionBankView
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
        NumberColumn("n", label=_("Quiz answers"), accessor="item.figures.n"),
        Column(
            "facility",
            label=_("Right"),
            accessor=lambda question: percent(question.item.figures.facility),
        ),
        AdviceColumn(
            "advice", label=_("Figures"), accessor=lambda question: in_a_word(question.item)
        ),
    )
    # Plain words in the two columns: the search index on SQLite can't be asked about columns.
    search_backend_name = None
    search_fields = ("name", "stem")

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ARG002  (Wagtail's)
        return listed_questions().select_related("module").prefetch_related("options")

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., Any]:
        return of_written_questions(super().construct_view(view_class, **kwargs))


def of_written_questions(view: Callable[..., Any]) -> Callable[..., Any]:
    """No page of the editor's opens a question that was made for the check of a change."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        made = Question.objects.exclude(contrasts=None)
        if "pk" in kwargs and made.filter(pk=key_in(str(kwargs["pk"]))).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return opened
