"""How a campaign is written in the editor."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    TitleFieldPanel,
)

from knowledge.models.editing import OneLine, PlainWordsForm
from strategy.models.completeness import missing_choices


class CampaignForm(PlainWordsForm):
    """Lets a draft lack its promises, and says where what is missing before it may go out."""

    labels_of_panels: ClassVar = {"slug": _("Address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("title") and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(type(self.instance), cleaned["title"], self.instance.pk)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            self.name_what_is_missing()

    def name_what_is_missing(self) -> None:
        promises = self.cleaned_data.get("promises")
        for name, remedy in missing_choices(self.instance, promises).items():
            if name not in self.errors:
                self.add_error(name, remedy)


def free_slug(campaigns: Any, title: str, own: int | None = None) -> str:
    """The address that a title makes; with a number where another campaign has it already."""
    begin = slugify(title)[:100] or "campaign"
    others = campaigns.objects.exclude(pk=own).filter(slug__startswith=begin)
    taken = set(others.values_list("slug", flat=True))
    slug, number = begin, 2
    while slug in taken:
        slug, number = f"{begin}-{number}", number + 1
    return slug


CAMPAIGN_PANELS = [
    TitleFieldPanel("title", placeholder=_("Name*")),
    MultiFieldPanel(
        [
            FieldPanel("hears", widget=OneLine),
            FieldPanel("expectation", widget=OneLine),
            FieldPanel(
                "promises",
                widget=forms.CheckboxSelectMultiple,
                required_on_save=False,
                help_text=_("At least one. The launch gate asks whether each can be kept."),
            ),
        ],
        heading=_("What it says"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("brief"),
            FieldRowPanel([FieldPanel("brief_version"), FieldPanel("launches_on")]),
        ],
        heading=_("What colleagues have to know, and by when"),
    ),
    FieldRowPanel([FieldPanel("sponsor"), FieldPanel("owner")], heading=_("Who answers for it")),
    MultiFieldPanel(
        [
            FieldPanel("segments", widget=forms.CheckboxSelectMultiple),
            FieldPanel("channels", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Who hears it, and where"),
    ),
    FieldPanel(
        "slug",
        heading=_("Address"),
        help_text=_(
            "The last part of the gate's address, in small letters, digits and hyphens. It follows "
            "the name until the campaign is launched; after that, leave it: links lead here."
        ),
    ),
]
