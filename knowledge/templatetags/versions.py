"""What a brief says beside its words: its versions, its market, how long it holds."""

from datetime import date

from django import template
from django.http import HttpRequest

from knowledge.models import BrandPositioning, BriefPage, SegmentMessage
from knowledge.reports import (
    BriefVersions,
    RecentChange,
    changes_address,
    recent_changes,
    today,
    versions_told,
)

register = template.Library()


@register.simple_tag
def told_versions(brief: BriefPage) -> BriefVersions:
    return versions_told(brief, on=today())


@register.simple_tag
def changes_url(brief: BriefPage, since: int, version: int) -> str:
    return changes_address(brief, since, version)


@register.simple_tag
def changes_this_week() -> list[RecentChange]:
    """At most three changes of open briefs that colleagues should hear of; one query."""
    return recent_changes(on=today())


@register.simple_tag
def messages_of(brief: BriefPage) -> list[SegmentMessage]:
    """What a brief says to each segment, in a preview that of its draft; one query."""
    return list(brief.segment_messages.select_related("segment"))


@register.simple_tag
def positioning_of(brief: BriefPage, request: HttpRequest) -> str:
    """The product's own, else the organisation's."""
    own = brief.product.positioning if brief.product else ""
    return own or BrandPositioning.load(request_or_site=request).positioning


@register.simple_tag
def replacement_of(brief: BriefPage) -> BriefPage | None:
    """The brief to read instead, where colleagues may read it; one query where one is named."""
    if not brief.replaced_by_id:
        return None
    found = BriefPage.objects.open_to_colleagues().in_readers_words()
    replacement: BriefPage | None = found.filter(pk=brief.replaced_by_id).first()
    return replacement


@register.filter
def valid_from_ahead(brief: BriefPage) -> date | None:
    """The day from which it holds, while that day is ahead."""
    day: date | None = brief.valid_from
    return day if day and day > today() else None


@register.filter
def valid_until_behind(brief: BriefPage) -> date | None:
    """The last day on which it held, once that day has gone by."""
    day: date | None = brief.valid_until
    return day if day and day < today() else None
