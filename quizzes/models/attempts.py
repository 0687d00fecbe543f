from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage
from quizzes import deadlines, memory
from quizzes.asking import Asked
from quizzes.models.questions import Question
from quizzes.models.versions import ItemReview, QuestionVersion


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
        TRY = "try", _("Try first")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.PROTECT, related_name="attempts")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.QUIZ)
    version = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    # Where the module's author set a due day: the moment after which nothing is taken any more.
    closes_at = models.DateTimeField(null=True, blank=True)
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

    def is_over(self, at: datetime) -> bool:
        """Whether its due day has gone by, so that it takes no answer any more."""
        return self.closes_at is not None and not deadlines.accepts(self.closes_at, at)

    @property
    def is_check(self) -> bool:
        return self.kind == self.Kind.CHECK

    @property
    def is_try(self) -> bool:
        return self.kind == self.Kind.TRY

    @property
    def is_practice(self) -> bool:
        return self.kind == self.Kind.PRACTICE


class AnswerQuerySet(models.QuerySet["Answer"]):
    def with_weight(self, tried_in_vain: models.QuerySet["Answer"]) -> Self:
        """Annotates what decides whether an answer is remembered, and whether a date rests on it.

        `tried_in_vain` is a subquery of answers.
        """
        return self.annotate(
            is_held_back=ItemReview.objects.holding_back(),
            was_tried_in_vain=models.Exists(tried_in_vain),
        )

    def with_others(self) -> Self:
        """Annotates `is_another_open`: whether another question of the sitting waits."""
        others = Answer.objects.filter(
            attempt=models.OuterRef("attempt"), is_right=None, is_void=False
        )
        return self.annotate(
            is_another_open=models.Exists(others.exclude(pk=models.OuterRef("pk")))
        )


class Answer(models.Model):
    """One drawn question of an attempt, and what was answered. Once answered, never edited.

    `mark` is from 0 to 1, and `is_right` where it is whole; only a correction of the question
    changes the two afterwards, and keeps what they were. `is_void` takes it out of the sitting.
    `expected` is the recall that memory gave it just before, from 0 to 1, unstretched;
    `None` where nothing was remembered yet.
    """

    class Sureness(models.TextChoices):
        GUESSING = memory.Sureness.GUESSING.value, _("Guessing")
        FAIRLY_SURE = memory.Sureness.FAIRLY_SURE.value, _("Fairly sure")
        SURE = memory.Sureness.SURE.value, _("Sure")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(
        QuestionVersion, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    position = models.PositiveSmallIntegerField()
    option_order = models.JSONField(default=list)
    response = models.JSONField(null=True, blank=True)
    sureness = models.CharField(max_length=16, choices=Sureness.choices, blank=True)
    is_right = models.BooleanField(null=True, blank=True)
    mark = models.FloatField(null=True, blank=True)
    is_void = models.BooleanField(default=False)
    expected = models.FloatField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Names the form that was sent: the same form again is a retry, another one a second answer.
    key = models.UUIDField(null=True, blank=True)
    # What was typed and not yet sent; forgotten once an answer is stored.
    draft = models.JSONField(null=True, blank=True)

    # Annotated by `with_weight`: whether its question is held back, and whether "Try first" has
    # shown the key on the same day to somebody who didn't know it.
    is_held_back: bool
    was_tried_in_vain: bool
    # Annotated by `with_others`.
    is_another_open: bool

    objects = AnswerQuerySet.as_manager()

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

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be answered any more: it is answered, or was taken out."""
        return self.answered_at is not None or self.is_void

    @property
    def asked(self) -> Asked:
        """The question in the words in which it was asked."""
        return self.version.asked if self.version else self.question.asked_now()


class LateAnswer(models.Model):
    """What came from another tab or device when the question was answered or handed in already.

    It changes nothing, and nothing that somebody wrote is thrown away.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="late")
    key = models.UUIDField()
    response = models.JSONField()
    sureness = models.CharField(max_length=16, choices=Answer.Sureness.choices)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "key"], name="quizzes_late_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.at}"
