from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from departments.models.periods import ends_after_start, holds_on
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


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def current(self, *, on: date) -> Self:
        return self.filter(holds_on(on))


class Exemption(models.Model):
    """A person need not be ready on a module for a while, for a reason that everybody can read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exemptions"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="exemptions")
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_start("departments_exemption_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.reason}"
