from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import AppendOnly, AppendOnlyQuerySet, BriefPage, Change, ModulePage
from quizzes.checking import Step
from quizzes.memory import Dates, Trace
from quizzes.models.questions import Question
from quizzes.models.versions import ItemReview


class CardQuerySet(models.QuerySet["Card"]):
    def with_holding(self) -> Self:
        """Annotates `is_held_back`: whether the card's question waits for somebody to look."""
        return self.annotate(is_held_back=ItemReview.objects.holding_back())


class Card(models.Model):
    """What the memory model knows of one colleague and one question."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_on = models.DateField()

    # Annotated by `with_holding`.
    is_held_back: bool

    objects = CardQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "question"], name="quizzes_card_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.question}"

    @property
    def is_counted(self) -> bool:
        """Whether a date rests on it."""
        return self.question.can_carry_dates and not self.is_held_back

    @property
    def trace(self) -> Trace:
        return Trace(
            stability=self.stability,
            difficulty=self.difficulty,
            reviewed_on=self.reviewed_on,
            must_know=self.question.is_must_know,
        )


class ModuleChangeQuerySet(models.QuerySet["ModuleChange"]):
    def with_openness(self) -> Self:
        """Annotates `is_open`: whether the changed brief may be read."""
        opened = BriefPage.objects.open_to_colleagues()
        return self.annotate(
            is_open=models.Exists(opened.filter(pk=models.OuterRef("change__brief")))
        )

    def of_module(self, module: ModulePage) -> Self:
        return self.filter(module=module).order_by("at", "pk")


class ModuleChange(models.Model):
    """A change of a brief reached a module that asks for it. Written once.

    Whoever had proved the module is ready until `until` at most, unless she checks the change. One
    row speaks for everybody: the history of a person is folded from her own events and from these.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="module_changes")
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="module_changes")
    at = models.DateTimeField()
    until = models.DateField()
    # The changed facts that live questions of the module ask for.
    fact_keys = models.JSONField(default=list)
    # Earlier changes of the module (their keys) that this one takes back: for those who had not
    # checked them yet, everything is again as they proved it.
    lifts = models.JSONField(default=list)

    # Annotated by `with_openness`.
    is_open: bool

    objects = ModuleChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "module"], name="quizzes_module_change_once")
        ]
        indexes: ClassVar = [models.Index(fields=["module", "at"], name="quizzes_change_of_module")]

    def __str__(self) -> str:
        return f"{self.module} · {self.change}"

    @property
    def step(self) -> Step:
        """What it does to dates; one that asks for no fact only lifts."""
        return Step(self.pk, self.until, asks=bool(self.fact_keys), lifts=frozenset(self.lifts))


class Standing(models.Model):
    """One colleague's state for one module: the newest line of the standing events.

    `ready_until` and `practice_from` are what holds. While a change waits to be checked they are
    cut short, and the `own_` dates keep what her memory alone would give.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standings"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="standings")
    started_at = models.DateTimeField()
    passed_on = models.DateField(null=True, blank=True)
    ready_until = models.DateField(null=True, blank=True)
    practice_from = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    # The first change that she has not checked. Without an index and a check of its own: a change
    # writes it in one go to everybody who proved the module, and nobody looks for it by itself.
    unchecked = models.ForeignKey(
        ModuleChange,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    own_ready_until = models.DateField(null=True, blank=True)
    own_practice_from = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "module"], name="quizzes_standing_once"),
            models.CheckConstraint(
                condition=models.Q(ready_until=None, practice_from=None, passed_on=None)
                | models.Q(
                    ready_until__isnull=False, practice_from__isnull=False, passed_on__isnull=False
                ),
                name="quizzes_standing_dates_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module}"

    @property
    def dates(self) -> Dates | None:
        """What holds."""
        return _dates(self.ready_until, self.practice_from)

    @property
    def own_dates(self) -> Dates | None:
        """What her memory alone would give."""
        return _dates(self.own_ready_until, self.own_practice_from) or self.dates

    @property
    def is_unchecked(self) -> bool:
        return self.unchecked_id is not None


def _dates(ready_until: date | None, practice_from: date | None) -> Dates | None:
    if ready_until is None or practice_from is None:
        return None
    return Dates(ready_until=ready_until, practice_from=practice_from)


class StandingEvent(AppendOnly):
    """A standing changed. Written once, never edited: past readiness is folded from these."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        PASSED = "passed", _("Passed")
        PRACTISED = "practised", _("Practised")
        NOT_YET = "not-yet", _("Not yet")
        CHANGED = "changed", _("Changed")
        EXEMPTED = "exempted", _("Exempted")
        CORRECTED = "corrected", _("Corrected")
        CHECKED = "checked", _("Checked the change")

    # Those that a sitting wrote when it ended.
    OF_SITTINGS = (Kind.PASSED, Kind.PRACTISED, Kind.NOT_YET, Kind.CHECKED)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing_events"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="standing_events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    ready_from = models.DateField(null=True, blank=True)
    ready_to = models.DateField(null=True, blank=True)
    practice_from = models.DateField(null=True, blank=True)
    # Her own date, where a change that waits to be checked has cut `ready_to` short.
    own_ready_to = models.DateField(null=True, blank=True)

    objects = AppendOnlyQuerySet["StandingEvent"].as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["person", "module", "at"], name="quizzes_event_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.kind}"
