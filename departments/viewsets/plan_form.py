from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import Change, ChangePlan
from knowledge.models.changes import GRACE_DAYS, LONGEST_GRACE
from knowledge.reports import DraftedChange
from quizzes.models import Question, QuestionDecision
from quizzes.reports import CitingQuestion

KINDS = (
    (Change.Kind.WORDING, _("Wording: it means the same. Nobody is asked anything.")),
    (Change.Kind.MATERIAL, _("Material: whoever proved it checks the change. Two minutes.")),
    (Change.Kind.REWRITE, _("Rewrite: whoever proved it takes the quiz again.")),
    (Change.Kind.NOW, _("Now: safety, law or a wrong price. As Material, without any grace.")),
)


class PlanForm(forms.Form):
    """What the author says of a change, and what becomes of each question that asks for it."""

    kind = forms.ChoiceField(
        label=_("How much it matters"), choices=KINDS, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One sentence that colleagues read: why it is different now."),
        error_messages={"required": _("Write in one sentence why it is different now.")},
    )
    grace_days = forms.IntegerField(
        label=_("Days to check it"),
        min_value=0,
        max_value=LONGEST_GRACE,
        help_text=_("How long those who proved the version before stay ready. “Now” gives none."),
    )

    def __init__(
        self,
        data: Any,
        *,
        drafted: DraftedChange,
        rows: Iterable[CitingQuestion],
    ) -> None:
        super().__init__(data, initial=_said(drafted))
        self.rows = list(rows)
        for row in self.rows:
            self.fields[_name_of(row.question)] = forms.ChoiceField(
                label=row.question.stem,
                choices=QuestionDecision.Choice.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=row.choice,
            )

    @property
    def said_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "reason", "grace_days")]

    @property
    def question_fields(self) -> list[tuple[CitingQuestion, forms.BoundField]]:
        return [(row, self[_name_of(row.question)]) for row in self.rows]

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "reason", "grace_days")}

    @property
    def decisions(self) -> list[tuple[Question, str]]:
        questions = [row.question for row in self.rows]
        chosen = ((each, self.cleaned_data[_name_of(each)]) for each in questions)
        return [(question, choice) for question, choice in chosen if choice]


def _said(drafted: DraftedChange) -> dict[str, Any]:
    plan: ChangePlan | None = drafted.plan
    return {
        "kind": drafted.kind.value,
        "reason": plan.reason if plan else "",
        "grace_days": plan.grace_days if plan else GRACE_DAYS,
    }


def _name_of(question: Question) -> str:
    return f"question-{question.pk}"
