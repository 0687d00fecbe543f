from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.organisation import Department
from knowledge.models import AppendOnly, AppendOnlyQuerySet, BriefPage, PromisePage


class SignOffQuerySet(AppendOnlyQuerySet["SignOff"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class SignOff(AppendOnly):
    """A head's word for a department's part of a promise, for one version. Written once."""

    class Says(models.TextChoices):
        CAN = "can", _("We can do our part")
        NOT_YET = "not-yet", _("Not yet, because…")

    promise = models.ForeignKey(PromisePage, on_delete=models.CASCADE, related_name="sign_offs")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="sign_offs")
    # Whose version is signed; none where no brief explains the promise yet.
    brief = models.ForeignKey(
        BriefPage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=0)
    promise_version = models.PositiveSmallIntegerField(default=1)
    says = models.CharField(max_length=8, choices=Says.choices)
    from_on = models.DateField(_("from"), null=True, blank=True)
    because = models.CharField(_("because"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    objects = SignOffQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["promise", "department", "at"], name="departments_signed_of_link")
        ]

    def __str__(self) -> str:
        return f"{self.promise} · {self.department} · {self.says}"


class Flag(models.Model):
    """Somebody says: "I can't keep this promise because…"."""

    promise = models.ForeignKey(PromisePage, on_delete=models.CASCADE, related_name="flags")
    # Where it was raised; of whoever stays unnamed, nothing leads to the person.
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags"
    )
    text = models.CharField(_("I can't do this because"), max_length=300)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_at = models.DateTimeField()
    due_on = models.DateField(_("reply due on"))
    # Empty while it waits for an answer of whoever keeps the promise.
    answered_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-raised_at", "-pk")

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class FlagReply(models.Model):
    """What somebody says to a flag; everybody can read it. Some of these answer it."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("A remark")
        ANSWER = "answer", _("The answer")
        REOPENED = "reopened", _("This doesn't answer it")

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REMARK)
    text = models.CharField(_("your reply"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text
