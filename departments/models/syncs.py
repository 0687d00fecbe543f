from django.db import models


class RosterSync(models.Model):
    """A file of people was read on schedule. The same content is never applied, or told, twice."""

    fingerprint = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    is_applied = models.BooleanField()
    report = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at}"
