from django.db import models


class RosterSync(models.Model):
    """A list of people was read, from a screen, by command or on schedule, and what came of it.

    The newest one that was applied says how old the list of people is.
    """

    # Of the file's content and of what was asked for with it.
    fingerprint = models.CharField(max_length=64, db_index=True, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    is_applied = models.BooleanField()
    report = models.JSONField(default=dict)
    # The addresses that were mailed about it.
    told = models.JSONField(default=list)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at}"
