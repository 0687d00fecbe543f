from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.append_only import AppendOnly, AppendOnlyQuerySet
from knowledge.models.promises import PromisePage
from knowledge.terms import ClaimTerms, PromiseTerms


class PromiseVersionQuerySet(AppendOnlyQuerySet["PromiseVersion"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class PromiseVersion(AppendOnly):
    """What a promise said and claimed from a day on, and why it said something else before."""

    promise = models.ForeignKey(PromisePage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    sentence = models.CharField(max_length=240)
    # Each claim's terms, with its key: comparator, target, unit, measure, statistic, condition.
    claims = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("went live"))

    objects = PromiseVersionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("promise", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["promise", "number"], name="knowledge_promise_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise} · {self.number}"

    @property
    def terms(self) -> PromiseTerms:
        return PromiseTerms(self.sentence, tuple(map(ClaimTerms.from_json, self.claims)))
