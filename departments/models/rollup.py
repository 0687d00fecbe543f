from typing import ClassVar

from django.conf import settings
from django.db import models

from departments.models.organisation import Department
from knowledge.models import ModulePage


class ReadinessRollup(models.Model):
    """How a department, with all below it, stands on one module, counted beforehand.

    Its figures hold from `holds_from` to `holds_until`: people lapse without anything happening.
    """

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    needed = models.PositiveIntegerField()
    ready = models.PositiveIntegerField()
    previous = models.PositiveIntegerField()
    not_counted = models.PositiveIntegerField()
    holds_from = models.DateField()
    holds_until = models.DateField()
    # By level: [day, needed, ready, previous, not_counted], from each day on, in their order.
    steps = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "module"], name="departments_rollup_once")
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module}"


class RollupMark(models.Model):
    """Something moved: what was counted beforehand must be counted again. Only ever added.

    Empty means all: a mark with a module alone is of everybody, one with a person of her modules.
    """

    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    module = models.ForeignKey(
        ModulePage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.department_id} · {self.module_id} · {self.person_id}"


class ReadinessMonth(models.Model):
    """How a department, with all below it, stood at the end of a month. Written once."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="+")
    # The month's last day.
    ends_on = models.DateField()
    needed = models.PositiveIntegerField()
    ready = models.PositiveIntegerField()
    previous = models.PositiveIntegerField()
    not_counted = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "module", "ends_on"], name="departments_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module} · {self.ends_on}"
