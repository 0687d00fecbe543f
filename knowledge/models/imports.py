from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """A file that somebody sent to the portal: what was read in it, and what has become of it.

    Its row and its file are gone within a day or two; the log keeps who brought in what.
    """

    class State(models.TextChoices):
        WAITING_TO_READ = "waiting_to_read", _("Waiting for another file")
        READING = "reading", _("Being read")
        READY = "ready", _("Read: nothing is written yet")
        REFUSED = "refused", _("Refused: nothing was written")
        WAITING_TO_WRITE = "waiting_to_write", _("Waiting for another file")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Saved")
        STOPPED = "stopped", _("Stopped: nothing was written")

    AT_WORK = (State.WAITING_TO_READ, State.READING, State.WAITING_TO_WRITE, State.WRITING)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_runs"
    )
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING_TO_READ)
    sent_at = models.DateTimeField()
    state_since = models.DateTimeField()
    report = models.JSONField(null=True)
    has_moved = models.BooleanField(
        default=False, help_text="The portal had changed when what was shown was to be written."
    )

    class Meta:
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")
        ordering: ClassVar = ["-sent_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def is_writing(self) -> bool:
        return self.state in {self.State.WAITING_TO_WRITE, self.State.WRITING}
