from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from knowledge.blocks import LessonBodyBlock, LinesBlock, words_of
from knowledge.fields import LeanStreamField
from knowledge.models.briefs import BriefPage
from knowledge.models.editing import NextPanel, OneLine, with_target
from knowledge.models.pages import (
    FramePage,
    KnowledgePage,
    address_panel,
    keepers_panels,
    title_panel,
    validate_one_breath,
)
from knowledge.models.quiz_days import QuizzedPage, quiz_days_panel


class LearnIndexPage(FramePage):
    """All modules."""

    page_description = _("The list of all modules.")
    max_count = 1
    parent_page_types: ClassVar = ["knowledge.HomePage"]
    subpage_types: ClassVar = ["knowledge.ModulePage"]
    template = "knowledge/learn_index.html"

    class Meta:
        verbose_name = _("Learn")


class ModulePage(QuizzedPage):
    """Three to five lessons and a quiz that teach one brief."""

    brief = models.ForeignKey(
        BriefPage, verbose_name=_("brief"), on_delete=models.PROTECT, related_name="modules"
    )
    intro = models.TextField(_("introduction"), blank=True)
    able_to_say = LeanStreamField(
        LinesBlock(), verbose_name=_("what you'll be able to say"), blank=True
    )
    try_it = models.CharField(
        _("try it for real"),
        max_length=300,
        blank=True,
        help_text=_("One real conversation to have this week."),
    )
    valid_days = models.PositiveSmallIntegerField(
        _("days valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Only where a rule says so, such as “every twelve months”. Leave it empty and the "
            "date follows what people are expected to remember."
        ),
    )

    page_description = _("Three to five lessons and a quiz that teach one brief.")
    content_panels: ClassVar = [
        title_panel(_("Name of the module"), _("As colleagues read it, such as “Fair Refund”.")),
        NextPanel(),
        FieldPanel(
            "brief",
            widget=forms.Select,
            help_text=_("What this module teaches. Isn't it here yet? Write the brief first."),
            disable_comments=True,
        ),
        FieldPanel("intro", help_text=_("Why it matters to a customer, in short.")),
        FieldPanel(
            "able_to_say",
            help_text=_("Three or four lines, as one would say them. Press + for each."),
        ),
        FieldPanel("try_it", widget=OneLine),
        FieldPanel("valid_days", disable_comments=True),
        quiz_days_panel(),
        MultiFieldPanel(keepers_panels(), heading=_("Who answers for it")),
        address_panel(),
    ]
    # Lessons are listed in the order in which colleagues read them, ready to be moved.
    admin_default_ordering = "ord"
    parent_page_types: ClassVar = ["knowledge.LearnIndexPage"]
    subpage_types: ClassVar = ["knowledge.LessonPage"]
    template = "knowledge/module_detail.html"

    class Meta:
        verbose_name = _("Module")

    def with_content_json(self, content: dict[str, Any]) -> Any:
        return super().with_content_json(
            with_target(content, "brief", BriefPage.objects, self.brief_id)
        )


class LessonPage(KnowledgePage):
    """One idea, learned in two to four minutes."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=3, validators=[MinValueValidator(1)]
    )
    body = LeanStreamField(LessonBodyBlock(), verbose_name=_("lesson"))
    one_breath = models.CharField(
        _("one-breath line"),
        max_length=240,
        validators=[validate_one_breath],
        help_text=_("What a colleague can say in one breath: 25 words at the most."),
    )

    page_description = _("One idea, learned in two to four minutes.")
    content_panels: ClassVar = [
        title_panel(_("The one idea"), _("As colleagues read it, such as “Give the date”.")),
        FieldPanel(
            "body",
            help_text=_(
                "150 to 300 words, and one example call or picture. Press + and choose. Show a "
                "price, a limit or a condition as a fact instead of writing it out: then it stays "
                "true when the brief changes."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("one_breath", widget=OneLine),
                FieldPanel(
                    "minutes",
                    help_text=_("How long it takes to read: two to four for most."),
                    disable_comments=True,
                ),
            ],
            heading=_("To take away"),
        ),
        address_panel(),
        NextPanel(),
    ]
    parent_page_types: ClassVar = ["knowledge.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/lesson_detail.html"

    class Meta:
        verbose_name = _("Lesson")

    @cached_property
    def module(self) -> ModulePage:
        """The module above, with its brief, in one query."""
        path = self._get_basepath(self.path, self.depth - 1)
        module: ModulePage = ModulePage.objects.select_related("brief").get(path=path)
        return module

    @property
    def word_count(self) -> int:
        """The words of its texts and calls; facts and pictures bring their own."""
        return words_of(self.body)

    @property
    def fact_keys(self) -> list[str]:
        return [block.value for block in self.body if block.block_type == "fact"]


class LessonReading(models.Model):
    """One colleague has read one lesson. Reading proves nothing; it only says where to go on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_readings"
    )
    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="readings")
    done_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "lesson"], name="knowledge_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.lesson}"
