"""What can be done to the questions that were ticked in the list."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from knowledge.keys import key_in
from knowledge.models import ModulePage
from quizzes.actions.bank import (
    Refusals,
    move_questions,
    publish_questions,
    retire_questions,
    weigh_questions,
)
from quizzes.models import Answer, Question
from quizzes.permissions import may_correct
from quizzes.reports.drafts import lacks_of, newest_words
from quizzes.viewsets.filters import QuestionFilterSet, listed_questions


class QuestionBulkAction(SnippetBulkAction):
    """Asks first, saying what it does and to which; then tells what was done, and what wasn't."""

    models: ClassVar = [Question]
    template_name = "quizzes/bank/confirm.html"
    permission = "publish"
    # What it does, whom it doesn't touch, and what the button says.
    about: Any
    refusing: Any = gettext_lazy("You may not change these:")
    button: Any

    @classmethod
    def get_queryset(cls, _model: Any, object_ids: Iterable[Any]) -> list[Question]:
        keys = [key for pk in object_ids if (key := key_in(str(pk)))]
        answers = Answer.objects.filter(question=OuterRef("pk"))
        questions = Question.objects.written().select_related("module", "latest_revision")
        questions = questions.prefetch_related("options", "citations")
        return get_list_or_404(questions.annotate(is_answered=Exists(answers)), pk__in=keys)

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if not may_correct(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request)
        return response

    def get_all_objects_in_listing_query(self, _parent_id: Any) -> Any:
        """All that the list shows as it is narrowed, on whichever of its pages."""
        asked = self.request.GET
        found = QuestionFilterSet(asked, queryset=listed_questions(), request=self.request).qs
        if words := asked.get("q"):
            found = found.filter(Q(name__icontains=words) | Q(stem__icontains=words))
        return found.order_by().values_list("pk", flat=True)

    def check_perm(self, question: Question) -> bool:
        may = self.permission_policy.user_has_permission_for_instance(
            self.request.user, self.permission, question
        )
        return may and not self.obstacle(question)

    def obstacle(self, _question: Any) -> str:
        """What is known to be against it before the form is filled in."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        refused = context["items_with_no_access"]
        return context | {
            "action": self,
            "refused": [(question, self.obstacle(question)) for question in refused],
        }

    def prepare_action(
        self, objects: Sequence[Question], objects_without_access: Any
    ) -> HttpResponse | None:
        if objects:
            return None
        refused = objects_without_access["items_with_no_access"]
        self.tell({question: self.obstacle(question) for question in refused})
        return redirect(self.next_url)

    @classmethod
    def execute_action(cls, objects: Sequence[Question], **kwargs: Any) -> tuple[int, int]:
        view = kwargs["self"]
        refused = view.act(objects)
        view.tell(refused)
        return len(objects) - len(refused), 0

    def act(self, questions: Sequence[Question]) -> Refusals:
        raise NotImplementedError

    def tell(self, refused: Refusals) -> None:
        for question, words in refused.items():
            told = _("“%(name)s” stays as it is. %(reason)s")
            messages.warning(self.request, told % {"name": question.name, "reason": words})

    def get_success_message(self, num_parent_objects: int, _num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        told = ngettext(
            "Done for %(number)s question.", "Done for %(number)s questions.", num_parent_objects
        )
        return told % {"number": num_parent_objects}


class PublishAction(QuestionBulkAction):
    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the selected questions")
    action_priority = 10
    about = gettext_lazy("From now on colleagues are asked these, as their newest drafts say:")
    refusing = gettext_lazy("These stay as they are, because something is missing:")
    button = gettext_lazy("Publish")

    def obstacle(self, question: Question) -> str:
        return " ".join(lacks_of(newest_words(question)))

    def act(self, questions: Sequence[Question]) -> Refusals:
        return publish_questions(questions=questions, by=self.request.user)


class RetireAction(QuestionBulkAction):
    display_name = gettext_lazy("Retire")
    action_type = "retire"
    aria_label = gettext_lazy("Retire the selected questions")
    action_priority = 20
    about = gettext_lazy(
        "Nobody is asked these any more. What was answered stays, and no date rests on them."
    )
    button = gettext_lazy("Retire")

    def act(self, questions: Sequence[Question]) -> Refusals:
        return retire_questions(questions=questions, by=self.request.user)


WEIGHTS: dict[str, dict[str, bool]] = {
    "must-know": {"is_must_know": True},
    "not-must-know": {"is_must_know": False},
    "look-up": {"is_look_up": True},
    "by-heart": {"is_look_up": False},
}


class WeightForm(forms.Form):
    weight = forms.ChoiceField(
        label=gettext_lazy("How they count"),
        choices=[
            ("must-know", gettext_lazy("Must know: no pass without them")),
            ("not-must-know", gettext_lazy("Not must know")),
            ("look-up", gettext_lazy("Look it up: asked with the brief open, never practised")),
            ("by-heart", gettext_lazy("By heart: practised, and dates rest on them")),
        ],
        widget=forms.RadioSelect,
    )


class WeighAction(QuestionBulkAction):
    display_name = gettext_lazy("How they count")
    action_type = "weigh"
    aria_label = gettext_lazy("Change how the selected questions count")
    action_priority = 40
    form_class = WeightForm
    about = gettext_lazy(
        "It holds from the next quiz on, for drafts too. Sittings that were handed in stay as they "
        "were, and so does everybody's date until her next quiz or practice."
    )
    button = gettext_lazy("Change how they count")

    def act(self, questions: Sequence[Question]) -> Refusals:
        weight = WEIGHTS[self.cleaned_form.cleaned_data["weight"]]
        return weigh_questions(questions=questions, weight=weight, by=self.request.user)


class ModuleForm(forms.Form):
    module = forms.ModelChoiceField(
        label=gettext_lazy("Module"), queryset=ModulePage.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules = ModulePage.objects.in_source_language().order_by("title")
        self.fields["module"].queryset = modules  # type: ignore[attr-defined]  # a choice field


class MoveAction(QuestionBulkAction):
    display_name = gettext_lazy("Move")
    action_type = "move"
    aria_label = gettext_lazy("Move the selected questions to another module")
    action_priority = 50
    form_class = ModuleForm
    about = gettext_lazy("From now on these belong to another module, and its quiz asks them:")
    refusing = gettext_lazy("These stay where they are:")
    button = gettext_lazy("Move")

    def obstacle(self, question: Any) -> str:
        if question.is_answered:
            return _("Colleagues were asked it in its module. Duplicate it there instead.")
        return ""

    def act(self, questions: Sequence[Question]) -> Refusals:
        module = self.cleaned_form.cleaned_data["module"]
        return move_questions(questions=questions, module=module, by=self.request.user)


BULK_ACTIONS = (PublishAction, RetireAction, WeighAction, MoveAction)
