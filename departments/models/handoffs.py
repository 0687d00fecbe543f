from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from knowledge.models import PromisePage


class Need(models.Model):
    """What one department asks of another, its supplier, so that a promise comes true."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("We do this")
        NOT_YET = "not-yet", _("Not yet, because…")
        MET = "met", _("Met")
        WITHDRAWN = "withdrawn", _("No longer needed")

    department = models.ForeignKey(
        Department, verbose_name=_("who needs it"), on_delete=models.CASCADE, related_name="needs"
    )
    supplier = models.ForeignKey(
        Department, verbose_name=_("of whom"), on_delete=models.CASCADE, related_name="asked_needs"
    )
    promise = models.ForeignKey(
        PromisePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    text = models.CharField(_("what you need"), max_length=200)
    why = models.CharField(_("why"), max_length=400, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    posted_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    reply = models.CharField(_("your answer"), max_length=400, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("posted_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(department=models.F("supplier")),
                name="departments_need_of_another",
                violation_error_message=_("A need is something you ask of another department."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} → {self.supplier}: {self.text}"


class HandoffRating(models.Model):
    """How a team agreed together to rate what it got from the link before it, in one month."""

    POINTS: ClassVar = [MinValueValidator(1), MaxValueValidator(5)]

    promise = models.ForeignKey(
        PromisePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="handoff_ratings",
    )
    supplier = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="handoffs_given"
    )
    receiver = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="handoffs_received"
    )
    # The first day of its month.
    month = models.DateField()
    complete = models.PositiveSmallIntegerField(_("complete"), validators=POINTS)
    on_time = models.PositiveSmallIntegerField(_("on time"), validators=POINTS)
    clear = models.PositiveSmallIntegerField(_("clear"), validators=POINTS)
    sentence = models.CharField(_("what we need"), max_length=300)
    # How many of the team agreed on it, sitting together.
    people = models.PositiveSmallIntegerField(_("how many of you agreed"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField()
    reply = models.CharField(_("your reply"), max_length=400, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-month", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["promise", "supplier", "receiver", "month"],
                name="departments_rating_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["supplier", "receiver", "month"],
                condition=models.Q(promise=None),
                name="departments_rating_of_no_promise",
            ),
            models.CheckConstraint(
                condition=~models.Q(supplier=models.F("receiver")),
                name="departments_rating_of_another",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    complete__range=(1, 5), on_time__range=(1, 5), clear__range=(1, 5)
                ),
                name="departments_rating_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} → {self.receiver} · {self.month}"
