from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.models.changes import Change


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> Self:
        return self.filter(replied_at=None)


class Remark(models.Model):
    """A colleague says of a fact or a paragraph that it isn't right, or asks about it."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("I have a question")
        UNCLEAR = "unclear", _("This is unclear")
        OUTDATED = "outdated", _("This is outdated")
        NOT_EXPERIENCED = "not-experienced", _("Customers experience it differently")
        NOT_MATERIAL = "not-material", _("This change isn’t material")
        MATERIAL = "material", _("This should have been material")

    ABOUT_A_CHANGE = frozenset({Kind.NOT_MATERIAL, Kind.MATERIAL})

    class Outcome(models.TextChoices):
        CHANGED = "changed", _("We changed it")
        ANSWERED = "answered", _("We answered it")
        KEPT = "kept", _("It stays as it is")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="remarks")
    fact_key = models.SlugField(max_length=64, blank=True)
    change = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    quote = models.CharField(_("the words it is about"), max_length=300, blank=True)
    kind = models.CharField(_("what about it"), max_length=16, choices=Kind.choices)
    words = models.TextField(_("in your words"), max_length=1000, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="remarks"
    )
    at = models.DateTimeField(_("said"))
    due_on = models.DateField(_("reply by"))
    outcome = models.CharField(
        _("what became of it"), max_length=16, choices=Outcome.choices, blank=True
    )
    reply = models.TextField(_("reply"), max_length=1000, blank=True)
    # The reply stands among the brief's questions and answers, for everybody.
    is_shared = models.BooleanField(_("shared as a question and answer"), default=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(replied_at=None, outcome="")
                | models.Q(replied_at__isnull=False) & ~models.Q(outcome=""),
                name="knowledge_remark_reply_has_outcome",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="knowledge_remark_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.page}"

    @property
    def is_news(self) -> bool:
        """Whether there is a reply that whoever asked has not looked at."""
        return self.replied_at is not None and self.seen_at is None

    @property
    def is_shareable(self) -> bool:
        """Whether its reply would help others as a question and its answer."""
        return self.kind in {self.Kind.QUESTION, self.Kind.UNCLEAR}
