from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from departments.models.organisation import Department
from knowledge.models import PromisePage


class Belief(models.TextChoices):
    YES = "yes", _("Yes")
    NOT_YET = "not-yet", _("Not yet")
    NO = "no", _("No")


@register_setting(icon="pick")
class PulseSettings(BaseGenericSetting):
    """How the organisation asks whether its people believe its promises."""

    class Way(models.TextChoices):
        CONFIDENTIAL = "confidential", _("Each colleague, confidentially")
        TEAM_AGREED = "team-agreed", _("Each team agrees on one answer (for small organisations)")

    way = models.CharField(
        _("who answers"), max_length=16, choices=Way.choices, default=Way.CONFIDENTIAL
    )
    asks_of_ten = models.BooleanField(
        _("ask for an estimate"),
        default=True,
        help_text=_("“Of the last 10 customers, how many got this?”"),
    )

    panels: ClassVar = [FieldPanel("way"), FieldPanel("asks_of_ten")]

    class Meta:
        verbose_name = _("Pulse")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Pulse(models.Model):
    """A month's question: would you stake your name on this promise today?"""

    promise = models.ForeignKey(PromisePage, on_delete=models.CASCADE, related_name="pulses")
    # The first day of its month: one promise is asked about at a time.
    month = models.DateField(_("month"), unique=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

    class Meta:
        ordering = ("-month",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="departments_pulse_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise} · {self.month}"


class PulseAnswer(models.Model):
    """One answer. Nothing in it, and nothing beside it, leads to a person.

    Its key is random, and its week is the finest time. Whoever works in a team that is too small
    to be shown answers among "other teams" (no department).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="answers")
    department = models.ForeignKey(
        Department, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    belief = models.CharField(max_length=8, choices=Belief.choices)
    of_ten = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(10)])
    # The Monday of its week.
    week = models.DateField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pulse} · {self.belief}"


class PulseWord(models.Model):
    """What would have to be true, in somebody's words: without a department, without a week."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="words")
    text = models.CharField(max_length=500)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pulse} · {self.pk}"


class PulseTurnout(models.Model):
    """Somebody has answered. When, and what, isn't kept here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="turnout")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pulse", "person"], name="departments_turnout_once")
        ]

    def __str__(self) -> str:
        return f"{self.pulse} · {self.person}"


class TeamBelief(models.Model):
    """What a team agreed on together, where an organisation is too small to ask each colleague."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="team_beliefs")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    belief = models.CharField(max_length=8, choices=Belief.choices)
    of_ten = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(10)]
    )
    sentence = models.CharField(_("what would have to be true?"), max_length=500, blank=True)
    agreed_on = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pulse", "department"], name="departments_team_belief_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pulse} · {self.department}"
