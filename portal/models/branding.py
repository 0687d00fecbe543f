from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from knowledge.models import PortalImage


@register_setting(icon="pick")
class BrandSettings(BaseSiteSetting):
    """How the portal carries the organisation's name, logo and colour."""

    name = models.CharField(_("name"), max_length=80, default="Our company")
    short_name = models.CharField(
        _("short name"), max_length=24, blank=True, help_text=_("Beside the logo. Empty: the name.")
    )
    logo = models.ForeignKey(
        PortalImage,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("PNG or WebP with a clear background, at least 80 pixels high."),
    )
    logo_dark = models.ForeignKey(
        PortalImage,
        verbose_name=_("logo for the dark theme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0b5c5e",
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, like #0b5c5e.")
            )
        ],
        help_text=_("Lines, links and buttons. It is adjusted where words would be hard to read."),
    )

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("short_name")], heading=_("Name")),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_dark")], heading=_("Logo")),
        FieldPanel("accent"),
    ]

    class Meta:
        verbose_name = _("Branding")

    def __str__(self) -> str:
        return self.name
