import uuid
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Self

from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from knowledge.models import Change, Fact, KeyedChild, ModulePage
from knowledge.models.editing import with_target
from quizzes.models.editing import QUESTION_PANELS, QuestionForm
from quizzes.scoring import AnswerKey, ChooseKey, NumberKey, OrderKey, SayKey, TextKey

# One typing slip in a typed answer is forgiven: spelling isn't what is being asked.
SPELLING_SLIPS = 1

COPIED_FIELDS = (
    "module",
    "name",
    "kind",
    "stem",
    "explanation",
    "is_must_know",
    "is_look_up",
    "number",
    "tolerance",
    "unit",
    "model_answer",
)

LONGEST_OPTION = 300

# More than this in one module, and practice would cost people more than two minutes a week.
MOST_FACTS_BY_HEART = 7

CURRENCY_SIGNS = frozenset({"£", "€", "$", "¥"})


def new_reference() -> str:
    return f"q-{uuid.uuid4().hex[:8]}"


class QuestionQuerySet(models.QuerySet["Question"]):
    def written(self) -> Self:
        """Those that people wrote; the others were made for the check of one change."""
        return self.filter(contrasts=None)

    def live(self) -> Self:
        """Those that a quiz or a practice may ask."""
        return self.written().filter(live=True)

    def by_heart(self) -> Self:
        return self.filter(is_look_up=False)

    def of_module(self, module: ModulePage) -> Self:
        return self.filter(module=module)

    def cited_keys(self) -> set[str]:
        return set(self.values_list("citations__fact_key", flat=True)) - {None}


class Question(PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """One thing that a colleague should know, asked. It cites the facts that it tests."""

    class Kind(models.TextChoices):
        ONE = "one", _("Choose one")
        MANY = "many", _("Choose several")
        NUMBER = "number", _("Number")
        TEXT = "text", _("Short text")
        ORDER = "order", _("Put in order")
        SCENARIO = "scenario", _("Scenario: what do you do?")
        SAY = "say", _("Say it, then compare")
        REASON = "reason", _("True or false, with the reason")

    CHOOSE_ONE = frozenset({Kind.ONE, Kind.SCENARIO, Kind.REASON})
    WITH_OPTIONS = CHOOSE_ONE | {Kind.MANY, Kind.ORDER, Kind.TEXT}
    FEWEST_OPTIONS: ClassVar[dict[str, int]] = {
        **dict.fromkeys((*CHOOSE_ONE, Kind.MANY, Kind.ORDER), 2),
        Kind.TEXT: 1,
    }
    TOO_FEW_OPTIONS: ClassVar[dict[str, Any]] = {
        **dict.fromkeys((*CHOOSE_ONE, Kind.MANY), _("Write at least two options to choose from.")),
        Kind.ORDER: _("Write at least two steps, in the right order."),
        Kind.TEXT: _("Write at least one wording that you accept."),
    }

    module = models.ForeignKey(
        ModulePage, verbose_name=_("module"), on_delete=models.PROTECT, related_name="questions"
    )
    reference = models.SlugField(
        _("reference"), max_length=64, unique=True, default=new_reference, editable=False
    )
    # A question that puts the old fact against the new one; asked in the check of a change only.
    contrasts = models.ForeignKey(
        Change, null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For lists in the editor. Colleagues don't see it.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.ONE)
    stem = models.TextField(_("question"))
    explanation = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_(
            "The right answer in a full sentence, then why. Everybody sees it after answering."
        ),
    )
    is_must_know = models.BooleanField(
        _("must know"), default=False, help_text=_("Safety, price or law: no pass without it.")
    )
    is_look_up = models.BooleanField(
        _("look it up"), default=False, help_text=_("Asked with the brief open, never practised.")
    )
    number = models.DecimalField(
        _("right number"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    tolerance = models.DecimalField(
        _("tolerance"),
        max_digits=14,
        decimal_places=4,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    model_answer = models.TextField(
        _("model answer"), blank=True, help_text=_("For “say it”: a good answer to compare with.")
    )

    # modelcluster's managers of the children below, which have no types.
    options: Any
    citations: Any

    objects = QuestionQuerySet.as_manager()

    panels: ClassVar = QUESTION_PANELS
    base_form_class = QuestionForm
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.SearchField("stem"),
        index.AutocompleteField("name"),
        index.FilterField("module"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("question")
        ordering = ("module", "reference")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if "update_fields" not in kwargs:
            self.settle_parts()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.settle_parts()
        return super().save_revision(*args, **kwargs)

    def settle_parts(self) -> None:
        """Lets every option keep its row, to which given answers point, and cites a fact once."""
        stored = Option.objects.filter(question_id=self.pk) if self.pk else Option.objects.none()
        rows = {option.key: option for option in stored}
        self.options.set(Option.settle(self.options.all(), rows))
        stored_last = sorted(self.citations.all(), key=lambda citation: citation.pk is not None)
        self.citations.set({citation.fact_key: citation for citation in stored_last}.values())

    def with_content_json(self, content: dict[str, Any]) -> Any:
        return super().with_content_json(
            with_target(content, "module", ModulePage.objects, self.module_id)
        )

    def gaps(
        self, options: Sequence["Option"], fact_keys: Collection[str]
    ) -> Iterable[tuple[str, Any]]:
        """What is still missing before colleagues may be asked this: the place, and the remedy."""
        yield from self.answer_gaps(options)
        if self.kind != self.Kind.SAY and not self.explanation:
            yield "explanation", _("Write the right answer in a full sentence, then why.")
        if not fact_keys:
            yield "citations", _("Choose at least one fact that this question tests.")

    def answer_gaps(self, options: Sequence["Option"]) -> Iterable[tuple[str, Any]]:
        right = sum(option.is_right for option in options)
        if self.kind == self.Kind.NUMBER and self.number is None:
            yield "number", _("Write the number that is right.")
        if self.kind == self.Kind.SAY and not self.model_answer:
            yield "model_answer", _("Write a good answer to compare with.")
        if len(options) < self.FEWEST_OPTIONS.get(self.kind, 0):
            yield "options", self.TOO_FEW_OPTIONS[self.kind]
        elif self.kind in self.CHOOSE_ONE and right != 1:
            yield "options", _("Mark exactly one option as right.")
        elif self.kind == self.Kind.MANY and not right:
            yield "options", _("Mark at least one option as right.")

    def misfits(self, options: Sequence["Option"]) -> Iterable[tuple[str, Any]]:
        """What was filled in for another kind of question: the place, and the remedy."""
        if self.kind != self.Kind.NUMBER and self.number is not None:
            yield "number", _("Only a “Number” has this: empty it, or choose that kind above.")
        if self.kind != self.Kind.SAY and self.model_answer:
            yield "model_answer", _("Only “Say it” has this: empty it, or choose that kind above.")
        if self.kind not in self.WITH_OPTIONS and options:
            yield "options", _("This kind has no options: delete them, or choose another kind.")

    def too_much_by_heart(self, fact_keys: Collection[str]) -> Iterable[tuple[str, Any]]:
        """Where this question would make its module ask for too many facts: the remedy."""
        if self.is_look_up or self.module_id is None:
            return
        asking = Question.objects.live().by_heart().of_module(self.module)
        known = asking.exclude(pk=self.pk).cited_keys()
        adds_nothing = set(fact_keys) <= asking.cited_keys()
        if adds_nothing or len(known | set(fact_keys)) <= MOST_FACTS_BY_HEART:
            return
        words = _(
            "%(most)s facts by heart are enough for one module, and it asks for these: %(facts)s. "
            "Test one of them, or tick “look it up”."
        )
        titles = Fact.objects.filter(key__in=known).order_by("sort_order")
        named = "; ".join(titles.values_list("title", flat=True))
        yield "citations", words % {"most": MOST_FACTS_BY_HEART, "facts": named}

    def copied(self) -> "Question":
        """The same once more, unsaved, with parts and a reference of its own."""
        copy = type(self)()
        for name in COPIED_FIELDS:
            setattr(copy, name, getattr(self, name))
        copy.options = [
            Option(text=option.text, is_right=option.is_right, feedback=option.feedback)
            for option in self.options.all()
        ]
        copy.citations = [Citation(fact_key=cited.fact_key) for cited in self.citations.all()]
        return copy

    def get_preview_template(self, *_asked: Any) -> str:
        return "quizzes/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "question": self, "options": list(self.options.all())}

    @property
    def has_currency(self) -> bool:
        """Whether the unit is written before the number, as in £50."""
        return self.unit in CURRENCY_SIGNS

    def key_from(self, options: Iterable["Option"]) -> AnswerKey:
        match self.kind:
            case self.Kind.NUMBER:
                return NumberKey(self.number or Decimal(0), self.tolerance)
            case self.Kind.TEXT:
                return TextKey(tuple(option.text for option in options), slips=SPELLING_SLIPS)
            case self.Kind.ORDER:
                return OrderKey(tuple(option.pk for option in options))
            case self.Kind.SAY:
                return SayKey()
        return ChooseKey(frozenset(option.pk for option in options if option.is_right))


class Option(KeyedChild):
    """One thing to choose, one step to place, or one accepted wording."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("text"), max_length=LONGEST_OPTION)
    is_right = models.BooleanField(_("right"), default=False)
    feedback = models.CharField(
        _("what to say to someone who chose it"), max_length=300, blank=True
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("text"), FieldPanel("is_right")]),
        FieldPanel("feedback"),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("option")

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    """A question tests a fact."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="citations")
    fact_key = models.SlugField(_("fact"), max_length=64)

    panels: ClassVar = [FieldPanel("fact_key", widget=forms.Select)]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "fact_key"], name="quizzes_citation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["fact_key"], name="quizzes_citation_fact")]

    def __str__(self) -> str:
        return self.fact_key
