from datetime import time
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail")
class MailSettings(BaseGenericSetting):
    """When the portal may write to people, in the organisation's time."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")

    is_on = models.BooleanField(
        _("send mails about what is due"),
        default=False,
        help_text=_("Nobody is told of anything that was due before this was switched on."),
    )
    switched_on_at = models.DateTimeField(null=True, blank=True, editable=False)
    earliest = models.TimeField(_("not before"), default=time(8))
    latest = models.TimeField(_("not after"), default=time(17))
    on_weekends = models.BooleanField(_("on Saturdays and Sundays, too"), default=False)
    heads_on = models.PositiveSmallIntegerField(
        _("heads get their week on"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    most_tries = models.PositiveSmallIntegerField(
        _("how often a mail is tried"), default=8, validators=[MaxValueValidator(50)]
    )

    panels: ClassVar = [
        FieldPanel("is_on"),
        FieldRowPanel([FieldPanel("earliest"), FieldPanel("latest")]),
        FieldPanel("on_weekends"),
        FieldPanel("heads_on"),
        FieldPanel("most_tries"),
    ]

    class Meta:
        verbose_name = _("Mails")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if self.earliest and self.latest and self.earliest >= self.latest:
            raise ValidationError({"latest": _("Choose a time after the first one.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever switches mails on begins anew: what was due before counts as told."""
        stored = type(self).objects.filter(pk=self.pk).first()
        was_on = stored is not None and stored.is_on
        if self.is_on and not (was_on and self.switched_on_at):
            self.switched_on_at = timezone.now()
        super().save(*args, **kwargs)


class Mail(models.Model):
    """One mail to one person. Its key is written before it is sent, so it is never sent twice."""

    class Kind(models.TextChoices):
        DIGEST = "digest", _("What is due")
        HEADS_WEEK = "heads-week", _("A head's week")
        NOW = "now", _("At once")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")
        GIVEN_UP = "given-up", _("Given up")
        DROPPED = "dropped", _("No longer needed")

    # Who, what for, and which turn: "digest:42:2026-11-23".
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    # What it was about: [obligation, step], so that the next one doesn't repeat it.
    reasons = models.JSONField(default=list)
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("made_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try_at"], name="portal_mail_by_state"),
            models.Index(fields=["person", "made_at"], name="portal_mail_by_person"),
        ]

    def __str__(self) -> str:
        return self.key
