"""The days of briefs: a version goes live, and the last day of its grace comes.

A version that is only in different words asks nothing of anybody, and has no day here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from knowledge.changes import FactText, fact_changes, fingerprint, from_json
from knowledge.models import BriefPage, Change, ChangePlan
from knowledge.models.changes import LONGEST_GRACE
from knowledge.reports import brief_address
from quizzes.days import day_begins, organisation_day
from strategy.calendars import Entry, Kind

FACT_FIELDS = ("key", "title", "kind", "statement", "limits", "proof")


@dataclass(frozen=True, slots=True)
class VersionDay:
    """A version of a brief and its first day; `until` is the last day of grace, if there is any."""

    brief_id: int
    version: int
    on: date
    until: date | None
    is_out: bool


def version_entries(first: date, last: date, *, on: date) -> Iterator[Entry]:
    """Of briefs that every colleague may read; five queries."""
    found = [*_published(first, last), *_scheduled(on)]
    asked = {one.brief_id for one in found}
    briefs = BriefPage.objects.open_to_colleagues().in_readers_words().filter(pk__in=asked)
    by_pk = {brief.pk: brief for brief in briefs}
    for one in found:
        if one.brief_id in by_pk:
            yield from _entries(one, by_pk[one.brief_id])


def _entries(one: VersionDay, brief: BriefPage) -> Iterator[Entry]:
    told: dict[str, Any] = {
        "title": brief.title,
        "url": brief_address(brief),
        "version": one.version,
        "is_over": one.is_out,
    }
    name = f"{one.brief_id}-{one.version}"
    yield Entry(f"version-{name}", one.on, Kind.VERSION, **told)
    if one.until:
        yield Entry(f"grace-{name}", one.until, Kind.GRACE, **told)


def _published(first: date, last: date) -> list[VersionDay]:
    """Those that went live so late that their grace may reach into these days."""
    since = day_begins(first - timedelta(days=LONGEST_GRACE))
    until = day_begins(last + timedelta(days=1))
    changes = (
        Change.objects.exclude(kind=Change.Kind.WORDING)
        .filter(at__gte=since, at__lt=until)
        .values_list("brief_id", "version", "kind", "grace_days", "at")
    )
    return [
        _version_day(brief, version, organisation_day(at), _grace(kind, days), is_out=True)
        for brief, version, kind, days, at in changes
    ]


def _scheduled(on: date) -> Iterator[VersionDay]:
    """What should have gone out already goes out with the next run."""
    revisions = {int(revision.object_id): revision for revision in _scheduled_revisions()}
    newest = _newest_changes(revisions)
    plans = _plans_of(newest)
    for brief, last in newest.items():
        facts = from_json(
            {name: fact.get(name, "") for name in FACT_FIELDS}
            for fact in revisions[brief].content["facts"]
        )
        plan = _plan(last, facts, plans)
        goes_live_on = max(organisation_day(revisions[brief].approved_go_live_at), on)
        if plan and plan.kind != Change.Kind.WORDING:
            grace = _grace(plan.kind, plan.grace_days)
            yield _version_day(brief, last.version + 1, goes_live_on, grace, is_out=False)


def _scheduled_revisions() -> Any:
    briefs = ContentType.objects.get_for_model(BriefPage)
    scheduled = Revision.objects.filter(content_type=briefs, approved_go_live_at__isnull=False)
    return scheduled.order_by("-approved_go_live_at")


def _newest_changes(briefs: Iterable[int]) -> dict[int, Change]:
    changes = Change.objects.filter(brief__in=list(briefs)).order_by("brief", "version")
    return {change.brief_id: change for change in changes.defer("texts")}


def _plans_of(briefs: Iterable[int]) -> dict[tuple[int, str], ChangePlan]:
    plans = ChangePlan.objects.filter(brief__in=list(briefs))
    return {(plan.brief_id, plan.fingerprint): plan for plan in plans}


def _plan(
    last: Change, facts: list[FactText], plans: dict[tuple[int, str], ChangePlan]
) -> ChangePlan | None:
    """What was said of the change that a draft makes; `plan_for` asks the same for one brief."""
    changes = fact_changes(last.fact_texts, facts)
    return plans.get((last.brief_id, fingerprint(changes, last.version))) if changes else None


def _grace(kind: str, days: int) -> int:
    return days if kind in {Change.Kind.MATERIAL, Change.Kind.REWRITE} else 0


def _version_day(brief: int, version: int, on: date, grace: int, *, is_out: bool) -> VersionDay:
    return VersionDay(brief, version, on, on + timedelta(days=grace) if grace else None, is_out)
