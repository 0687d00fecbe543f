from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from departments.models import Department
from knowledge.models import AppendOnly, AppendOnlyQuerySet
from strategy.models.campaigns import Campaign


class OverrideQuerySet(models.QuerySet["Override"]):
    def waiting(self) -> Self:
        """Those on which the second person hasn't answered."""
        return self.filter(agreed_at=None, refused_at=None, withdrawn_at=None)

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)

    def unreviewed(self) -> Self:
        """Those that hold, or held, and that nobody has looked back on yet."""
        return self.agreed().filter(reviewed_at=None)


class Override(models.Model):
    """A campaign launches although its gate is closed: two people say so, and why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="overrides")
    reason = models.CharField(_("why now?"), max_length=400)
    tells_customers = models.CharField(
        _("what will we tell customers?"),
        max_length=400,
        help_text=_("The words that staff will use when the promise isn't kept."),
    )
    review_on = models.DateField(_("review on"))
    # The checks that were not met, and so are overridden; whatever else fails still holds it.
    covers = models.JSONField(default=list)
    # The gate as both saw it.
    saw = models.JSONField(default=dict)
    launches_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)
    # Whoever asked took the question back.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.CharField(_("how it went"), max_length=400, blank=True)

    objects = OverrideQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(second=None) | Q(asked_by=None) | ~Q(second=F("asked_by")),
                name="strategy_override_by_two",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(agreed_at=None, refused_at=None, withdrawn_at=None),
                name="strategy_override_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.launches_on}"

    @property
    def is_waiting(self) -> bool:
        return not (self.agreed_at or self.refused_at or self.withdrawn_at)

    def is_for_promises(self, promises: Collection[int]) -> bool:
        """Whether the campaign promises nothing that the two didn't know of."""
        return set(promises) <= set(self.saw.get("promises", promises))

    def is_for_version(self, brief: int | None, version: int) -> bool:
        """Whether colleagues have to know by then what the two knew of."""
        return bool(self.saw.get("brief", [brief, version]) == [brief, version])

    def serves(self, plan: Any, on: date) -> bool:
        """What two people agreed to, they agreed to for that launch day, for those promises, for
        that version of their brief, and until the day on which they look back.
        """
        return (
            self.launches_on == plan.launches_on
            and on <= self.review_on
            and self.is_for_promises(plan.promise_ids)
            and self.is_for_version(plan.brief_id, plan.brief_version)
        )


class GateAsk(models.Model):
    """A department on the thread is asked to get ready for a launch."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="asks")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="gate_asks")
    launches_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["department", "launches_on"], name="strategy_ask_of_department")
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.department}"


class GateEntry(AppendOnly):
    """What was decided at a campaign's gate, and what the gate said then. Written once."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ASKED_LINKS = "asked-links", _("Links asked to get ready")
        SCHEDULED = "scheduled", _("Launch scheduled")
        LAUNCHED = "launched", _("Launched")
        HELD = "held", _("Held")
        OVERRIDE_ASKED = "override-asked", _("Asked to launch anyway")
        OVERRIDE_AGREED = "override-agreed", _("Agreed to launch anyway")
        OVERRIDE_REFUSED = "override-refused", _("Not agreed to")
        OVERRIDE_WITHDRAWN = "override-withdrawn", _("Question taken back")
        REVIEWED = "reviewed", _("Looked back on")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="gate_entries")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    launches_on = models.DateField()
    # How many of the checks were met, where the gate was asked.
    met = models.PositiveSmallIntegerField(null=True)
    checks = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)

    objects = AppendOnlyQuerySet["GateEntry"].as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.campaign} · {self.kind}"
