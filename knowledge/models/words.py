from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from knowledge.models.editing import OneLine


class CustomerWord(models.Model):
    """What customers call a thing, beside what we call it. Search understands both."""

    theirs = models.CharField(
        _("customers say"), max_length=80, unique=True, help_text=_("“money back”, “box”")
    )
    ours = models.CharField(_("we say"), max_length=80, help_text=_("“refund”, “router”"))
    note = models.CharField(
        _("where it was heard"), max_length=240, blank=True, help_text=_("For the editors only.")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("theirs"), FieldPanel("ours")]),
        FieldPanel("note", widget=OneLine),
    ]

    class Meta:
        verbose_name = _("customers’ word")
        verbose_name_plural = _("customers’ words")
        ordering = ("theirs",)

    def __str__(self) -> str:
        return f"{self.theirs} → {self.ours}"


class SearchMissQuerySet(models.QuerySet["SearchMiss"]):
    def open(self) -> Self:
        return self.filter(is_settled=False)


class SearchMiss(models.Model):
    """Words that somebody searched for without finding anything: how often in a week, not who."""

    query = models.CharField(_("searched for"), max_length=120)
    week_from = models.DateField(_("week from"))
    count = models.PositiveIntegerField(_("how often"), default=0)
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = SearchMissQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ("-week_from", "-count", "query")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["query", "week_from"], name="knowledge_miss_once")
        ]

    def __str__(self) -> str:
        return self.query
