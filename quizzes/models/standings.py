from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage
from quizzes.memory import Dates, Trace
from quizzes.models.questions import Question


class Card(models.Model):
    """What the memory model knows of one colleague and one question."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "question"], name="quizzes_card_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.question}"

    @property
    def trace(self) -> Trace:
        return Trace(
            stability=self.stability,
            difficulty=self.difficulty,
            reviewed_on=self.reviewed_on,
            must_know=self.question.is_must_know,
        )


class Standing(models.Model):
    """One colleague's state for one module: the newest line of the standing events."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standings"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="standings")
    started_at = models.DateTimeField()
    passed_on = models.DateField(null=True, blank=True)
    ready_until = models.DateField(null=True, blank=True)
    practice_from = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "module"], name="quizzes_standing_once"),
            models.CheckConstraint(
                condition=models.Q(ready_until=None, practice_from=None, passed_on=None)
                | models.Q(
                    ready_until__isnull=False, practice_from__isnull=False, passed_on__isnull=False
                ),
                name="quizzes_standing_dates_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module}"

    @property
    def dates(self) -> Dates | None:
        if self.ready_until is None or self.practice_from is None:
            return None
        return Dates(ready_until=self.ready_until, practice_from=self.practice_from)


class AppendOnlyError(TypeError):
    """History is written once."""


class StandingEventQuerySet(models.QuerySet["StandingEvent"]):
    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class StandingEvent(models.Model):
    """A standing changed. Written once, never edited: past readiness is folded from these."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        PASSED = "passed", _("Passed")
        PRACTISED = "practised", _("Practised")
        NOT_YET = "not-yet", _("Not yet")
        CHANGED = "changed", _("Changed")
        EXEMPTED = "exempted", _("Exempted")
        CORRECTED = "corrected", _("Corrected")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing_events"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="standing_events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    ready_from = models.DateField(null=True, blank=True)
    ready_to = models.DateField(null=True, blank=True)
    practice_from = models.DateField(null=True, blank=True)

    objects = StandingEventQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["person", "module", "at"], name="quizzes_event_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError
