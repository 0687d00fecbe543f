from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Revision

from knowledge.blocks import AnswersBlock, LinesBlock
from knowledge.fields import LeanStreamField
from knowledge.models.brief_panels import market_panel, validity_panel
from knowledge.models.editing import BriefPageForm, KeyedPanel, NextPanel, OneLine
from knowledge.models.keyed import KeyedChild
from knowledge.models.pages import (
    CitedPage,
    FramePage,
    address_panel,
    keepers_panels,
    title_panel,
    validate_one_breath,
)
from knowledge.models.products import Channel, Product
from knowledge.models.promises import PromisePage
from knowledge.publishing import PublishHeldError, obstacles_to, vouch_for
from knowledge.signals import publication_held
from knowledge.uses import uses_of


class BriefIndexPage(FramePage):
    """All briefs."""

    page_description = _("The list of all briefs.")
    max_count = 1
    parent_page_types: ClassVar = ["knowledge.HomePage"]
    subpage_types: ClassVar = ["knowledge.BriefPage"]
    template = "knowledge/brief_index.html"

    class Meta:
        verbose_name = _("Briefs")


class BriefPage(CitedPage):
    """What staff may know and say about one product or promise."""

    version = models.PositiveSmallIntegerField(_("version"), default=1)
    one_breath = models.CharField(
        _("one-breath line"),
        max_length=240,
        validators=[validate_one_breath],
        help_text=_("What a colleague can say in one breath: 25 words at the most."),
    )
    right_for = models.CharField(_("right for"), max_length=240)
    not_right_for = models.CharField(
        _("not right for"), max_length=240, help_text=_("Whom we should not sell this to, and why.")
    )
    expectation = models.TextField(
        _("what the customer will now expect"), help_text=_("In the customer's words.")
    )
    promises = ParentalManyToManyField(
        PromisePage, verbose_name=_("promises it serves"), blank=True, related_name="briefs"
    )
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    channels = ParentalManyToManyField(
        Channel, verbose_name=_("channels"), blank=True, related_name="+"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The brief that colleagues should read instead."),
    )
    embargo_until = models.DateField(
        _("staff only until"),
        null=True,
        blank=True,
        help_text=_("Colleagues read it at once. Customers may hear of it from this day on."),
    )
    say = LeanStreamField(LinesBlock(), verbose_name=_("say this"), blank=True)
    dont_say = LeanStreamField(LinesBlock(), verbose_name=_("don't say this"), blank=True)
    answers = LeanStreamField(AnswersBlock(), verbose_name=_("questions and answers"), blank=True)

    page_description = _("What staff may know and say about one product or promise.")
    content_panels: ClassVar = [
        title_panel(_("What it is about"), _("As colleagues read it, such as “Fair Refund”.")),
        MultiFieldPanel(
            [
                FieldPanel("one_breath", widget=OneLine),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "right_for",
                            widget=OneLine,
                            help_text=_("Whom it suits, in one sentence."),
                        ),
                        FieldPanel("not_right_for", widget=OneLine),
                    ]
                ),
            ],
            heading=_("In short"),
        ),
        KeyedPanel(
            "facts",
            heading=_("Facts"),
            label=_("Fact"),
            help_text=_(
                "One thing per fact: a price, a limit, a condition. Lessons and questions show it "
                "from here: change it here and it changes there, as soon as you publish."
            ),
        ),
        FieldPanel("expectation"),
        FieldPanel("say", help_text=_("Short lines that colleagues can say as they stand.")),
        FieldPanel("dont_say", help_text=_("What raises a hope that nobody can keep.")),
        FieldPanel("answers", help_text=_("What colleagues ask, and what to answer.")),
        FieldPanel(
            "promises",
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Tick the promises to customers that this brief explains. Isn't it here yet? "
                "Write it under Promises and come back: the brief can go out before."
            ),
            disable_comments=True,
        ),
        market_panel(),
        validity_panel(),
        MultiFieldPanel(
            [
                FieldPanel(
                    "sponsor",
                    help_text=_("Who decided that this is promised."),
                    disable_comments=True,
                ),
                *keepers_panels(),
            ],
            heading=_("Who answers for it"),
        ),
        address_panel(),
        NextPanel(
            template="knowledge/panels/outside_in.html", heading=_("Read it as a customer would")
        ),
        NextPanel(),
    ]
    base_form_class = BriefPageForm
    parent_page_types: ClassVar = ["knowledge.BriefIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/brief_detail.html"

    class Meta:
        verbose_name = _("Brief")

    def clean(self) -> None:
        super().clean()
        faults = {}
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            faults["valid_until"] = _(
                "This is before “Valid from”. Choose that day or a later one."
            )
        if self.pk and self.replaced_by_id == self.pk:
            faults["replaced_by"] = _("A brief can't replace itself. Choose another, or none.")
        if faults:
            raise ValidationError(faults)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        # A draft doesn't know which versions went out since it was written.
        return super().with_content_json({**content, "version": self.version})

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Publishes, or holds what may not go out.

        Every door comes through here, but for the editor's own button, which asks before. Where
        nobody stands at the door an error would stop all that is scheduled: it is held quietly.
        Raises `PublishHeldError` for a person, so that a workflow isn't ended without publishing.
        """
        draft = revision.as_object()
        obstacles = obstacles_to(draft, user)
        if obstacles and user is not None:
            raise PublishHeldError(obstacles)
        if obstacles:
            publication_held.send(type(self), brief=self, revision=revision, obstacles=obstacles)
            return
        with transaction.atomic():
            vouch_for(draft, user)
            super().publish(revision, user=user, **options)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if "update_fields" not in kwargs and self.goes_live_anew():
            # The last resort, should a door have been forgotten.
            refuse_unapproved(self)
        return super().save(*args, **kwargs)

    def goes_live_anew(self) -> bool:
        """Whether another revision than the stored one is about to be what colleagues read."""
        if not (self.pk and self.live and self.live_revision_id):
            return False
        stored = BriefPage.objects.filter(pk=self.pk, live_revision=self.live_revision_id)
        return not stored.exists()


def refuse_unapproved(brief: BriefPage) -> None:
    """Raises `PublishHeldError` where something stands in the way of what is being published."""
    obstacles = obstacles_to(brief)
    if obstacles:
        raise PublishHeldError(obstacles)


class Fact(KeyedChild):
    """One citable block of a brief. Lessons and questions cite it by `key`, never copy it."""

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Claim")
        PRICE = "price", _("Price")
        CONDITION = "condition", _("Condition")
        PROCESS = "process", _("Process")
        SAFETY = "safety", _("Safety")

    brief = ParentalKey(BriefPage, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.CONDITION)
    title = models.CharField(_("title"), max_length=120)
    statement = models.TextField(
        _("statement"), help_text=_("One or two sentences that are true for every customer.")
    )
    limits = models.TextField(_("limits"), blank=True, help_text=_("When it does not hold."))
    proof = models.TextField(_("proof"), blank=True, help_text=_("How we know."))

    panels: ClassVar = [
        FieldRowPanel(
            [
                FieldPanel("title", help_text=_("What it is about: “How long it takes”.")),
                FieldPanel("kind", help_text=_("Price, safety and conditions count the most.")),
            ]
        ),
        FieldPanel("statement"),
        FieldRowPanel([FieldPanel("limits"), FieldPanel("proof")]),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("fact")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def cited_among(cls, keys: Collection[str]) -> set[str]:
        return {use.fact_key for use in uses_of(keys)}
