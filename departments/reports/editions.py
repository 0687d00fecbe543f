"""The versions of a brief: those that are out, and the one that its schedule will bring."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from departments.chains import Edition, family
from departments.reports.scheduled import facts_of
from knowledge.changes import FactChange, FactText, fact_changes
from knowledge.models import BriefPage, Change
from knowledge.publishing import must_know_among
from knowledge.reports import DraftedChange, plan_for
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class Ahead:
    """The version that is scheduled, the day on which it goes out, and the facts it changes."""

    edition: Edition
    on: date
    changes: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Editions:
    """A brief's versions, as known on a day. `live` is none where nobody may read it yet."""

    on: date
    live: int
    out: Mapping[int, tuple[date, bool]]
    ahead: Ahead | None = None

    def newest(self, day: date) -> int:
        """The version that colleagues read at the end of a day, today's as they read it now."""
        is_ahead = self.ahead is not None and self.on < day and self.ahead.on <= day
        return self.ahead.edition.version if self.ahead and is_ahead else self.live

    def out_on(self, version: int) -> date | None:
        """The day on which it went out, or will; `None` where no day is set, or known."""
        if version <= self.live:
            return self.out[version][0] if version in self.out else None
        is_ahead = self.ahead is not None and version <= self.ahead.edition.version
        return self.ahead.on if self.ahead and is_ahead else None

    @property
    def signable(self) -> tuple[int, ...]:
        """The version that is out, and the one that is scheduled."""
        ahead = (self.ahead.edition.version,) if self.ahead else ()
        return ((self.live,) if self.live else ()) + ahead

    def has(self, version: int) -> bool:
        return version in self.out or version in self.signable

    def family(self, version: int) -> range:
        known = [Edition(number, asks) for number, (_on, asks) in self.out.items()]
        return family([*known, self.ahead.edition] if self.ahead else known, version)


def editions_of(briefs: Iterable[BriefPage], *, on: date) -> dict[int, Editions]:
    """Two queries, and three for each of these briefs of which a version is scheduled."""
    by_key = {brief.pk: brief for brief in briefs}
    out = defaultdict[int, dict[int, tuple[date, bool]]](dict)
    changes = Change.objects.filter(brief__in=by_key)
    for brief, version, kind, at in changes.values_list("brief_id", "version", "kind", "at"):
        out[brief][version] = (organisation_day(at), kind != Change.Kind.WORDING)
    ahead = dict(_ahead(by_key, on))
    return {
        pk: Editions(
            on, max(out[pk], default=brief.version) if brief.live else 0, out[pk], ahead.get(pk)
        )
        for pk, brief in by_key.items()
    }


def _ahead(briefs: Mapping[int, BriefPage], on: date) -> Iterator[tuple[int, Ahead]]:
    """What was scheduled, which asked whether it may go out, and is still approved."""
    scheduled = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(BriefPage),
        object_id__in=[str(pk) for pk in briefs],
        approved_go_live_at__isnull=False,
    )
    for revision in scheduled.order_by("-approved_go_live_at"):
        brief = briefs[int(revision.object_id)]
        last = Change.objects.filter(brief_id=brief.pk).newest_first().first()
        drafted = _drafted(brief, last, facts_of(revision))
        if not _is_held(drafted):
            # What should have gone out already goes out with the next run.
            day = max(organisation_day(revision.approved_go_live_at), on)
            version = last.version + 1 if last else brief.version
            asks = last is None or drafted.kind.asks_people
            yield brief.pk, Ahead(Edition(version, asks), day, drafted.changes)


def _drafted(brief: BriefPage, last: Change | None, facts: Sequence[FactText]) -> DraftedChange:
    changes = fact_changes(last.fact_texts, facts) if last else []
    return DraftedChange(
        brief_id=brief.pk,
        is_first=last is None,
        changes=tuple(changes),
        text_changes=(),
        must_know=must_know_among([change.key for change in changes]),
        fingerprint="",
        plan=plan_for(last, changes) if last else None,
    )


def _is_held(drafted: DraftedChange) -> bool:
    """Whether what was said of the change was taken back since, or isn't approved any more."""
    if drafted.plan is None:
        return drafted.needs_plan
    return drafted.needs_second_person and not drafted.plan.is_approved
