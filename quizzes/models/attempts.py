from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage
from quizzes import memory
from quizzes.models.questions import Question


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> Self:
        return self.filter(finished_at=None)


class Attempt(models.Model):
    """One colleague's sitting with one module's questions, which are drawn when it starts.

    A practice session is a sitting too: one table of answers tells what was answered first
    on a day.
    """

    class Kind(models.TextChoices):
        QUIZ = "quiz", _("Quiz")
        PRACTICE = "practice", _("Practice")
        CHECK = "check", _("Change check")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.PROTECT, related_name="attempts")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.QUIZ)
    version = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    is_passed = models.BooleanField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "module", "kind"],
                condition=models.Q(finished_at=None),
                name="quizzes_one_open_attempt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.kind}"

    @property
    def is_check(self) -> bool:
        return self.kind == self.Kind.CHECK

    @property
    def is_practice(self) -> bool:
        return self.kind == self.Kind.PRACTICE


class Answer(models.Model):
    """One drawn question of an attempt, and what was answered. Once answered, never edited."""

    class Sureness(models.TextChoices):
        GUESSING = memory.Sureness.GUESSING.value, _("Guessing")
        FAIRLY_SURE = memory.Sureness.FAIRLY_SURE.value, _("Fairly sure")
        SURE = memory.Sureness.SURE.value, _("Sure")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    response = models.JSONField(null=True, blank=True)
    sureness = models.CharField(max_length=16, choices=Sureness.choices, blank=True)
    is_right = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="quizzes_answer_position_once"
            ),
            models.UniqueConstraint(
                fields=["attempt", "question"], name="quizzes_question_drawn_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["question", "answered_at"], name="quizzes_answer_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.attempt} · {self.position}"
