from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from knowledge.models.editing import KeyedPanel, NextPanel, OneLine, PromisePageForm
from knowledge.models.keyed import KeyedChild
from knowledge.models.pages import (
    CitedPage,
    FramePage,
    address_panel,
    keepers_panels,
    title_panel,
    validate_one_breath,
)

SHARE_UNIT = "%"


class PromiseIndexPage(FramePage):
    """All promises."""

    page_description = _("The list of all promises.")
    max_count = 1
    parent_page_types: ClassVar = ["knowledge.HomePage"]
    subpage_types: ClassVar = ["knowledge.PromisePage"]
    template = "knowledge/promise_index.html"

    class Meta:
        verbose_name = _("Promises")


class PromisePage(CitedPage):
    """A sentence that customers hear from us."""

    sentence = models.CharField(
        _("promise"),
        max_length=240,
        validators=[validate_one_breath],
        help_text=_("The sentence that customers hear: 25 words at the most."),
    )
    why_us = models.TextField(
        _("why us"), blank=True, help_text=_("Why a customer should believe this of us.")
    )
    is_pilot = models.BooleanField(
        _("pilot"),
        default=False,
        help_text=_("We are trying it out: it isn't one of the promises we make to everybody."),
    )
    lands_at = models.CharField(
        _("where it reaches the customer"),
        max_length=120,
        blank=True,
        help_text=_("The end of the thread: “First bill”, “Welcome call”."),
    )
    customer_gets = models.CharField(
        _("what the customer has then"),
        max_length=160,
        blank=True,
        help_text=_("In one sentence: “Has the money, and the date was true.”"),
    )
    benchmark = models.CharField(
        _("what others do"),
        max_length=240,
        blank=True,
        help_text=_("An outside figure to compare with, if there is one."),
    )
    benchmark_source = models.CharField(
        _("where that figure comes from"), max_length=240, blank=True
    )

    page_description = _("A sentence that customers hear, and how we measure whether it is true.")
    # Rooms above add their own when they start: the thread of departments is not ours to know.
    content_panels: ClassVar = [
        title_panel(_("A short name"), _("As colleagues read it, such as “Fair Refund”.")),
        FieldPanel("sentence", widget=OneLine),
        KeyedPanel(
            "claims",
            heading=_("Claims"),
            label=_("Claim"),
            help_text=_(
                "What can be measured, so that everybody can see whether we kept it. A promise "
                "needs one at least."
            ),
            min_num=1,
        ),
        MultiFieldPanel(
            [
                FieldPanel("lands_at", widget=OneLine),
                FieldPanel("customer_gets", widget=OneLine),
            ],
            heading=_("The end of the thread"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("why_us"),
                FieldRowPanel(
                    [
                        FieldPanel("benchmark", widget=OneLine),
                        FieldPanel(
                            "benchmark_source",
                            widget=OneLine,
                            help_text=_("Who measured it, and when. No figure goes without it."),
                        ),
                    ]
                ),
            ],
            heading=_("Why us, and not others"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_pilot", disable_comments=True),
                FieldPanel(
                    "sponsor",
                    help_text=_("Who decided that this is promised. Nothing goes out without one."),
                    disable_comments=True,
                ),
                *keepers_panels(),
            ],
            heading=_("Who answers for it"),
        ),
        address_panel(),
        NextPanel(),
    ]
    base_form_class = PromisePageForm
    parent_page_types: ClassVar = ["knowledge.PromiseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/promise_detail.html"

    class Meta:
        verbose_name = _("Promise")

    def clean(self) -> None:
        super().clean()
        if self.benchmark and not self.benchmark_source:
            words = _("Say where this figure comes from, or leave it out.")
            raise ValidationError({"benchmark_source": words})


class Claim(KeyedChild):
    """The measurable form of a promise: at least 95 % of refunds arrive within three days."""

    class Comparator(models.TextChoices):
        AT_LEAST = "at-least", _("At least")
        AT_MOST = "at-most", _("At most")

    class Statistic(models.TextChoices):
        SHARE = "share", _("A share: so many of all")
        MEAN = "mean", _("A mean of what was measured")

    promise = ParentalKey(PromisePage, on_delete=models.CASCADE, related_name="claims")
    comparator = models.CharField(
        _("comparison"),
        max_length=16,
        choices=Comparator.choices,
        default=Comparator.AT_LEAST,
    )
    target = models.DecimalField(
        _("target"), max_digits=12, decimal_places=3, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(
        _("unit"), max_length=24, default="%", help_text=_("“%” for a share, else “minutes”, “£”…")
    )
    measure = models.CharField(
        _("what is measured"),
        max_length=160,
        help_text=_("Goes on after “At least 95% of …”: “refunds arrive within 3 working days”."),
    )
    statistic = models.CharField(
        _("kind of figure"), max_length=8, choices=Statistic.choices, default=Statistic.SHARE
    )
    condition = models.CharField(
        _("condition"), max_length=160, blank=True, help_text=_("When it holds, if not always.")
    )
    expectation = models.CharField(
        _("what a customer will now expect"),
        max_length=240,
        blank=True,
        help_text=_("In the customer's words: “It's in my account by Thursday.”"),
    )

    panels: ClassVar = [
        FieldRowPanel(
            [
                FieldPanel("comparator"),
                FieldPanel("target", help_text=_("A number: 95, or 1.5.")),
                FieldPanel("unit"),
            ]
        ),
        FieldPanel("measure", widget=OneLine),
        FieldRowPanel([FieldPanel("statistic"), FieldPanel("condition", widget=OneLine)]),
        FieldPanel("expectation", widget=OneLine),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("claim")

    def __str__(self) -> str:
        return self.sentence

    def clean(self) -> None:
        super().clean()
        if self.statistic == self.Statistic.SHARE and self.unit != SHARE_UNIT:
            words = _("A share is counted in %. Write “%”, or choose a mean as the kind of figure.")
            raise ValidationError({"unit": words})

    @property
    def sentence(self) -> str:
        """“At least 95% of refunds arrive within 3 working days”"""
        words = {
            "comparator": self.get_comparator_display(),
            "target": self.target_words,
            "measure": self.measure,
        }
        if self.unit == SHARE_UNIT:
            return _now("%(comparator)s %(target)s of %(measure)s") % words
        return _now("%(comparator)s %(target)s: %(measure)s") % words

    @property
    def target_words(self) -> str:
        """“95%”, “6 minutes”"""
        number = number_format(self.target.normalize(), use_l10n=True)
        return f"{number}%" if self.unit == SHARE_UNIT else f"{number} {self.unit}"
