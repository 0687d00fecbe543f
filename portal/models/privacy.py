from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="lock")
class PrivacySettings(BaseGenericSetting):
    """How long the portal keeps what it knows about people."""

    answer_months = models.PositiveSmallIntegerField(
        _("months for which answers are kept"),
        default=24,
        validators=[MinValueValidator(1)],
        help_text=_("Then what was answered is deleted; dates, and what moved them, stay."),
    )
    leaver_months = models.PositiveSmallIntegerField(
        _("months after which a leaver loses her name"),
        default=12,
        validators=[MinValueValidator(1)],
    )

    panels: ClassVar = [FieldPanel("answer_months"), FieldPanel("leaver_months")]

    class Meta:
        verbose_name = _("Privacy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class PersonView(models.Model):
    """An administrator looked at a person's page or data. She can read it herself."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views_of_her"
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    what = models.CharField(max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="portal_views_of_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.at}"
