"""What briefs refer to: which of them name a product, segment or channel, and whether the five
questions that a marketing strategy begins with have an answer."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision

from knowledge.models import (
    BrandPositioning,
    BriefPage,
    Channel,
    Product,
    Segment,
    SegmentMessage,
)

type MarketThing = Product | Segment | Channel


def briefs_using(thing: MarketThing) -> list[BriefPage]:
    """Briefs that name it as they are published, in their draft, or in what is scheduled."""
    drafted = {int(pk) for pk, content in waiting_contents() if names(content, thing)}
    briefs = BriefPage.objects.filter(stored_use(thing) | Q(pk__in=drafted)).distinct()
    return list(briefs.order_by("title"))


def stored_use(thing: MarketThing) -> Q:
    match thing:
        case Product():
            return Q(product=thing)
        case Channel():
            return Q(channels=thing)
        case Segment():
            return Q(segment_messages__segment=thing)


def waiting_contents() -> Iterable[tuple[str, dict[str, Any]]]:
    """Of each brief, what is still to be published."""
    drafted = BriefPage.objects.filter(has_unpublished_changes=True)
    is_waiting = Q(pk__in=drafted.values("latest_revision")) | Q(approved_go_live_at__isnull=False)
    of_briefs = Revision.objects.filter(content_type=ContentType.objects.get_for_model(BriefPage))
    rows: Iterable[tuple[str, dict[str, Any]]] = of_briefs.filter(is_waiting).values_list(
        "object_id", "content"
    )
    return rows


def names(content: dict[str, Any], thing: MarketThing) -> bool:
    match thing:
        case Product():
            return content.get("product") == thing.pk
        case Channel():
            return thing.pk in content.get("channels", ())
        case Segment():
            messages = content.get("segment_messages", ())
            return any(message.get("segment") == thing.pk for message in messages)


def answered_market_questions() -> dict[str, bool]:
    """Each of the five questions with whether something answers it; five queries."""
    positioning = BrandPositioning.objects.first()
    return {
        "segments": Segment.objects.exists(),
        "positioning": bool(positioning and positioning.positioning),
        "products": Product.objects.exists(),
        "messages": SegmentMessage.objects.exclude(message="").exists(),
        "channels": Channel.objects.exists(),
    }
