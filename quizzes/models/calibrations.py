from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StretchChange(models.Model):
    """The organisation's dates were stretched, or that was taken back. Written once."""

    before = models.FloatField()
    after = models.FloatField()
    # The answers that spoke for it.
    answers = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
