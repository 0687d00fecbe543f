from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    FieldBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StreamBlockValidationError,
    StreamValue,
    StructBlock,
    TextBlock,
)
from wagtail.coreutils import resolve_model_string
from wagtail.images.blocks import ImageChooserBlock

from knowledge.wording import count_words

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


def fact_choices(first: int | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """All facts under their briefs, one brief's before all others'; one query."""
    facts = resolve_model_string("knowledge.Fact").objects.select_related("brief")
    if settings.WAGTAIL_I18N_ENABLED:
        # A translation shows its source's facts, each in the reader's language.
        facts = facts.filter(brief__locale__language_code=settings.LANGUAGE_CODE)
    shelves: dict[tuple[bool, str, int], list[tuple[str, str]]] = {}
    for fact in facts.order_by("sort_order"):
        brief = fact.brief
        name = brief.title if brief.live else _("%(brief)s (not published)") % {"brief": brief}
        shelf = shelves.setdefault((brief.pk != first, str(name), brief.pk), [])
        shelf.append((fact.key, f"{brief.title} – {fact.title}"))
    return [(name, choices) for (_is_other, name, _pk), choices in sorted(shelves.items())]


def words_of(body: StreamValue) -> int:
    """How many words a lesson's own texts and calls have; facts and pictures bring theirs."""
    told = [
        strip_tags(block.value.source.replace("<", " <"))
        for block in body
        if block.block_type == "prose"
    ]
    calls = [block.value for block in body if block.block_type == "call"]
    told += [turn["words"] for call in calls for turn in call["turns"]]
    return sum(count_words(text) for text in told)


class FactBlock(FieldBlock):
    """Shows a brief's fact by its key, so that the lesson changes when the fact does."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        self.is_required = required
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("Fact"),
            choices=lambda: [("", _("Choose a fact")), *fact_choices()],
            required=self.is_required,
            help_text=_(
                "Shown as the brief has it. Publish a new fact there before you look here."
            ),
        )

    def get_context(
        self, value: str, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        facts = (parent_context or {}).get("facts") or {}
        context["fact"] = facts.get(value)
        return context

    class Meta:
        icon = "info-circle"
        label = _("Fact")
        template = "knowledge/blocks/fact.html"


class TurnBlock(StructBlock):
    """One thing said in an example call."""

    speaker = CharBlock(
        max_length=30,
        label=_("Who speaks"),
        help_text=_("“Customer”, or a colleague's first name."),
    )
    words = TextBlock(label=_("What they say"), rows=2)


class CallBlock(StructBlock):
    """An example call: how it sounds when it goes well."""

    turns = ListBlock(TurnBlock(), label=_("Turns"), min_num=2, default=[{}, {}])

    class Meta:
        icon = "openquote"
        label = _("Example call")
        template = "knowledge/blocks/call.html"


class PictureBlock(StructBlock):
    """A picture that carries meaning, described for those who can't see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        max_length=300,
        label=_("What it shows"),
        help_text=_("Read aloud in place of the picture. Say what someone would miss."),
    )
    caption = CharBlock(max_length=200, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "knowledge/blocks/picture.html"


class LessonBodyBlock(StreamBlock):
    """What a lesson is made of."""

    prose = RichTextBlock(features=PROSE_FEATURES, label=_("Text"), icon="pilcrow")
    fact = FactBlock()
    call = CallBlock()
    picture = PictureBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        if not value and not self.is_deferred_validation:
            remedy = _("Write the lesson: press + and choose “Text”.")
            raise StreamBlockValidationError(non_block_errors=[remedy])
        return super().clean(value)


class LinesBlock(StreamBlock):
    """Short lines, one under the other."""

    line = CharBlock(max_length=240, label=_("Line"), icon="openquote")


class AnswersBlock(StreamBlock):
    """What colleagues ask, and what to answer."""

    answer = StructBlock(
        [
            ("question", CharBlock(max_length=200, label=_("Question"))),
            ("answer", RichTextBlock(features=PROSE_FEATURES, label=_("Answer"))),
        ],
        icon="help",
        label=_("Question and answer"),
    )
