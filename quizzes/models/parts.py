from typing import ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from knowledge.models import KeyedChild
from quizzes.asking import Kind

LONGEST_OPTION = 300
CHOSEN = (Kind.ONE, Kind.MANY, Kind.SCENARIO, Kind.REASON)


def only_for(*kinds: Kind) -> dict[str, str]:
    """The editor's script hides a panel with this from every other kind of question."""
    return {"data-kinds": " ".join(kinds)}


class Option(KeyedChild):
    """One thing to choose, one step to place, one pair to match, or one accepted wording."""

    question = ParentalKey("quizzes.Question", on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("text"), max_length=LONGEST_OPTION, blank=True)
    is_right = models.BooleanField(_("right"), default=False)
    feedback = models.CharField(
        _("what to say to someone who chose it"), max_length=300, blank=True
    )

    pair = models.CharField(
        _("belongs to"),
        max_length=LONGEST_OPTION,
        blank=True,
        help_text=_("For “match”: what belongs to it. For “fill the gaps”: the number of its gap."),
    )

    panels: ClassVar = [
        FieldRowPanel(
            [FieldPanel("text"), FieldPanel("is_right", attrs=only_for(*CHOSEN, Kind.GAPS))]
        ),
        FieldPanel("pair", attrs=only_for(Kind.MATCH, Kind.GAPS)),
        FieldPanel("feedback", attrs=only_for(*CHOSEN, Kind.MATCH, Kind.GAPS)),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("option")

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    """A question tests a fact."""

    question = ParentalKey("quizzes.Question", on_delete=models.CASCADE, related_name="citations")
    fact_key = models.SlugField(_("fact"), max_length=64)

    panels: ClassVar = [FieldPanel("fact_key", widget=forms.Select)]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "fact_key"], name="quizzes_citation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["fact_key"], name="quizzes_citation_fact")]

    def __str__(self) -> str:
        return self.fact_key
