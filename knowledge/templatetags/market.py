from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.models import BrandPositioning, BriefIndexPage, BriefPage
from knowledge.reports import OutsideInReading, answered_market_questions, outside_in_reading

register = template.Library()


@dataclass(frozen=True, slots=True)
class MarketQuestion:
    """One of the five; without `url` its answer is written by others."""

    text: str
    is_answered: bool
    url: str
    action: str


@register.simple_tag
def outside_in(brief: BriefPage) -> OutsideInReading:
    """How a brief reads from where a customer stands; one query."""
    return outside_in_reading(brief)


@register.simple_tag
def market_questions(person: PermissionsMixin | AnonymousUser) -> list[MarketQuestion]:
    """The five questions that a strategy begins with; six queries."""
    answered = answered_market_questions()
    return [
        MarketQuestion(text, answered[key], url if person.has_perm(may) else "", action)
        for key, text, may, url, action in _questions()
    ]


@register.simple_tag
def brand_positioning() -> str:
    """Where the organisation stands in its customers' minds; one query."""
    positioning = BrandPositioning.objects.first()
    return positioning.positioning if positioning else ""


def _questions() -> Iterable[tuple[str, ...]]:
    briefs: Page | None = BriefIndexPage.objects.first()
    return (
        (
            "segments",
            _("Who are your customers?"),
            "knowledge.add_segment",
            reverse("segments:add"),
            _("Add a segment"),
        ),
        (
            "positioning",
            _("What should they think of when they think of you?"),
            "knowledge.change_brandpositioning",
            reverse("wagtailsettings:edit", args=["knowledge", "brandpositioning"]),
            _("Write your positioning"),
        ),
        (
            "products",
            _("What do you offer them?"),
            "knowledge.add_product",
            reverse("products:add"),
            _("Add a product"),
        ),
        (
            "messages",
            _("What do you want to say to whom? Each brief says it, under “Product and market”."),
            "wagtailadmin.access_admin",
            reverse("wagtailadmin_explore", args=[briefs.pk]) if briefs else "",
            _("Open the briefs"),
        ),
        (
            "channels",
            _("Where do they hear from you?"),
            "knowledge.add_channel",
            reverse("channels:add"),
            _("Add a channel"),
        ),
    )
