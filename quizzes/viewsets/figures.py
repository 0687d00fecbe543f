"""How one question does, by its versions; and which of all need a look."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from knowledge.keys import key_in
from knowledge.models import Fact
from knowledge.viewsets.plain_reports import PlainReport
from quizzes.actions.reviewing import ReviewIsClosed, close_review, review_questions
from quizzes.models import ItemReview, Question
from quizzes.reports.items import (
    Look,
    VersionFigures,
    live_without,
    questions_to_look_at,
    versions_of,
)
from quizzes.viewsets.advice import SHORT, in_sentences, percent, too_few

MAY_LOOK = ("change",)


class QuestionFiguresView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What colleagues' answers say about a question, and what becomes of one that is held back.

    Opening it holds the question back where its figures speak against it.
    """

    model = Question
    any_permission_required = MAY_LOOK
    template_name = "quizzes/bank/figures.html"
    page_title = gettext_lazy("Figures")
    header_icon = "table"

    @cached_property
    def question(self) -> Question:
        questions = Question.objects.written().select_related("module")
        found: Question = get_object_or_404(
            questions.prefetch_related("options"), pk=self.kwargs["pk"]
        )
        return found

    def get_page_subtitle(self) -> str:
        return self.question.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailsnippets_quizzes_question:list"), "label": _("Questions")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.question.name},
        ]

    @property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_quizzes_question:edit", args=[self.question.pk])

    @property
    def may_retire(self) -> bool:
        return bool(self.user_has_permission("publish"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.request.method != "HEAD":
            review_questions(timezone.now(), [self.question])
        versions = versions_of(self.question)
        review = next((one.open_review for one in versions if one.open_review), None)
        live, drawn = live_without(self.question.module_id)
        cited = [citation.fact_key for citation in self.question.citations.all()]
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "versions": [told(version) for version in versions],
            "review": review,
            "live": live,
            "drawn": drawn,
            "is_too_few_left": live < drawn,
            "facts": Fact.objects.filter(key__in=cited).select_related("brief"),
            "edit_url": self.edit_url,
            "versions_url": reverse("corrections:versions", args=[self.question.pk]),
            "may_retire": self.may_retire,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002  (the address)
        decision = request.POST.get("decision", "")
        if decision == ItemReview.Decision.RETIRE and not self.may_retire:
            raise PermissionDenied
        if decision in CLOSED_HERE and isinstance(request.user, AbstractBaseUser):
            self.close(decision, request.user)
        return redirect("question-figures", self.question.pk)

    def close(self, decision: str, by: AbstractBaseUser) -> None:
        reviews = ItemReview.objects.filter(version__question=self.question)
        asked = get_object_or_404(reviews, pk=key_in(self.request.POST.get("review", "")))
        try:
            close_review(review=asked, decision=decision, by=by, at=timezone.now())
        except ReviewIsClosed:
            messages.warning(self.request, _("Somebody else has decided about it meanwhile."))
        else:
            messages.success(self.request, CLOSED_HERE[decision])


CLOSED_HERE: dict[str, Any] = {
    ItemReview.Decision.KEEP: gettext_lazy(
        "It stays as it is, and is asked again from the next quiz on."
    ),
    ItemReview.Decision.RETIRE: gettext_lazy("Nobody is asked it any more."),
}


def told(version: VersionFigures) -> dict[str, Any]:
    """A version in words."""
    found = version.figures
    return {
        "number": version.version.number,
        "made_at": version.version.made_at,
        "stem": version.version.asked.stem,
        "is_current": version.is_current,
        "n": found.n,
        "too_few": "" if version.has_enough else too_few(found.n),
        "facility": percent(found.facility),
        "discrimination": rounded(found.discrimination),
        "efficiency": rounded(found.efficiency),
        "sure_and_wrong": percent(found.sure_and_wrong),
        "advice": in_sentences(version.advice),
        "options": version.options,
        "closed_reviews": [review for review in version.reviews if not review.is_open],
    }


def rounded(figure: float | None) -> str:
    return _("can't be told") if figure is None else str(round(figure))


def what(look: Look) -> str:
    return in_short(look.item.advice)


def in_short(advice: Any) -> str:
    return ", ".join(str(SHORT[one]) for one in advice)


class LookReport(PlainReport):
    """The questions that figures speak against, or advise to look at."""

    model = Question
    any_permission_required: Any = MAY_LOOK
    page_title = gettext_lazy("Questions that need a look")
    header_icon = "help"
    index_url_name = "questions-to-look-at"
    index_results_url_name = "questions-to-look-at-results"
    results_template_name = "quizzes/bank/look_results.html"
    export_filename = "questions-that-need-a-look"
    is_searchable = False
    columns: ClassVar = [
        TitleColumn(
            "name",
            label=gettext_lazy("Question"),
            accessor="question.name",
            get_url=lambda look: reverse("question-figures", args=[look.question.pk]),
        ),
        Column("module", label=gettext_lazy("Module"), accessor="question.module.title"),
        Column("what", label=gettext_lazy("What to look at"), accessor=what),
        NumberColumn("n", label=gettext_lazy("Quiz answers"), accessor="item.figures.n"),
        Column(
            "facility",
            label=gettext_lazy("Right"),
            accessor=lambda look: percent(look.item.figures.facility),
        ),
        DateColumn("held_since", label=gettext_lazy("Held back since")),
    ]
    list_export: ClassVar = [
        "question.name",
        "question.module.title",
        "item.advice",
        "item.figures.n",
        "item.figures.facility",
        "item.figures.discrimination",
        "item.figures.efficiency",
        "item.figures.sure_and_wrong",
        "held_since",
    ]
    export_headings: ClassVar = {
        "question.name": gettext_lazy("Question"),
        "question.module.title": gettext_lazy("Module"),
        "item.advice": gettext_lazy("What to look at"),
        "item.figures.n": gettext_lazy("Answers"),
        "item.figures.facility": gettext_lazy("Facility"),
        "item.figures.discrimination": gettext_lazy("Discrimination"),
        "item.figures.efficiency": gettext_lazy("Discriminative efficiency"),
        "item.figures.sure_and_wrong": gettext_lazy("Sure and wrong"),
        "held_since": gettext_lazy("Held back since"),
    }

    custom_field_preprocess: ClassVar = {"item.advice": {"csv": in_short, "xlsx": in_short}}

    def get_filtered_queryset(self) -> list[Look]:
        if self.request.method != "HEAD":
            review_questions(timezone.now())
        return questions_to_look_at()


class LookMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("quizzes.change_question")


FIGURES_URLS = [
    path("questions/<int:pk>/figures/", QuestionFiguresView.as_view(), name="question-figures"),
    path("reports/questions/", LookReport.as_view(), name="questions-to-look-at"),
    path(
        "reports/questions/results/",
        LookReport.as_view(results_only=True),
        name="questions-to-look-at-results",
    ),
]
