"""Which pages are still true, who answers for them, and who has left."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from knowledge.models import BriefPage, KeptPage, ModulePage, PromisePage, Verification
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.ownership import (
    Keeper,
    Keeping,
    audience_of,
    hottest_and_stalest_first,
    keepers_of,
)
from knowledge.reports.remarks import open_remarks_by_page

KEPT_MODELS: tuple[type[KeptPage], ...] = (BriefPage, PromisePage, ModulePage)


@dataclass(frozen=True, slots=True)
class Kept:
    """One page and how it is kept, on a day."""

    page: KeptPage
    keeping: Keeping
    keeper: Keeper
    verified_by: Any
    on: date

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def kind(self) -> str:
        return str(self.page.page_type_display_name)

    @property
    def keepers(self) -> tuple[Any, Any]:
        return self.keeper.person, self.page.carer

    @property
    def is_due(self) -> bool:
        return self.keeping.is_due(self.on)

    @property
    def is_due_soon(self) -> bool:
        return self.keeping.is_due_soon(self.on)

    @property
    def days_over(self) -> int:
        return self.keeping.days_over(self.on)

    @property
    def looked_at_on(self) -> date | None:
        return self.keeping.verified_on or self.keeping.published_on


def kept_page(page: KeptPage, *, on: date) -> Kept:
    """How one page is kept: one query, and those that find a leaver's successor."""
    verification = page.verifications.select_related("by").order_by("at", "pk").last()
    keeping = Keeping(
        page_id=page.pk,
        interval_days=page.verify_days,
        verified_on=day_of(verification.at) if verification else None,
        published_on=day_of(page.first_published_at),
    )
    keeper = keepers_of([page], on)[page.pk]
    return Kept(page, keeping, keeper, verification.by if verification else None, on)


def kept_pages(*, on: date) -> list[Kept]:
    """All published pages that somebody keeps, hottest and stalest first."""
    pages = published_pages()
    keys = [page.pk for page in pages]
    verified, remarks = last_verifications(keys), open_remarks_by_page(keys)
    people, keepers = people_by_page(pages, on), keepers_of(pages, on)
    keepings = {
        page.pk: Keeping(
            page_id=page.pk,
            interval_days=page.verify_days,
            verified_on=day_of(verified[page.pk].at) if page.pk in verified else None,
            published_on=day_of(page.first_published_at),
            open_remarks=remarks.get(page.pk, 0),
            people=people.get(page.pk, 0),
        )
        for page in pages
    }
    by_key = {page.pk: page for page in pages}
    return [
        Kept(
            by_key[keeping.page_id],
            keeping,
            keepers[keeping.page_id],
            verified[keeping.page_id].by if keeping.page_id in verified else None,
            on,
        )
        for keeping in hottest_and_stalest_first(keepings.values(), on)
    ]


def kept_pages_by_key(keys: Collection[int]) -> dict[int, KeptPage]:
    """Of these pages those that are published and kept, with their owners; three queries."""
    return {page.pk: page for page in published_pages(keys)}


def published_pages(keys: Collection[int] | None = None) -> list[KeptPage]:
    chosen = {} if keys is None else {"pk__in": list(keys)}
    return [page for model in KEPT_MODELS for page in published(model).filter(**chosen)]


def published(model: type[KeptPage]) -> KnowledgeQuerySet:
    """A translation is kept with its source, and an alias says what another page says."""
    pages: KnowledgeQuerySet = (
        model.objects.live()
        .in_source_language()
        .filter(alias_of=None)
        .select_related("owner", "carer", "content_type")
        .defer_streamfields()
        .order_by("pk")
    )
    return pages


def last_verifications(keys: Collection[int]) -> dict[int, Verification]:
    newest = Verification.objects.filter(page=models.OuterRef("page")).order_by("-at", "-pk")
    rows = Verification.objects.filter(
        page__in=keys, pk=models.Subquery(newest.values("pk")[:1])
    ).select_related("by")
    return {row.page_id: row for row in rows}


def people_by_page(pages: Sequence[KeptPage], on: date) -> dict[int, int]:
    """How many must know a page: a module's people, and the most of any module that rests on it."""
    modules = [page for page in pages if isinstance(page, ModulePage)]
    by_module = audience_of([module.pk for module in modules], on)
    found = defaultdict[int, int](int, by_module)
    for module in modules:
        found[module.brief_id] = max(found[module.brief_id], found[module.pk])
    through = BriefPage.promises.through.objects.values_list("briefpage_id", "promisepage_id")
    for brief, promise in through:
        found[promise] = max(found[promise], found[brief])
    return dict(found)


def day_of(moment: datetime | None) -> date | None:
    return on_day(moment) if moment else None


def on_day(moment: datetime) -> date:
    """The day in the organisation's time zone."""
    return timezone.localdate(moment, timezone=timezone.get_default_timezone())
