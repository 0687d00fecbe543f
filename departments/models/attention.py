from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="time")
class AttentionSettings(BaseGenericSetting):
    """How much of everybody's week changes may take."""

    minutes_a_week = models.PositiveSmallIntegerField(
        _("minutes per person and week"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_(
            "What checking changes may take. Whoever plans a change that asks for more is told; "
            "colleagues are not."
        ),
    )

    panels: ClassVar = [FieldPanel("minutes_a_week")]

    class Meta:
        verbose_name = _("Attention budget")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
