from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import Claim, PromisePage


class Measure(models.Model):
    """A number with a definition: what is counted, in which unit, and which way is better."""

    class Statistic(models.TextChoices):
        SHARE = "share", _("A share: so many of all")
        MEAN = "mean", _("A mean of what was measured")
        VALUE = "value", _("A single figure")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    reference = models.SlugField(
        _("reference"),
        max_length=64,
        unique=True,
        help_text=_("What files call it: small letters, digits and hyphens."),
    )
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("What is counted, and what isn't.")
    )
    unit = models.CharField(_("unit"), max_length=24, default="%")
    statistic = models.CharField(
        _("kind of figure"), max_length=8, choices=Statistic.choices, default=Statistic.SHARE
    )
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction.choices, default=Direction.HIGHER
    )
    source = models.CharField(
        _("source"), max_length=120, help_text=_("Where its figures come from: “Payment log”.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who sees that its figures come in, and are right."),
    )
    promise = models.ForeignKey(
        PromisePage,
        verbose_name=_("promise"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="measures",
    )
    # The claim that it judges, if it judges one.
    claim = models.OneToOneField(
        Claim,
        verbose_name=_("claim"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="measured_by",
    )

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ReadingQuerySet(models.QuerySet["Reading"]):
    def current(self) -> Self:
        """Without those that were corrected since."""
        return self.filter(replaced_at=None)


class Reading(models.Model):
    """What a measure showed in one period, by one source. A correction is a row of its own."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    starts_on = models.DateField(_("from"))
    # The last day that it speaks for: of a month that isn't over, the day it was taken.
    ends_on = models.DateField(_("to"))
    source = models.CharField(_("source"), max_length=120)
    # A share is `k` of `n`; a mean has `n`, `mean` and the sample's standard deviation; a single
    # figure only `value`.
    n = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    k = models.PositiveIntegerField(_("so many"), null=True, blank=True)
    mean = models.DecimalField(_("mean"), max_digits=14, decimal_places=4, null=True, blank=True)
    deviation = models.DecimalField(
        _("standard deviation"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=4, null=True, blank=True)
    note = models.CharField(_("note"), max_length=240, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("starts_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "starts_on", "source"],
                condition=models.Q(replaced_at=None),
                name="customers_reading_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="customers_reading_period",
            ),
            models.CheckConstraint(
                condition=models.Q(k=None) | models.Q(n__isnull=False, k__lte=models.F("n")),
                name="customers_reading_k_of_n",
            ),
            models.CheckConstraint(
                condition=models.Q(k__isnull=False)
                | models.Q(mean__isnull=False, n__isnull=False)
                | models.Q(value__isnull=False),
                name="customers_reading_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.starts_on}"
