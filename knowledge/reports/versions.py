"""What the published versions of a brief said, as its readers are told of them.

Only what went out is here: a draft, its plan and its words are nobody's to read.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knowledge.changes import FactChange, FactText
from knowledge.models import BriefPage, Change
from knowledge.models.languages import in_readers_words
from knowledge.reports.changes import TextChange, text_changes

# So long a brief says at its top that it has changed.
DAYS_TOLD = 30
DAYS_OF_A_WEEK = 7
CHANGES_ON_TODAY = 3
# A longer reason is read more easily below a short heading.
LONGEST_HEADING = 120
BEFORE = "version_before"

KIND_WORDS = {
    Change.Kind.FIRST: _lazy("First version."),
    Change.Kind.WORDING: _lazy("New words, the same meaning."),
    Change.Kind.MATERIAL: _lazy("A change to check."),
    Change.Kind.REWRITE: _lazy("Written anew: the quiz again."),
    Change.Kind.NOW: _lazy("A change that counts at once."),
}
ASKING = (Change.Kind.MATERIAL, Change.Kind.REWRITE, Change.Kind.NOW)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: `since` is the one before it, `until` the last day of its grace."""

    brief_id: int
    number: int
    kind: str
    reason: str
    on: date
    grace_days: int
    author: str
    approver: str
    since: int | None

    @property
    def kind_words(self) -> str:
        return str(KIND_WORDS[Change.Kind(self.kind)])

    @property
    def asks_people(self) -> bool:
        return self.kind in ASKING

    @property
    def is_rewrite(self) -> bool:
        return self.kind == Change.Kind.REWRITE

    @property
    def until(self) -> date:
        return self.on + timedelta(days=self.grace_days)


@dataclass(frozen=True, slots=True)
class BriefVersions:
    """The versions of a brief, the newest first; `told` is the change that its top speaks of."""

    versions: tuple[Version, ...]
    told: Version | None = None
    changed_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a brief, and all that went out between them, the newest first."""

    since: int
    version: int
    steps: tuple[Version, ...]
    facts: tuple[FactChange, ...]
    texts: tuple[TextChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.texts)

    @property
    def newest(self) -> Version | None:
        return self.steps[0] if self.steps else None

    @property
    def reasons(self) -> list[str]:
        return [step.reason for step in self.steps if step.reason]

    @property
    def heading(self) -> str:
        """The one reason, where it is short enough to be read as a heading."""
        reasons = self.reasons
        is_one = len(reasons) == 1 and len(reasons[0]) <= LONGEST_HEADING
        return reasons[0] if is_one else _("What changed")


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A change that colleagues should hear of this week."""

    title: str
    reason: str
    on: date
    url: str

    @classmethod
    def of(cls, change: Change, before: int) -> Self:
        brief = change.brief
        url = changes_address(brief, before, change.version)
        return cls(brief.title, change.reason, organisation_date(change.at), url)


def versions_of(brief: BriefPage) -> list[Version]:
    """All published versions, the newest first, without their texts; one query."""
    changes = Change.objects.filter(brief_id=brief.pk).newest_first().defer("facts", "texts")
    rows = list(changes.select_related("author", "approver"))
    following = pairwise([*rows, None])
    return [_version(change, before) for change, before in following if change]


def versions_told(brief: BriefPage, *, on: date) -> BriefVersions:
    """What a brief tells of its versions; two queries while it speaks of a change, else one."""
    versions = tuple(versions_of(brief))
    told = told_change(versions, on=on)
    return BriefVersions(versions, told, keys_changed_in(told) if told else frozenset())


def told_change(versions: Sequence[Version], *, on: date) -> Version | None:
    """The newest version that meant something else, while it is told at the top of its brief."""
    told = on - timedelta(days=DAYS_TOLD)
    recent = (one for one in versions if one.since and one.on >= told and one.asks_people)
    return next(recent, None)


def keys_changed_in(version: Version) -> frozenset[str]:
    """The facts that a version changed or brought; one query."""
    rows = Change.objects.filter(brief_id=version.brief_id, version__lte=version.number)
    pair = list(rows.newest_first().defer("texts")[:2])
    return frozenset(change.key for change in pair[0].since(pair[-1]))


def compare_versions(brief: BriefPage, since: int, version: int) -> Comparison | None:
    """How an earlier version differs from a later one, or nothing where one isn't there;
    two queries."""
    # Numbers that no column holds are found nowhere, where each is asked for by itself.
    asked = models.Q(version=since) | models.Q(version=version)
    ends = Change.objects.filter(asked, brief_id=brief.pk)
    told = {change.version: change for change in ends}
    if not {since, version} <= told.keys():
        return None
    earlier, later = told[since], told[version]
    return Comparison(
        since=since,
        version=version,
        steps=tuple(step for step in versions_of(brief) if since < step.number <= version),
        facts=tuple(later.since(earlier)),
        texts=(
            *(_plain(change) for change in text_changes(earlier.texts, later.texts)),
            *reworded_facts(earlier.fact_texts, later.fact_texts),
        ),
    )


def reworded_facts(was: Iterable[FactText], now: Iterable[FactText]) -> list[TextChange]:
    """Facts that mean what they meant, under another title or with another proof."""
    before = {fact.key: fact for fact in was}
    return [
        TextChange(fact.key, fact.title, _beside(before[fact.key]), _beside(fact))
        for fact in now
        if fact.key in before
        and fact.meaning == before[fact.key].meaning
        and _beside(fact) != _beside(before[fact.key])
    ]


def recent_changes(*, on: date, limit: int = CHANGES_ON_TODAY) -> list[RecentChange]:
    """What open briefs have said otherwise within a week, the newest first; one query."""
    earlier = Change.objects.filter(
        brief_id=models.OuterRef("brief_id"), version__lt=models.OuterRef("version")
    )
    changes = (
        Change.objects.filter(brief__in=BriefPage.objects.open_to_colleagues(), kind__in=ASKING)
        .filter(at__gte=_start_of(on, DAYS_OF_A_WEEK))
        .annotate(**{BEFORE: models.Subquery(earlier.newest_first().values("version")[:1])})
        .exclude(**{BEFORE: None})
        .select_related("brief")
        .defer("facts", "texts")
        .order_by("-at", "-pk")
    )
    found = list(changes[:limit])
    in_readers_words(change.brief for change in found)
    return [RecentChange.of(change, getattr(change, BEFORE)) for change in found]


def changes_address(brief: BriefPage, since: int, version: int) -> str:
    return reverse("knowledge:brief-changes", args=[brief.slug, since, version])


def organisation_date(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())


def _start_of(on: date, days: int) -> datetime:
    day = on - timedelta(days=days)
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _version(change: Change, before: Change | None) -> Version:
    return Version(
        brief_id=change.brief_id,
        number=change.version,
        kind=change.kind,
        reason=change.reason,
        on=organisation_date(change.at),
        grace_days=change.grace_days,
        author=str(change.author or ""),
        approver=str(change.approver or ""),
        since=before.version if before else None,
    )


def _beside(fact: FactText) -> tuple[str, ...]:
    return tuple(line for line in (fact.title, fact.proof) if line)


def _plain(change: TextChange) -> TextChange:
    """Answers are kept as the editor's rich text."""
    if change.name != "answers":
        return change
    was, now = (tuple(map(_words, lines)) for lines in (change.was, change.now))
    return TextChange(change.name, change.label, was, now)


def _words(line: str) -> str:
    return " ".join(html.unescape(strip_tags(line.replace("<", " <"))).split())
