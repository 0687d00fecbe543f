from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel

from departments.models.organisation import Department
from knowledge.models import KeyedChild, PromisePage


class Link(KeyedChild):
    """What one department does so that a promise comes true. A promise's links are its chain."""

    promise = ParentalKey(PromisePage, on_delete=models.CASCADE, related_name="links")
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="links"
    )
    part = models.CharField(
        _("its part"),
        max_length=240,
        help_text=_("What this department's people do, said to them: “Agree it on the call.”"),
    )
    standard = models.CharField(
        _("standard"),
        max_length=160,
        blank=True,
        help_text=_("How good is good enough: “Shown in the app within an hour”."),
    )

    panels: ClassVar = [FieldPanel("department"), FieldPanel("part"), FieldPanel("standard")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("link")

    def __str__(self) -> str:
        return f"{self.promise} · {self.department}"

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **kwargs: Any) -> Self | None:
        """A draft's link; none where its department has gone, so that the draft can be read."""
        if not Department.objects.filter(pk=data["department"]).exists():
            return None
        link: Self | None = model_from_serializable_data(cls, data, **kwargs)
        return link
