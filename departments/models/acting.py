from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from knowledge.models import ModulePage


class Nudge(models.Model):
    """A head reminded a colleague of what waits for her: once a week at most, in kind words."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nudges"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    # The Monday of its week.
    week = models.DateField()
    text = models.CharField(_("what you write"), max_length=400)
    modules = models.ManyToManyField(ModulePage, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "week"], name="departments_nudge_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.week}"


class TimeRequest(models.Model):
    """A head asks those above her for more time for a module, or for time to learn it."""

    class Answer(models.TextChoices):
        GRANTED = "granted", _("Granted")
        NOT_NOW = "not-now", _("Not now")

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="time_requests"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(_("by when you can be ready"))
    reason = models.CharField(_("reason"), max_length=400)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=Answer.choices, blank=True)
    note = models.CharField(_("your answer"), max_length=400, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "module"],
                condition=models.Q(answer=""),
                name="departments_one_open_time_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module} · {self.until}"
