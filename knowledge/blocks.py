from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    FieldBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.coreutils import resolve_model_string
from wagtail.images.blocks import ImageChooserBlock

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


def fact_choices() -> Iterable[tuple[str, str]]:
    facts = resolve_model_string("knowledge.Fact").objects.select_related("brief")
    for fact in facts.order_by("brief__title", "sort_order"):
        yield fact.key, f"{fact.brief.title}: {fact.title}"


class FactBlock(FieldBlock):
    """Shows a brief's fact by its key, so that the lesson changes when the fact does."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        self.is_required = required
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("Fact"), choices=lambda: [("", "—"), *fact_choices()], required=self.is_required
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

    speaker = CharBlock(max_length=30, label=_("Who speaks"))
    words = TextBlock(label=_("What they say"), rows=2)


class CallBlock(StructBlock):
    """An example call: how it sounds when it goes well."""

    turns = ListBlock(TurnBlock(), label=_("Turns"), min_num=2)

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


class LinesBlock(StreamBlock):
    """Short lines, one under the other."""

    line = CharBlock(max_length=240, label=_("Line"))


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
