from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from departments.models.organisation import Department
from knowledge.models import KeyedChild, PromisePage

ENOUGH_PER_CENT = 80


class Link(KeyedChild):
    """What one department does so that a promise comes true. A promise's links are its chain."""

    class Influence(models.TextChoices):
        DECIDES = "decides", _("Decides whether it comes true")
        HELPS = "helps", _("Helps it come true")
        SUPPORTS = "supports", _("Supports those who do")

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

    influence = models.CharField(
        _("influence"), max_length=12, choices=Influence.choices, default=Influence.HELPS
    )
    # How many of its people have to be ready: a share, rounded down, and perhaps a head-count.
    share = models.PositiveSmallIntegerField(
        _("share that has to be ready, %"),
        default=ENOUGH_PER_CENT,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    at_least = models.PositiveSmallIntegerField(
        _("and at least, people"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Such as two on each shift. Leave it empty where the share is enough."),
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("department"), FieldPanel("influence")]),
        FieldPanel("part"),
        FieldPanel("standard"),
        FieldRowPanel(
            [
                FieldPanel(
                    "share",
                    help_text=_("Of those there who must know it, rounded down; one at least."),
                ),
                FieldPanel("at_least"),
            ]
        ),
    ]

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
