from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.changes import (
    ChangeKind,
    FactChange,
    FactText,
    fact_changes,
    from_json,
)
from knowledge.models.append_only import AppendOnly, AppendOnlyQuerySet
from knowledge.models.briefs import BriefPage

GRACE_DAYS = 7
LONGEST_GRACE = 90


class ChangeQuerySet(AppendOnlyQuerySet["Change"]):
    def newest_first(self) -> Self:
        return self.order_by("-version")


class Change(AppendOnly):
    """One published version of a brief: what it said, what it changed, why. Written once."""

    class Kind(models.TextChoices):
        FIRST = "first", _("First version")
        WORDING = ChangeKind.WORDING.value, _("Wording")
        MATERIAL = ChangeKind.MATERIAL.value, _("Material")
        REWRITE = ChangeKind.REWRITE.value, _("Rewrite")
        NOW = ChangeKind.NOW.value, _("Now")

    brief = models.ForeignKey(BriefPage, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("grace, days"), default=0)
    # All facts and texts as this version tells them, so that any two versions can be compared.
    facts = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("went live"))

    objects = ChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("brief", "version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "version"], name="knowledge_change_once")
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="knowledge_change_at")]

    def __str__(self) -> str:
        return f"{self.brief} · {self.version}"

    @property
    def fact_texts(self) -> list[FactText]:
        return from_json(self.facts)

    def since(self, earlier: "Change") -> list[FactChange]:
        """The facts that mean something else than in an earlier version."""
        return fact_changes(earlier.fact_texts, self.fact_texts)


class ChangePlan(models.Model):
    """What marketing says about a change before it goes out: how much it matters, and why.

    It belongs to one fingerprint: another word in a fact, and it has to be said again.
    """

    Kind = Change.Kind

    brief = models.ForeignKey(BriefPage, on_delete=models.CASCADE, related_name="change_plans")
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(
        _("how much it matters"),
        max_length=16,
        choices=[choice for choice in Change.Kind.choices if choice[0] != Change.Kind.FIRST],
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("One sentence that colleagues read: why it is different now."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("grace, days"),
        default=GRACE_DAYS,
        validators=[MaxValueValidator(LONGEST_GRACE)],
        help_text=_("How long those who proved the version before have to check the change."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "fingerprint"], name="knowledge_plan_once")
        ]

    def __str__(self) -> str:
        return f"{self.brief} · {self.get_kind_display()}"

    @property
    def is_approved(self) -> bool:
        return self.approved_by_id is not None
