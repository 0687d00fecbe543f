from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from knowledge.models import AppendOnly, AppendOnlyQuerySet, ModulePage


class AuditLineQuerySet(AppendOnlyQuerySet["AuditLine"]):
    def below(self, department: Department) -> Self:
        """Of the department, and of all below it."""
        return self.filter(department__path__startswith=department.path)


class AuditLine(AppendOnly):
    """Somebody, or a file, changed who is where or who must know what. Written once."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("Joined")
        MOVED = "moved", _("Moved")
        LEFT = "left", _("Left")
        AWAY = "away", _("Leave changed")
        CORRECTED = "corrected", _("Place corrected")
        HEADED = "headed", _("Head or deputy changed")
        DEPARTMENT = "department", _("Department changed")
        REQUIRED = "required", _("Module required")
        CHANGED = "changed", _("Requirement changed")
        DROPPED = "dropped", _("Requirement removed")
        WAIVED = "waived", _("Waived")
        WAIVER_ENDED = "waiver-ended", _("Waiver taken back")
        EXTENDED = "extended", _("More time given")
        EXTENSION_ENDED = "extension-ended", _("More time taken back")
        ASSIGNED = "assigned", _("Assigned")
        ASSIGNMENT_ENDED = "assignment-ended", _("Assignment taken back")
        NUDGED = "nudged", _("Nudged")
        TIME_ASKED = "time-asked", _("Asked for time")
        TIME_ANSWERED = "time-answered", _("Answered a request for time")

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Nobody: a file that was imported on the server.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    module = models.ForeignKey(
        ModulePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = AuditLineQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["department", "-at"], name="departments_audit_by_dept"),
            models.Index(fields=["person", "-at"], name="departments_audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at} · {self.kind}"
