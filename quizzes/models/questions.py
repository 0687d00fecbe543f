import uuid
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from knowledge.models import Change, Fact, ModulePage
from knowledge.models.editing import with_target
from quizzes import asking
from quizzes.asking import Asked, AskedOption
from quizzes.models.completeness import CHOOSE_ONE, WITH_OPTIONS, answer_gaps, misfits
from quizzes.models.editing import QUESTION_PANELS, QuestionForm
from quizzes.models.parts import Citation, Option

# One typing slip in a typed answer is forgiven: spelling isn't what is being asked.
SPELLING_SLIPS = 1
MOST_SLIPS = 3
SITUATION_FEATURES = ("bold", "italic", "ol", "ul", "link")

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
    "situation",
    "picture",
    "picture_alt",
    "slips",
)

# More than this in one module, and practice would cost people more than two minutes a week.
MOST_FACTS_BY_HEART = 7


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

    def counted(self) -> Self:
        """Without those that are held back until somebody has looked at their figures."""
        reviews = apps.get_model("quizzes", "ItemReview").objects.filter(closed_at=None)
        return self.exclude(pk__in=reviews.values("version__question"))

    def of_module(self, module: ModulePage) -> Self:
        return self.filter(module=module)

    def cited_keys(self) -> set[str]:
        return set(self.values_list("citations__fact_key", flat=True)) - {None}


class Question(PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """One thing that a colleague should know, asked. It cites the facts that it tests."""

    class Kind(models.TextChoices):
        ONE = asking.Kind.ONE.value, _("Choose one")
        MANY = asking.Kind.MANY.value, _("Choose several")
        NUMBER = asking.Kind.NUMBER.value, _("Number")
        TEXT = asking.Kind.TEXT.value, _("Short text")
        ORDER = asking.Kind.ORDER.value, _("Put in order")
        SCENARIO = asking.Kind.SCENARIO.value, _("Scenario: what do you do?")
        SAY = asking.Kind.SAY.value, _("Say it, then compare")
        REASON = asking.Kind.REASON.value, _("True or false, with the reason")
        MATCH = asking.Kind.MATCH.value, _("Match the pairs")
        GAPS = asking.Kind.GAPS.value, _("Fill the gaps")

    CHOOSE_ONE = CHOOSE_ONE
    WITH_OPTIONS = WITH_OPTIONS

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
    situation = RichTextField(
        _("situation"),
        blank=True,
        features=list(SITUATION_FEATURES),
        help_text=_("What a colleague reads before the question. Most questions need none."),
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_("Read aloud in its place. Say what someone would miss, not the answer."),
    )
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
    slips = models.PositiveSmallIntegerField(
        _("typing slips forgiven"),
        default=SPELLING_SLIPS,
        validators=[MaxValueValidator(MOST_SLIPS)],
        help_text=_(
            "In typed words. One is a letter too many, too few, wrong or changed round. "
            "Short words and words with figures never have any."
        ),
    )
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
        self, options: Sequence[Option], fact_keys: Collection[str]
    ) -> Iterable[tuple[str, Any]]:
        """What is still missing before colleagues may be asked this: the place, and the remedy."""
        yield from self.answer_gaps(options)
        if self.kind != self.Kind.SAY and not self.explanation:
            yield "explanation", _("Write the right answer in a full sentence, then why.")
        if not fact_keys:
            yield "citations", _("Choose at least one fact that this question tests.")
        if self.picture_id and not self.picture_alt:
            yield "picture_alt", _("Say what the picture shows, for whoever can't see it.")

    def answer_gaps(self, options: Sequence[Option]) -> Iterable[tuple[str, Any]]:
        return answer_gaps(self, options)

    def misfits(self, options: Sequence[Option]) -> Iterable[tuple[str, Any]]:
        return misfits(self, options)

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
            Option(
                text=option.text,
                is_right=option.is_right,
                pair=option.pair,
                feedback=option.feedback,
            )
            for option in self.options.all()
        ]
        copy.citations = [Citation(fact_key=cited.fact_key) for cited in self.citations.all()]
        return copy

    @property
    def can_carry_dates(self) -> bool:
        """Whether dates may rest on it, unless it is held back."""
        return self.live and not self.is_look_up and self.contrasts_id is None

    def get_preview_template(self, *_asked: Any) -> str:
        return "quizzes/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "question": self, "options": list(self.options.all())}

    def asked_now(self) -> Asked:
        """The question as it stands, for whoever is asked it from now on."""
        return Asked(
            kind=self.kind,
            stem=self.stem,
            situation=self.situation,
            picture=self.picture_id,
            picture_alt=self.picture_alt,
            options=tuple(
                AskedOption(
                    pk=option.pk,
                    text=option.text,
                    is_right=option.is_right,
                    pair=option.pair,
                    feedback=option.feedback,
                )
                for option in self.options.all()
            ),
            number=self.number,
            tolerance=self.tolerance,
            unit=self.unit,
            slips=self.slips,
            model_answer=self.model_answer,
            explanation=self.explanation,
        )
