from typing import Any, ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.admin.panels.base import get_form_for_model

from knowledge.blocks import fact_choices
from knowledge.models import ModulePage
from knowledge.models.editing import KeyedPanel, NextPanel, PlainWordsForm
from quizzes.asking import Kind
from quizzes.models.completeness import WITH_OPTIONS
from quizzes.models.parts import only_for

LONGEST_MADE_NAME = 80


class CitationForm(PlainWordsForm):
    """One fact to choose, with the facts of the module's own brief in front."""

    def __init__(self, *args: Any, shelves: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["fact_key"].widget
        choices.choices = [("", _("Choose a fact")), *shelves]


class CitationPanel(InlinePanel):
    """The facts that a question tests."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        child_options = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=CitationForm,
            defer_required_on_fields=child_options.get("defer_required_on_fields", []),
        )
        return options


class QuestionForm(PlainWordsForm):
    """Lets a draft be incomplete, and says where what is missing before it may go live."""

    labels_of_panels: ClassVar = {"stem": _("Question")}

    class Media:
        js = ("quizzes/kinds.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        own_module = ModulePage.objects.filter(pk=self.instance.module_id)
        own_brief = own_module.values_list("brief_id", flat=True).first()
        self.formsets["citations"].form_kwargs = {"shelves": fact_choices(first=own_brief)}

    def clean_name(self) -> str:
        """Asked for after the question, so that there are words to make it from."""
        name: str = self.cleaned_data["name"]
        stem = " ".join(self.cleaned_data.get("stem", "").split())
        return name or Truncator(stem).chars(LONGEST_MADE_NAME) or str(_("New question"))

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            options = self.kept("options")
            facts = {citation.fact_key for citation in self.kept("citations")} - {""}
            for place, remedy in (
                *self.instance.gaps(options, facts),
                *self.instance.misfits(options),
                *self.instance.too_much_by_heart(facts),
            ):
                self.add_gap(place, remedy)

    def kept(self, relation: str) -> list[Any]:
        formset = self.formsets[relation]
        formset.is_valid()
        return [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def add_gap(self, place: str, remedy: Any) -> None:
        if place in self.formsets:
            self.formsets[place].non_form_errors().append(remedy)
            self.add_error(None, remedy)
        else:
            self.add_error(place, remedy)


OPTIONS_HELP = _(
    "Choices: two at least, the right ones marked, the wrong ones real slips. Order: the steps in "
    "the right order. Short text: every wording you accept. Match: a pair each; one without a text "
    "is one more to choose from. Gaps: for each gap what you accept, or what to choose from, with "
    "the number of the gap under “belongs to”. Number and “say it” have none."
)

QUESTION_PANELS: list[Any] = [
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("module", widget=forms.Select, help_text=_("Whose quiz asks it.")),
                    FieldPanel("kind", help_text=_("What colleagues do to answer.")),
                ]
            )
        ],
        heading=_("Where it belongs"),
    ),
    HelpPanel(template="quizzes/panels/kinds.html", heading=_("What this kind needs")),
    MultiFieldPanel(
        [FieldPanel("situation"), FieldPanel("picture"), FieldPanel("picture_alt")],
        heading=_("Before the question"),
        help_text=_("Only where the question needs it: a case, a letter, a bill."),
        classname="collapsed",
    ),
    FieldPanel(
        "stem",
        heading=_("Question"),
        help_text=_(
            "Ask for one thing, in the situation in which a colleague needs it. In “fill the gaps” "
            "this is the text, with [1], [2]… for its gaps."
        ),
    ),
    CitationPanel(
        "citations",
        label=_("Fact"),
        heading=_("Facts it tests"),
        help_text=_(
            "One at least. Colleagues are led to these facts after they have answered. The "
            "facts of the module's own brief stand first."
        ),
    ),
    KeyedPanel(
        "options",
        label=_("Option"),
        heading=_("Options"),
        help_text=OPTIONS_HELP,
        attrs=only_for(*sorted(WITH_OPTIONS)),
    ),
    MultiFieldPanel(
        [FieldPanel("slips")],
        heading=_("How typed words are judged"),
        help_text=_("Capitals, accents, commas and words like “the” never matter."),
        attrs=only_for(Kind.TEXT, Kind.GAPS),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("number", help_text=_("In figures.")),
                    FieldPanel("tolerance", help_text=_("How far off is still right: 0.")),
                    FieldPanel("unit", help_text=_("£, days, Mbps…")),
                ]
            )
        ],
        heading=_("Only for a number"),
        attrs=only_for(Kind.NUMBER),
    ),
    MultiFieldPanel(
        [FieldPanel("model_answer")],
        heading=_("Only for “say it”"),
        attrs=only_for(Kind.SAY),
    ),
    FieldPanel("explanation"),
    MultiFieldPanel(
        [FieldPanel("is_must_know"), FieldPanel("is_look_up")], heading=_("How it counts")
    ),
    FieldPanel(
        "name",
        heading=_("Name in lists"),
        help_text=_(
            "Colleagues don't see it. Left empty, it is made from the question's own words."
        ),
    ),
    NextPanel(heading=_("How the module stands, and what comes next")),
    PublishingPanel(),
]
