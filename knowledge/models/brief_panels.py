"""The folded parts of a brief's form: its market, and when it holds."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel


def market_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel(
                "product",
                help_text=_("What is sold. Unless it is live, its state stands beside the title."),
                disable_comments=True,
            ),
            InlinePanel(
                "segment_messages",
                heading=_("What we say to whom"),
                label=_("Message"),
                help_text=_("One line for each group of customers, in words of theirs."),
            ),
            FieldPanel(
                "channels",
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Where customers hear it. Make another under Market, Channels."),
                disable_comments=True,
            ),
        ],
        heading=_("Product and market"),
        classname="collapsed",
    )


def validity_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("embargo_until", disable_comments=True),
            FieldRowPanel(
                [
                    FieldPanel(
                        "valid_from",
                        help_text=_("The first day. Empty: it holds already."),
                        disable_comments=True,
                    ),
                    FieldPanel(
                        "valid_until",
                        help_text=_("The last day. Empty: until you say otherwise."),
                        disable_comments=True,
                    ),
                ]
            ),
            FieldPanel("replaced_by", widget=forms.Select, disable_comments=True),
            FieldPanel("version", read_only=True),
        ],
        heading=_("When it holds"),
    )
