from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.asking import Asked, asked_from, by_the_key_of
from quizzes.models.questions import Question

# Beside the words that were asked: the same once more, with the key that a correction put right.
KEY_WORDS = "corrected"


class QuestionVersion(models.Model):
    """A wording of a question that somebody was asked. What is asked never changes again.

    It is made when it is first drawn, so an edit that nobody was asked leaves none.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=32)
    asked_words = models.JSONField()
    # Explanation and feedback, as they stand today.
    told_words = models.JSONField()
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("question", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "fingerprint"], name="quizzes_version_once"
            ),
            models.UniqueConstraint(fields=["question", "number"], name="quizzes_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.number}"

    @cached_property
    def asked(self) -> Asked:
        """The question as it was asked, with the key that a correction put right, if one did."""
        asked = asked_from(self.first_words, self.told_words)
        return by_the_key_of(asked, self.key_words) if self.key_words else asked

    @property
    def first_words(self) -> dict[str, Any]:
        """What was asked, with the key that it had then."""
        return {name: value for name, value in self.asked_words.items() if name != KEY_WORDS}

    @property
    def key_words(self) -> dict[str, Any] | None:
        """The same with the right key, where a correction marked it anew."""
        words: dict[str, Any] | None = self.asked_words.get(KEY_WORDS)
        return words


class ItemReviewQuerySet(models.QuerySet["ItemReview"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def holding_back(self) -> models.Exists:
        """Whether any holds the outer row's question back: to annotate rows with a question."""
        return models.Exists(self.open().filter(version__question=models.OuterRef("question")))


class ItemReview(models.Model):
    """Figures spoke against a version, so its question is held back until somebody has looked.

    Held back, it is not drawn, and no date rests on it.
    """

    class Decision(models.TextChoices):
        KEEP = "keep", _("It is right as it stands")
        EDIT = "edit", _("It was edited")
        RETIRE = "retire", _("It is asked no more")
        VOID = "void", _("It was taken out of the sittings")

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="reviews")
    opened_at = models.DateTimeField()
    # Of the day on which it was opened: n, facility, discrimination.
    figures = models.JSONField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=16, choices=Decision.choices, blank=True)

    objects = ItemReviewQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(closed_at=None),
                name="quizzes_one_open_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.opened_at}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
