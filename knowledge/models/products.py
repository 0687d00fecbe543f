from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from knowledge.models.editing import OneLine


class Positioning(models.Model):
    """For whom something is, what it is, and what sets it apart."""

    for_whom = models.CharField(_("for"), max_length=160, blank=True)
    is_what = models.CharField(_("it is"), max_length=160, blank=True)
    unlike = models.CharField(_("unlike"), max_length=160, blank=True)
    because = models.CharField(_("because"), max_length=160, blank=True)

    positioning_panel: ClassVar = MultiFieldPanel(
        [
            FieldPanel("for_whom", widget=OneLine, help_text=_("“busy homes that share one line”")),
            FieldPanel("is_what", widget=OneLine, help_text=_("“the fibre that stays fast”")),
            FieldPanel("unlike", widget=OneLine, help_text=_("“lines that slow down at eight”")),
            FieldPanel("because", widget=OneLine, help_text=_("“we test it at eight, and say so”")),
        ],
        heading=_("Positioning"),
    )

    class Meta:
        abstract = True

    @property
    def positioning(self) -> str:
        """“For busy homes, it is … Unlike …, because …”, as far as it is written."""
        words: dict[str, Any] = {
            "for_whom": self.for_whom,
            "is_what": self.is_what,
            "unlike": self.unlike,
            "because": self.because,
        }
        parts = [
            _now("For %(for_whom)s: %(is_what)s.") % words
            if self.for_whom and self.is_what
            else "",
            _now("Unlike %(unlike)s.") % words if self.unlike else "",
            _now("Because %(because)s.") % words if self.because else "",
        ]
        return " ".join(part for part in parts if part)


class Product(Positioning):
    """What is sold."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idea")
        PILOT = "pilot", _("Pilot")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Retired")

    name = models.CharField(_("name"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.IDEA)
    description = models.CharField(_("in one sentence"), max_length=240, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("state")]),
        FieldPanel("description", widget=OneLine),
        Positioning.positioning_panel,
    ]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Segment(models.Model):
    """A group of customers that is spoken to in its own words."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.CharField(_("who they are"), max_length=240, blank=True)

    panels: ClassVar = [FieldPanel("name"), FieldPanel("description", widget=OneLine)]

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Channel(models.Model):
    """A way in which customers hear from us."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("Physical")
        DIGITAL = "digital", _("Digital")
        PERSON = "person", _("Person to person")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.DIGITAL)

    panels: ClassVar = [FieldRowPanel([FieldPanel("name"), FieldPanel("kind")])]

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SegmentMessage(Orderable):
    """What a brief says to one segment."""

    brief = ParentalKey(
        "knowledge.BriefPage", on_delete=models.CASCADE, related_name="segment_messages"
    )
    segment = models.ForeignKey(
        Segment, verbose_name=_("segment"), on_delete=models.PROTECT, related_name="+"
    )
    message = models.CharField(_("message"), max_length=240, blank=True)

    panels: ClassVar = [FieldPanel("segment"), FieldPanel("message", widget=OneLine)]

    class Meta(Orderable.Meta):
        verbose_name = _("message to a segment")

    def __str__(self) -> str:
        return f"{self.segment}: {self.message}"

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **kwargs: Any) -> Self | None:
        """Leaves out a message whose segment is gone: with it no old version could be read."""
        if not Segment.objects.filter(pk=data["segment"]).exists():
            return None
        message: Self | None = model_from_serializable_data(cls, data, **kwargs)
        return message


@register_setting(icon="pick")
class BrandPositioning(BaseGenericSetting, Positioning):
    """Where the organisation stands in its customers' minds; products may say it closer."""

    panels: ClassVar = [Positioning.positioning_panel]

    class Meta:
        verbose_name = _("Positioning")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
