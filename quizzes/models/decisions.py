from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ChangePlan
from quizzes.models.questions import Question


class QuestionDecision(models.Model):
    """What becomes of one question when the facts that it asks for change."""

    class Choice(models.TextChoices):
        KEEP = "keep", _("Keep: it is right as it stands")
        EDIT = "edit", _("Edit: publish its draft with the change")
        RETIRE = "retire", _("Retire: ask it no more")

    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="decisions")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="decisions")
    choice = models.CharField(max_length=16, choices=Choice.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "question"], name="quizzes_decision_once")
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.get_choice_display()}"
