from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from departments.models.periods import ends_after_start, holds_on, organisation_today
from knowledge.models import ModulePage


class Requirement(models.Model):
    """A department, and all below it, must be ready on a module."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="requirements"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="requirements")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    joiner_days = models.PositiveSmallIntegerField(
        _("days for joiners"),
        default=30,
        help_text=_("Someone who has just joined is counted after this many days."),
    )
    # Empty is everybody: else only people of one of these levels, or with one of these job titles.
    levels = models.JSONField(_("levels"), default=list, blank=True)
    titles = models.JSONField(_("job titles"), default=list, blank=True)
    starts_on = models.DateField(_("asked from"), null=True, blank=True)
    # The day on which these terms were set; for those before, see `PastRequirement`.
    known_from = models.DateField(default=organisation_today)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "module"], name="departments_requirement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module}"

    def joiner_until(self, joined_on: date) -> date:
        """The last day on which somebody who joined on that day is not counted yet."""
        return joined_on + timedelta(days=self.joiner_days - 1)


def still_given(on: date) -> models.Q:
    """What a head gave one person, and had not taken back by that day."""
    return models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gt=on)


class PastRequirement(models.Model):
    """What a department asked until it was changed or dropped. Written once."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    joiner_days = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=list)
    titles = models.JSONField(default=list)
    starts_on = models.DateField(null=True, blank=True)
    known_from = models.DateField()
    # The first day on which something else was asked, or nothing.
    known_until = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["department", "known_until"], name="departments_past_required")
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module} · {self.known_until}"


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def current(self, *, on: date) -> Self:
        return self.filter(holds_on(on), still_given(on))


class Exemption(models.Model):
    """A person need not be ready on a module for a while, for a reason that everybody can read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exemptions"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="exemptions")
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    known_from = models.DateField(default=organisation_today)
    # The first day on which it held no longer, though it had not ended.
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_start("departments_exemption_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.reason}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def current(self, *, on: date) -> Self:
        """The last one that somebody was given for a module holds: order by `pk`."""
        return self.filter(still_given(on), known_from__lte=on)


class Extension(models.Model):
    """A person has until another day to be ready on a module, for a reason."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="extensions"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    known_from = models.DateField(default=organisation_today)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.until}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self, *, on: date) -> Self:
        return self.filter(still_given(on), starts_on__lte=on)


class Assignment(models.Model):
    """One person must be ready on a module that her department does not ask of everybody."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="assignments")
    # Until this day she is not counted, as a joiner isn't.
    due_on = models.DateField(_("due on"))
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField(default=organisation_today)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "module"],
                condition=models.Q(withdrawn_on=None),
                name="departments_assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.due_on}"
