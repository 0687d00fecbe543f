from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage


class Usefulness(models.Model):
    """Did a module help with a customer? Asked once, a week after it was passed."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NOT_YET = "not-yet", _("Not yet")
        NO = "no", _("No")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="usefulness"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="usefulness")
    answer = models.CharField(max_length=16, choices=Answer.choices)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "module"], name="quizzes_usefulness_once")
        ]

    def __str__(self) -> str:
        return f"{self.module} · {self.get_answer_display()}"
