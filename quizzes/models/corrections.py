from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage
from quizzes.days import organisation_day
from quizzes.models.attempts import Answer
from quizzes.models.versions import QuestionVersion


class Correction(models.Model):
    """A faulty question was put right after people had answered it. Written once."""

    class Kind(models.TextChoices):
        VOID = "void", _("Taken out of the sittings")
        REKEY = "rekey", _("Marked by another key")

    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    # The words of the version with the right key; empty where it was taken out.
    new_words = models.JSONField(null=True, blank=True)
    reason = models.TextField(_("reason"))
    # Whoever would lose a date by it keeps the old one.
    keeps_dates = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.version} · {self.get_kind_display()}"


class CorrectedAnswer(models.Model):
    """What a correction did to one answer. Written once."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="answers")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="corrections")
    mark_before = models.FloatField(null=True)
    mark_after = models.FloatField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["correction", "answer"], name="quizzes_corrected_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction} · {self.answer}"


class CorrectionNotice(models.Model):
    """Tells one colleague what a correction did to her. Shown until she has seen it, and mailed."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="correction_notices"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    ready_before = models.DateField(null=True, blank=True)
    ready_after = models.DateField(null=True, blank=True)
    is_passed_before = models.BooleanField(null=True, blank=True)
    is_passed_after = models.BooleanField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["correction", "person"], name="quizzes_correction_notice_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person"],
                condition=models.Q(seen_at=None),
                name="quizzes_notice_unseen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction} · {self.person}"

    @property
    def was_ready(self) -> bool:
        return self._reaches(self.ready_before)

    @property
    def is_ready(self) -> bool:
        """On the day of the correction: a date of the past makes nobody ready."""
        return self._reaches(self.ready_after)

    @property
    def is_longer(self) -> bool:
        before, after = self.ready_before or date.min, self.ready_after or date.min
        return not self.was_ready or after > before

    def _reaches(self, until: date | None) -> bool:
        return until is not None and until >= organisation_day(self.correction.at)
