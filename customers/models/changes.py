from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.measures import Measure
from departments.models import Department
from knowledge.models import PromisePage


class ProcessChange(models.Model):
    """A department does something in another way from a day on, and says why."""

    reference = models.CharField(_("reference"), max_length=16, unique=True)
    title = models.CharField(
        _("what changes"), max_length=120, help_text=_("In a few words: “Weekly refund run”.")
    )
    details = models.CharField(_("more about it"), max_length=300, blank=True)
    why = models.CharField(
        _("why it was made"),
        max_length=300,
        help_text=_("Every change had a good reason for somebody. Write it down."),
    )
    happens_on = models.DateField(_("from"))
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="process_changes"
    )
    promises = models.ManyToManyField(PromisePage, blank=True, related_name="process_changes")
    measures = models.ManyToManyField(Measure, blank=True, related_name="process_changes")
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    logged_at = models.DateTimeField()
    # It never came, or was taken back before its day.
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("process change")
        verbose_name_plural = _("process changes")
        ordering = ("-happens_on", "-pk")

    def __str__(self) -> str:
        return f"{self.reference} · {self.title}"


class ChangeQuestion(models.Model):
    """Whoever owns a promise is asked whether a process change makes it another promise."""

    class Answer(models.TextChoices):
        OPEN = "", _("Not answered yet")
        NO = "no", _("No: the promise stays as it is")
        YES = "yes", _("Yes: the promise has to change")

    change = models.ForeignKey(ProcessChange, on_delete=models.CASCADE, related_name="questions")
    promise = models.ForeignKey(
        PromisePage, on_delete=models.CASCADE, related_name="change_questions"
    )
    answer = models.CharField(max_length=4, choices=Answer.choices, default=Answer.OPEN, blank=True)
    note = models.CharField(_("why"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("change", "promise")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "promise"], name="customers_change_asks_once")
        ]

    def __str__(self) -> str:
        return f"{self.change} · {self.promise}"
