from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    PublishingPanel,
    TitleFieldPanel,
)
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from knowledge.models.editing import KnowledgeCopyForm, KnowledgePageForm
from knowledge.models.keyed import settle_children
from knowledge.models.languages import LanguageQuerySet, refuse_lent_words
from knowledge.wording import ONE_BREATH_WORDS, count_words

# Django's own routes begin with these words below a page, so no page may be called so.
RESERVED_SLUGS = frozenset(
    {"quiz", "check", "try", "changes", "chain", "evidence", "flags", "done", "ask"}
)

# Half a year: long enough to be no chore, short enough to notice.
VERIFY_DAYS = 180


def validate_one_breath(line: str) -> None:
    words = count_words(line)
    if words > ONE_BREATH_WORDS:
        raise ValidationError(
            ngettext(
                "This has %(words)s words: say it in one breath, %(most)s at the most. "
                "Take out %(over)s word.",
                "This has %(words)s words: say it in one breath, %(most)s at the most. "
                "Take out %(over)s words.",
                words - ONE_BREATH_WORDS,
            ),
            params={
                "words": words,
                "most": ONE_BREATH_WORDS,
                "over": words - ONE_BREATH_WORDS,
            },
        )


def title_panel(placeholder: Any, help_text: Any) -> TitleFieldPanel:
    """Its placeholder is cut where it is longer than a few words."""
    return TitleFieldPanel(
        "title",
        placeholder=placeholder,
        help_text=help_text,
        disable_comments=True,
    )


def keepers_panels() -> list[Any]:
    """Who keeps a page true, and how often she is asked."""
    return [
        FieldRowPanel(
            [
                FieldPanel("owner", help_text=_("Who keeps this true."), disable_comments=True),
                FieldPanel(
                    "carer",
                    help_text=_("Who looks after it day by day. May be the owner, or nobody."),
                    disable_comments=True,
                ),
            ]
        ),
        FieldPanel("verify_days", disable_comments=True),
    ]


def address_panel() -> FieldPanel:
    """Filled from the title by itself, and seldom changed."""
    return FieldPanel(
        "slug",
        heading=_("Address"),
        help_text=_(
            "The last part of the address, in small letters, digits and hyphens. It follows the "
            "title until the page is published; after that, leave it: links lead here."
        ),
        disable_comments=True,
    )


class KnowledgeQuerySet(LanguageQuerySet, PageQuerySet):
    def open_to_colleagues(self) -> Self:
        """What every colleague may read: each page once, in the organisation's language."""
        return self.live_to_all().in_source_language()

    def live_to_all(self) -> Self:
        """Live pages without a view restriction on them or above them, in the same query."""
        restrictions = PageViewRestriction.objects.annotate(
            asked_path=models.ExpressionWrapper(models.OuterRef("path"), models.CharField())
        ).filter(asked_path__startswith=models.F("page__path"))
        opened: Self = self.live().exclude(models.Exists(restrictions))
        return opened


KnowledgeManager = PageManager.from_queryset(KnowledgeQuerySet)


class KnowledgePage(Page):
    """What all pages of the portal share."""

    objects: ClassVar = KnowledgeManager()

    # One page of panels: a second tab hides what is missing on it.
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar = [PublishingPanel(), CommentPanel()]
    base_form_class = KnowledgePageForm
    copy_form_class = KnowledgeCopyForm

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        refuse_lent_words(self)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        refuse_lent_words(self)
        return super().save_revision(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is an address of the portal itself. Choose another.")
                    % {"slug": self.slug}
                }
            )


class KeptPage(KnowledgePage):
    """A page that somebody keeps true: she says so again within an interval."""

    carer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("carer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verify_days = models.PositiveSmallIntegerField(
        _("look at it again after, days"),
        default=VERIFY_DAYS,
        validators=[MinValueValidator(1)],
        help_text=_("So long after it was last said to be true, its owner is asked again."),
    )

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        revision = super().save_revision(*args, **kwargs)
        # Wagtail never takes the owner from a draft: an owner who was chosen would be lost.
        Page.objects.filter(pk=self.pk).update(owner_id=self.owner_id)
        return revision


class CitedPage(KeptPage):
    """A page that somebody decided on, and whose parts others cite by key: a brief, a promise."""

    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sponsor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if "update_fields" not in kwargs:
            settle_children(self)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        settle_children(self)
        return super().save_revision(*args, **kwargs)


class FramePage(KnowledgePage):
    """A page that the portal's own addresses lead to: its words may change, its place may not."""

    content_panels: ClassVar = [title_panel(_("Name of the page"), _("As colleagues read it."))]
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True


class HomePage(FramePage):
    """The root of the content tree. `/` itself is Today; see `portal.views`."""

    page_description = _("The root of the content tree.")
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "knowledge.BriefIndexPage",
        "knowledge.PromiseIndexPage",
        "knowledge.LearnIndexPage",
    ]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("Home")
