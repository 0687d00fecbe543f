from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page


class Verification(models.Model):
    """Somebody looked at a page and said: this is still true. The newest one counts."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="verifications")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        indexes: ClassVar = [models.Index(fields=["page", "at"], name="knowledge_verified")]

    def __str__(self) -> str:
        return f"{self.page} · {self.at:%Y-%m-%d}"
