"""What planning a change looks at: whom it asks, when, how its words and its questions are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from departments.reports.reach import Reach, reach_of
from knowledge.changes import ChangeKind
from knowledge.models import BriefPage, ModulePage
from knowledge.models.changes import GRACE_DAYS
from knowledge.reports import DraftedChange
from knowledge.wording import ONE_BREATH_WORDS, count_words
from quizzes.days import organisation_day
from quizzes.reports.mixes import QuestionMix, question_mix


@dataclass(frozen=True, slots=True)
class Outlook:
    """`until` is the last day on which those who proved the version before are still ready."""

    kind: ChangeKind
    reach: Reach
    told_on: date
    until: date
    one_breath_words: int
    mixes: tuple[tuple[ModulePage, QuestionMix], ...]

    @property
    def most_words(self) -> int:
        return ONE_BREATH_WORDS

    @property
    def asks_people(self) -> bool:
        return self.kind.asks_people and self.reach.people + self.reach.not_counted > 0


def outlook_of(draft: BriefPage, drafted: DraftedChange, *, at: datetime) -> Outlook:
    """Six queries, and four for each module that asks for what changes."""
    told_on = organisation_day(max(draft.go_live_at or at, at))
    reach = reach_of(drafted.changes, drafted.kind, on=organisation_day(at))
    return Outlook(
        kind=drafted.kind,
        reach=reach,
        told_on=told_on,
        until=told_on + timedelta(days=_grace(drafted)),
        one_breath_words=count_words(draft.one_breath),
        mixes=tuple((module, question_mix(module)) for module in reach.modules),
    )


def _grace(drafted: DraftedChange) -> int:
    if drafted.kind is ChangeKind.NOW:
        return 0
    return int(drafted.plan.grace_days) if drafted.plan else GRACE_DAYS
